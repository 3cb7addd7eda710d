package dev.frazil.testing;

import dev.frazil.engine.ParameterValues;
import dev.frazil.engine.PreparedQuery;
import dev.frazil.engine.Session;
import dev.frazil.exec.CancellationToken;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.Column;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of TPC-DS in Frazil and in DuckDB, with the rows of {@link TpcdsRows}. */
public final class TpcdsTables {
  private static final int BATCH_ROWS = 10_000;

  private TpcdsTables() {}

  /** Creates and loads all tables on both engines. */
  public static void load(Session session, DuckDbRunner duckDb, Path folder) throws IOException {
    for (Table table : TpcdsRows.tables()) {
      load(session, duckDb, folder, table);
    }
  }

  private static void load(Session session, DuckDbRunner duckDb, Path folder, Table table)
      throws IOException {
    String create = "CREATE TABLE " + table.getName() + " " + TpcdsRows.definition(table);
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
      for (List<@Nullable String> row : TpcdsRows.of(table)) {
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

  private static String quoted(@Nullable String value) {
    return value == null ? "" : '"' + value.replace("\"", "\"\"") + '"';
  }

  /** As the engine holds it: a date is a number of days. */
  private static Object value(Column column, String text) {
    Object value = TpcdsRows.value(column, text);
    return value instanceof LocalDate date ? (Object) (int) date.toEpochDay() : value;
  }
}
