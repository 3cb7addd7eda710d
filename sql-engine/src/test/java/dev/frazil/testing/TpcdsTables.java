package dev.frazil.testing;

import dev.frazil.engine.ParameterValues;
import dev.frazil.engine.PreparedQuery;
import dev.frazil.engine.Session;
import dev.frazil.exec.CancellationToken;
import io.trino.tpcds.Results;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.Column;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tables of TPC-DS, generated in this process, in Frazil and in DuckDB; the large dimensions
 * and the inventory only in part.
 */
public final class TpcdsTables {
  private static final double SCALE_FACTOR = 0.01;
  private static final int MOST_ROWS = 30_000;
  private static final int BATCH_ROWS = 10_000;

  private TpcdsTables() {}

  /** Creates and loads all tables on both engines. */
  public static void load(Session session, DuckDbRunner duckDb, Path folder) throws IOException {
    for (Table table : Table.getBaseTables()) {
      if (table != Table.DBGEN_VERSION) {
        load(session, duckDb, folder, table);
      }
    }
  }

  private static void load(Session session, DuckDbRunner duckDb, Path folder, Table table)
      throws IOException {
    String create = "CREATE TABLE " + table.getName() + " " + definition(table);
    duckDb.update(create);
    session.prepare(create).execute(ParameterValues.none(), new CancellationToken());
    Column[] columns = table.getColumns();
    PreparedQuery insert =
        session.prepare(
            "INSERT INTO "
                + table.getName()
                + " VALUES ("
                + String.join(", ", Collections.nCopies(columns.length, "?"))
                + ")");
    Path text = folder.resolve(table.getName() + ".csv");
    List<ParameterValues> batch = new ArrayList<>();
    try (BufferedWriter lines = Files.newBufferedWriter(text)) {
      for (List<@Nullable String> row : rows(table)) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
          values.add(row.get(i) == null ? null : value(columns[i], row.get(i)));
        }
        lines.write(row.stream().map(TpcdsTables::quoted).collect(Collectors.joining("|")));
        lines.newLine();
        batch.add(new ParameterValues(values));
        if (batch.size() == BATCH_ROWS) {
          insert.executeBatch(batch, new CancellationToken());
          batch.clear();
        }
      }
    }
    insert.executeBatch(batch, new CancellationToken());
    duckDb.execute(
        "COPY " + table.getName() + " FROM '" + text + "' (DELIMITER '|', HEADER false)");
  }

  /** Returns come out of the generator of the sales that they belong to. */
  private static List<List<@Nullable String>> rows(Table table) {
    io.trino.tpcds.Session generator =
        io.trino.tpcds.Session.getDefaultSession().withScale(SCALE_FACTOR);
    Table source = table.isChild() ? table.getParent() : table;
    int part = table.isChild() ? 1 : 0;
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (List<List<String>> group : Results.constructResults(source, generator)) {
      if (group.size() > part) {
        rows.add(group.get(part));
      }
      if (rows.size() >= MOST_ROWS && table != Table.DATE_DIM && table != Table.TIME_DIM) {
        break;
      }
    }
    return rows;
  }

  private static String quoted(@Nullable String value) {
    return value == null ? "" : '"' + value.replace("\"", "\"\"") + '"';
  }

  private static String definition(Table table) {
    return Arrays.stream(table.getColumns())
        .map(column -> column.getName() + " " + sqlType(column))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String sqlType(Column column) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> "bigint";
      case INTEGER -> "integer";
      case DATE -> "date";
      case DECIMAL ->
          "decimal("
              + column.getType().getPrecision().orElseThrow()
              + ", "
              + column.getType().getScale().orElseThrow()
              + ")";
      case VARCHAR, CHAR, TIME -> "varchar";
    };
  }

  private static Object value(Column column, String text) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> Long.valueOf(text);
      case INTEGER -> Integer.valueOf(text);
      case DATE -> (int) LocalDate.parse(text).toEpochDay();
      case DECIMAL ->
          new BigDecimal(text)
              .setScale(column.getType().getScale().orElseThrow(), RoundingMode.HALF_UP);
      case VARCHAR, CHAR, TIME -> text;
    };
  }
}
