package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that others add count where a serializable transaction looked for them, and only there. */
@Tag("slow")
class ReadConflictsTest {
  private FastFolder folder;
  private EngineRunner one;
  private EngineRunner other;

  @BeforeEach
  void open() {
    folder = FastFolder.create();
    one = EngineRunner.local(folder.path());
    other = EngineRunner.local(folder.path());
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    folder.close();
  }

  private static void assertState(SqlState state, EngineRunner runner, String sql) {
    assertThatThrownBy(() -> runner.update(sql))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).as(e.getMessage()).isEqualTo(state));
  }

  private void begin(String level) {
    one.update("START TRANSACTION ISOLATION LEVEL " + level);
    other.update("START TRANSACTION ISOLATION LEVEL " + level);
  }

  /** What lies between the bounds of a file need not be in it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k = 5                      | (1, 'a', 1), (9, 'z', 9)     | false
          k = 5                      | (1, 'a', 1), (5, 'b', 2)     | true
          k BETWEEN 4 AND 6          | (3, 'a', 1), (7, 'b', 2)     | false
          k BETWEEN 4 AND 6          | (3, 'a', 1), (6, 'b', 2)     | true
          s IN ('c', 'd')            | (1, 'a', 1), (2, 'x', 2)     | false
          s IN ('c', 'd')            | (1, 'a', 1), (2, 'd', 2), (3, 'z', 3) | true
          s = 'c' AND d > 5          | (1, 'c', 1), (2, 'd', 9)     | false
          s = 'c' AND d > 5          | (1, 'c', 7), (2, 'd', 9)     | true
          s IS NULL                  | (1, 'c', 7), (2, NULL, 9)    | true
          s IS NULL AND k = 1        | (1, 'c', 7), (2, NULL, 9)    | false
          d + 0 = 5                  | (1, 'c', 7), (2, NULL, 9)    | true
          """)
  void rowsBetweenTheBoundsOfAFileDoNotCount(String predicate, String rows, boolean conflict) {
    one.script(
        "CREATE TABLE t (k bigint, s varchar, d decimal(10, 2))",
        "INSERT INTO t VALUES (5, 'c', 6), (6, 'd', 3)",
        "CREATE TABLE seen (n bigint)");
    begin("SERIALIZABLE");
    one.query("SELECT * FROM t WHERE " + predicate);
    one.update("INSERT INTO seen VALUES (1)");
    one.update("UPDATE t SET d = 0 WHERE k = 5");
    other.update("INSERT INTO t VALUES " + rows);
    other.update("COMMIT");
    if (conflict || rows.contains("(5,")) {
      assertState(SqlState.SERIALIZATION_FAILURE, one, "COMMIT");
    } else {
      one.update("COMMIT");
    }
  }

  /** NaN is greater than every number, and the zeros are equal. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x > 5               | (1), (2)                            | false
          x > 5               | (1)                                 | false
          x > 5               | (1), (9)                            | true
          x > 5               | (9)                                 | true
          x > 5               | (1), (nan())                        | true
          x > 5               | (nan())                             | true
          x > 5               | (NULL), (1)                         | false
          x >= 5              | (1), (5)                            | true
          x >= 5              | (1), (4)                            | false
          x >= 5 OR k = 1     | (1), (4)                            | true
          x >= 5 AND k = 2    | (7), (4)                            | false
          x > 5 AND x < 7     | (1), (9)                            | false
          x > 5 AND x < 7     | (1), (6), (9)                       | true
          x > 5 AND x < 7     | (1), (nan())                        | false
          x < 5               | (6), (nan())                        | false
          x < 5               | (4), (nan())                        | true
          x = 5               | (4), (6)                            | false
          x = 5               | (4), (5), (6)                       | true
          x = 0               | (-1), (CAST('-0.0' AS double)), (1) | true
          x = 0               | (CAST('-0.0' AS double))            | true
          x = 0               | (-1), (1)                           | false
          x = CAST('-0.0' AS double) | (-1), (0), (1)               | true
          x >= 0              | (-1), (CAST('-0.0' AS double))      | true
          x >= 0              | (CAST('-0.0' AS double))            | true
          x >= 0              | (-1), (-2)                          | false
          x > 0               | (-1), (0)                           | false
          x > 0               | (-1), (1)                           | true
          x <= CAST('-0.0' AS double) | (0), (1)                    | true
          x <> 5              | (5), (nan())                        | true
          x > CAST('infinity' AS double)  | (1), (nan())            | true
          x = nan()           | (1), (nan())                        | true
          x IN (5, nan())     | (1), (nan())                        | true
          NOT (x < 5)         | (1), (nan())                        | true
          NOT (x < 5)         | (1), (2)                            | false
          NOT (x > 5)         | (6), (7), (nan())                   | false
          NOT (x > 5)         | (5), (7), (nan())                   | true
          is_nan(x)           | (5), (nan())                        | true
          x BETWEEN 5 AND 7   | (1), (9), (nan())                   | false
          x + 0 > 5           | (6), (1)                            | true
          """)
  void floatingPointNumbersCountAsTheyAreOrdered(String predicate, String rows, boolean conflict) {
    one.script("CREATE TABLE seen (n bigint)");
    for (String type : new String[] {"double", "real"}) {
      for (String partitioning : new String[] {"", " PARTITIONED BY (x)"}) {
        String table = "t_" + type + partitioning.length();
        String of =
            type.equals("double")
                ? predicate
                : predicate
                    .replace("double", "real")
                    .replaceAll("(?<!k = |[-.])\\b\\d\\b(?!\\.)", "CAST($0 AS real)");
        one.script(
            "CREATE TABLE " + table + " (k bigint, x " + type + ")" + partitioning,
            "START TRANSACTION ISOLATION LEVEL SERIALIZABLE");
        one.query("SELECT * FROM " + table + " WHERE " + of);
        one.update("INSERT INTO seen VALUES (1)");
        other.update(
            "INSERT INTO %s SELECT 1, CAST(n AS %s) FROM (VALUES %s) AS s (n)"
                .formatted(table, type, rows));
        if (conflict) {
          assertState(SqlState.SERIALIZATION_FAILURE, one, "COMMIT");
        } else {
          one.update("COMMIT");
        }
      }
    }
  }
}
