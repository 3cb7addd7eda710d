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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What MERGE, UPDATE ... FROM and DELETE ... USING look at, under SERIALIZABLE: the rows of their
 * target that have a key of the source.
 */
@Tag("slow")
class MatchedReadsTest {
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

  private static void assertConflict(String what, EngineRunner runner) {
    assertThatThrownBy(() -> runner.update("COMMIT"))
        .as(what)
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
  }

  private void race(String mine, String theirs, boolean conflict) {
    one.update("START TRANSACTION ISOLATION LEVEL SERIALIZABLE");
    one.update(mine);
    one.update("INSERT INTO seen VALUES (1)");
    other.update(theirs);
    if (conflict) {
      assertConflict(mine + " / " + theirs, one);
    } else {
      one.update("COMMIT");
    }
  }

  /** Keys of the target are 10 and 20, in a file each, and 30 and 40; of the source 20 and 50. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT INTO t VALUES (60, 1, 'x')                    | false
          INSERT INTO t VALUES (49, 1, 'x'), (51, 1, 'x')      | false
          INSERT INTO t VALUES (1, 1, 'x'), (99, 1, 'x')       | false
          INSERT INTO t VALUES (NULL, 1, 'x'), (60, 1, 'x')    | false
          INSERT INTO t VALUES (50, 1, 'x')                    | true
          INSERT INTO t VALUES (1, 1, 'x'), (50, 1, 'x')       | true
          INSERT INTO t VALUES (20, 1, 'x')                    | true
          UPDATE t SET id = 50 WHERE id = 10                   | true
          UPDATE t SET id = 70 WHERE id = 10                   | false
          UPDATE t SET id = 70 WHERE id = 20                   | true
          UPDATE t SET v = v + 1 WHERE id = 10                 | false
          UPDATE t SET v = v + 1 WHERE id = 20                 | true
          DELETE FROM t WHERE id = 20                          | true
          DELETE FROM t WHERE id = 10                          | false
          DELETE FROM t WHERE id = 40                          | false
          INSERT INTO s VALUES (60, 6)                         | true
          UPDATE s SET v = 0 WHERE id = 50                     | true
          """)
  void theKeysOfTheSourceAreWhatIsRead(String theirs, boolean conflict) {
    one.update("CREATE TABLE seen (n bigint)");
    String[] statements = {
      "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = s.v"
          + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v, 'new')",
      "MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v, 'new')",
      "UPDATE t SET v = s.v FROM s WHERE t.id = s.id",
      theirs.startsWith("INSERT INTO t")
          ? "DELETE FROM t USING s WHERE t.id = s.id"
          : "DELETE FROM t WHERE id IN (SELECT id FROM s)"
    };
    String[] partitionings = {"", "truncate(10, id)", "bucket(4, id)", "id"};
    for (int i = 0; i < statements.length; i++) {
      String partitioning = partitionings[i];
      one.script(
          "START TRANSACTION",
          "CREATE TABLE t (id bigint, v integer, w varchar)"
              + (partitioning.isEmpty() ? "" : " PARTITIONED BY (" + partitioning + ")"),
          "CREATE TABLE s (id bigint, v integer)",
          "INSERT INTO t VALUES (10, 1, 'a')",
          "INSERT INTO t VALUES (20, 1, 'b')",
          "INSERT INTO t VALUES (30, 1, 'c'), (40, 1, 'd')",
          "INSERT INTO s VALUES (20, 2), (50, 5), (NULL, 7)",
          "COMMIT");
      race(statements[i], theirs, conflict);
      one.script("START TRANSACTION", "DROP TABLE t", "DROP TABLE s", "COMMIT");
    }
  }

  /** Conditions, and what others write. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          t.id = s.id + 1                     | (20, 0, 'x', 0)                        | false
          t.id = s.id + 1                     | (21, 0, 'x', 0)                        | true
          t.id + 1 = s.id                     | (20, 0, 'x', 0)                        | true
          t.id + 1 = s.id                     | (19, 0, 'x', 0)                        | true
          t.id = s.k                          | (7, 0, 'x', 0)                         | false
          t.id = s.k                          | (20, 0, 'x', 0)                        | true
          t.id = s.d                          | (20, 0, 'x', 0)                        | true
          t.d = s.d                           | (1, 20.50, 'x', 0), (1, 20.70, 'x', 0) | false
          t.d = s.d                           | (1, 20.50, 'x', 0), (1, 20.60, 'x', 0) | true
          t.d = s.id                          | (1, 20, 'x', 0)                        | true
          t.id = s.id AND t.w = s.w           | (20, 0, 'e', 0), (50, 0, 'b', 0)       | true
          t.id = s.id AND t.w = s.w           | (20, 0, 'f', 0), (50, 0, 'g', 0)       | false
          t.id = s.id AND t.w = s.w           | (20, 0, 'b', 0)                        | true
          t.id = s.id AND t.d > 5             | (20, 1, 'x', 0), (20, 2, 'x', 0)       | false
          t.id = s.id AND t.d > 5             | (20, 1, 'x', 0), (20, 9, 'x', 0)       | true
          t.id = s.id OR t.w = s.w            | (1, 1, 'x', 0)                         | true
          t.id >= s.id                        | (1, 1, 'x', 0)                         | true
          t.id IS NOT DISTINCT FROM s.id      | (NULL, 1, 'x', 0)                      | true
          t.x = s.x                           | (1, 1, 'x', nan())                     | true
          t.x = s.x                           | (1, 1, 'x', 0)                         | true
          t.x = s.x                           | (1, 1, 'x', CAST('-0.0' AS double))    | true
          t.id = s.id AND t.x = s.x           | (7, 1, 'x', nan())                     | false
          t.id = s.id AND t.x = s.x           | (50, 1, 'x', nan())                    | true
          t.w = s.w                           | (1, 1, 'B', 0), (1, 1, 'b ', 0)        | false
          t.w = s.w                           | (1, 1, 'a', 0), (1, 1, 'b', 0)         | true
          """)
  void onlyPlainColumnsOfTheTargetAreTold(String on, String theirs, boolean conflict) {
    one.script(
        "CREATE TABLE seen (n bigint)",
        "CREATE TABLE t (id bigint, d decimal(10, 2), w varchar, x double)",
        "CREATE TABLE s (id bigint, k integer, d decimal(10, 2), w varchar, x double)",
        "INSERT INTO s VALUES (20, 20, 20.60, 'b', nan()), (50, 50, 50.00, 'e', 0),"
            + " (NULL, NULL, NULL, NULL, NULL)");
    String merge =
        "MERGE INTO t USING s ON %s WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.d, 'new', 0)";
    race(merge.formatted(on), "INSERT INTO t VALUES " + theirs, conflict);
  }

  @Test
  void whatElseIsReadIsReadWhole() {
    one.script(
        "CREATE TABLE seen (n bigint)",
        "CREATE TABLE t (id bigint, v integer)",
        "CREATE TABLE s (id bigint, v integer)",
        "INSERT INTO s VALUES (1, 1)");
    String insert = "INSERT INTO t VALUES (1000, 1)";
    for (String statement :
        new String[] {
          "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = s.v"
              + " WHEN NOT MATCHED BY SOURCE THEN DELETE",
          "DELETE FROM t WHERE id NOT IN (SELECT id FROM s)",
          "UPDATE t SET v = (SELECT max(v) FROM s WHERE s.id = t.id)",
          "DELETE FROM t WHERE NOT EXISTS (SELECT 1 FROM s WHERE s.id = t.id)",
          "MERGE INTO t USING (SELECT id + CAST(random() * 2 AS bigint) AS id, v FROM s) AS s"
              + " ON t.id = s.id WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v)",
          "MERGE INTO t USING (SELECT id, v FROM s TABLESAMPLE BERNOULLI (50)) AS s"
              + " ON t.id = s.id WHEN MATCHED THEN DELETE",
          "MERGE INTO t USING (SELECT id, v FROM s LIMIT 1) AS s ON t.id = s.id"
              + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v)",
          "MERGE INTO t USING (SELECT max(id) AS id FROM t) AS s ON t.id = s.id"
              + " WHEN NOT MATCHED THEN INSERT VALUES (7, 7)",
          "MERGE INTO t USING s ON t.id = s.id AND (SELECT count(*) FROM t) > 0"
              + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v)"
        }) {
      race(statement, insert, true);
    }
  }

  /** Two that put in the same key: at SERIALIZABLE one must see the other. */
  @Test
  void mergesOfTheSameKeyConflictAndOfOthersDoNot() {
    one.script(
        "CREATE TABLE seen (n bigint)",
        "CREATE TABLE t (id bigint, v integer)",
        "INSERT INTO t VALUES (1, 1)");
    String merge =
        "MERGE INTO t USING (VALUES (%d, 2), (%d, 3)) AS s (id, v) ON t.id = s.id"
            + " WHEN MATCHED THEN UPDATE SET v = s.v"
            + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v)";
    race(merge.formatted(2, 9), merge.formatted(3, 8), false);
    race(merge.formatted(12, 19), merge.formatted(13, 19), true);
    assertThat(one.query("SELECT id FROM t ORDER BY id").lines())
        .containsExactly("1", "2", "3", "8", "9", "13", "19");
  }

  /** Many keys are listed; very many are every row. */
  @Test
  void manyKeys() {
    String rows = "INSERT INTO s SELECT n * 2, 1 FROM UNNEST(sequence(1, %d)) AS u (n)";
    one.script(
        "CREATE TABLE seen (n bigint)",
        "CREATE TABLE t (id bigint, v integer)",
        "CREATE TABLE s (id bigint, v integer)",
        rows.formatted(3000));
    String merge =
        "MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v)";
    race(merge, "INSERT INTO t VALUES (501, 1), (503, 1)", false);
    race(merge, "INSERT INTO t VALUES (501, 1), (502, 1)", true);
    race(merge, "INSERT INTO t VALUES (70001, 1), (80002, 1)", false);
    one.update(rows.formatted(11000));
    race(merge, "INSERT INTO t VALUES (80001, 1), (80002, 1)", true);
  }
}
