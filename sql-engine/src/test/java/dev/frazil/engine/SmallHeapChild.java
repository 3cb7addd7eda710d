package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.EngineRunner;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the statements that come by standard input, one a line, on the database in the folder that
 * is the argument, and says after each what came of it: {@code = row} for each row, {@code #
 * count}, or {@code ! SQLSTATE message}. A line that starts with {@code sort} is a query whose
 * first column is an id; only how many there are is said, and the sum of their products with their
 * places modulo 1009.
 */
public final class SmallHeapChild {
  private static final String SORT = "sort ";

  private SmallHeapChild() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (EngineRunner frazil = EngineRunner.local(Path.of(arguments[0]))) {
      for (String line = input.readLine(); !line.equals("end"); line = input.readLine()) {
        try {
          run(frazil, line);
        } catch (EngineException e) {
          System.out.println("! " + e.state().code() + " " + e.getMessage());
        }
        System.out.println("done");
      }
    }
  }

  private static void run(EngineRunner frazil, String line) {
    boolean sorts = line.startsWith(SORT);
    StatementResult result =
        frazil
            .session()
            .prepare(sorts ? line.substring(SORT.length()) : line)
            .execute(new ParameterValues(List.of()), new CancellationToken());
    if (result instanceof StatementResult.UpdateCount count) {
      System.out.println("# " + count.rows());
    } else if (result instanceof StatementResult.Rows rows && sorts) {
      System.out.println("= " + places(rows.cursor()));
    } else if (result instanceof StatementResult.Rows rows) {
      EngineRunner.read(rows.cursor()).lines().forEach(row -> System.out.println("= " + row));
    }
  }

  private static String places(ResultCursor cursor) {
    long place = 0;
    long sum = 0;
    try (cursor) {
      for (RowBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        LongVector ids = (LongVector) batch.column(0);
        for (int row = 0; row < batch.rowCount(); row++) {
          place++;
          sum += place % 1009 * ids.values()[row];
        }
      }
    }
    return place + " | " + sum;
  }
}
