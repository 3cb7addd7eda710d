package dev.frazil.testing;

import dev.frazil.engine.ParameterValues;
import dev.frazil.engine.PreparedQuery;
import dev.frazil.engine.Session;
import dev.frazil.exec.CancellationToken;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of TPC-H, generated in this process, in Frazil and in DuckDB. */
public final class TpchTables {
  private static final int BATCH_ROWS = 20_000;

  private TpchTables() {}

  /** Creates and loads all eight tables on both engines, each from the generator itself. */
  public static void load(Session session, DuckDbRunner duckDb, Path folder, double scaleFactor)
      throws IOException {
    for (TpchTable<?> table : TpchTable.getTables()) {
      load(session, duckDb, folder, table, scaleFactor);
    }
  }

  private static <E extends TpchEntity> void load(
      Session session, DuckDbRunner duckDb, Path folder, TpchTable<E> table, double scaleFactor)
      throws IOException {
    String create = "CREATE TABLE " + table.getTableName() + " " + definition(table);
    duckDb.update(create);
    Path text = folder.resolve(table.getTableName() + ".csv");
    try (BufferedWriter lines = Files.newBufferedWriter(text)) {
      for (E row : table.createGenerator(scaleFactor, 1, 1)) {
        lines.write(row.toLine());
        lines.newLine();
      }
    }
    duckDb.update(
        "COPY "
            + table.getTableName()
            + " FROM '"
            + text
            + "' (DELIMITER '|', QUOTE '', HEADER false)");
    session.prepare(create).execute(ParameterValues.none(), new CancellationToken());
    List<TpchColumn<E>> columns = table.getColumns();
    PreparedQuery insert =
        session.prepare(
            "INSERT INTO "
                + table.getTableName()
                + " VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?"))
                + ")");
    List<ParameterValues> batch = new ArrayList<>();
    for (E row : table.createGenerator(scaleFactor, 1, 1)) {
      List<@Nullable Object> values = new ArrayList<>();
      columns.forEach(column -> values.add(value(column, row)));
      batch.add(new ParameterValues(values));
      if (batch.size() == BATCH_ROWS) {
        insert.executeBatch(batch, new CancellationToken());
        batch.clear();
      }
    }
    insert.executeBatch(batch, new CancellationToken());
  }

  private static String definition(TpchTable<?> table) {
    return table.getColumns().stream()
        .map(column -> column.getColumnName() + " " + sqlType(column))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String sqlType(TpchColumn<?> column) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> "bigint";
      case INTEGER -> "integer";
      case DATE -> "date";
      case DOUBLE -> "decimal(12, 2)";
      case VARCHAR -> "varchar";
    };
  }

  private static <E extends TpchEntity> Object value(TpchColumn<E> column, E row) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> column.getIdentifier(row);
      case INTEGER -> column.getInteger(row);
      case DATE -> column.getDate(row);
      case DOUBLE -> BigDecimal.valueOf(Math.round(column.getDouble(row) * 100), 2);
      case VARCHAR -> column.getString(row);
    };
  }
}
