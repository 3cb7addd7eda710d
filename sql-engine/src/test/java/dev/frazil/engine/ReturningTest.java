package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RETURNING over the tables that are joined with the target. DuckDB shows columns of the target
 * only, so the rows are written here as PostgreSQL's documentation has them.
 */
class ReturningTest {
  private FastFolder folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    folder = FastFolder.create();
    frazil = EngineRunner.local(folder.path());
    create(2);
  }

  private void create(int version) {
    frazil.script(
        "DROP TABLE IF EXISTS t",
        "DROP TABLE IF EXISTS u",
        "CREATE TABLE t (id integer, a integer, b varchar) WITH (format_version = " + version + ")",
        "CREATE TABLE u (id integer, x integer, y varchar)",
        "INSERT INTO t VALUES (1, 10, 'one'), (2, 20, 'two'), (3, 30, 'three')",
        "INSERT INTO u VALUES (1, 100, 'p'), (3, 300, 'q'), (5, 500, 'r')");
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private List<String> rows(String sql, Object... parameters) {
    return frazil.query(sql, parameters).sorted();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theTablesOfFromAndUsingAreSeen(int version) {
    create(version);
    assertThat(rows("UPDATE t SET a = a + x FROM u WHERE t.id = u.id RETURNING *"))
        .containsExactly("1 | 110 | one | 1 | 100 | p", "3 | 330 | three | 3 | 300 | q");
    assertThat(
            rows(
                "UPDATE t AS z SET a = a + x FROM u JOIN (SELECT ? AS k, 'kk' AS n) AS v"
                    + " ON v.k = CAST(u.id AS varchar) WHERE z.id = u.id"
                    + " RETURNING z.a, u.x + ?, upper(v.n || y) AS name, u.*",
                "3",
                1))
        .containsExactly("630 | 301 | KKQ | 3 | 300 | q");
    assertThat(
            rows(
                "WITH c AS (SELECT id AS cid, y AS cy FROM u) UPDATE t"
                    + " SET a = (SELECT max(x) FROM u AS w WHERE w.id > t.id), b = cy FROM c"
                    + " WHERE cid = id AND cid IN (SELECT id FROM u WHERE x > 100)"
                    + " RETURNING t.*, cy, cid"))
        .containsExactly("3 | 500 | q | q | 3");
    assertThat(rows("DELETE FROM t USING u WHERE t.id = u.id AND x = 100 RETURNING t.a, u.*, b"))
        .containsExactly("110 | 1 | 100 | p | one");
    assertThat(rows("DELETE FROM t USING u WHERE t.id = u.id AND x = 0 RETURNING *")).isEmpty();
    assertThat(rows("SELECT * FROM t")).containsExactly("2 | 20 | two", "3 | 500 | q");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theSourceOfAMergeIsSeen(int version) {
    create(version);
    assertThat(
            rows(
                "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = x"
                    + " WHEN NOT MATCHED THEN INSERT VALUES (u.id, u.x, u.y)"
                    + " WHEN NOT MATCHED BY SOURCE THEN DELETE RETURNING *"))
        .containsExactly(
            "1 | 100 | p | 1 | 100 | one",
            "3 | 300 | q | 3 | 300 | three",
            "5 | 500 | r | 5 | 500 | r",
            "NULL | NULL | NULL | 2 | 20 | two");
    assertThat(
            rows(
                "MERGE INTO t USING (SELECT id + 1 AS id, x FROM u) AS s ON t.id = s.id"
                    + " WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)"
                    + " RETURNING t.id, s.x, s.id * 10, b"))
        .containsExactly("2 | 100 | 20 | NULL", "4 | 300 | 40 | NULL", "6 | 500 | 60 | NULL");
    assertThat(
            rows(
                "MERGE INTO t USING (VALUES (1, 'v'), (9, 'w')) AS s (k, v) ON t.id = s.k"
                    + " WHEN MATCHED THEN UPDATE SET b = v RETURNING v || '!', t.*"))
        .containsExactly("v! | 1 | 100 | v");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theOldAndTheNewRowAreSeen(int version) {
    create(version);
    assertThat(rows("INSERT INTO t VALUES (4, 40, 'four') RETURNING old.a, new.a, a, OLD.*, *"))
        .containsExactly("NULL | 40 | 40 | NULL | NULL | NULL | 4 | 40 | four");
    assertThat(rows("UPDATE t SET a = a + 1 WHERE id < 3 RETURNING new.a - old.a AS d, a, old.*"))
        .containsExactly("1 | 11 | 1 | 10 | one", "1 | 21 | 2 | 20 | two");
    assertThat(
            rows(
                "UPDATE t SET a = x FROM u WHERE u.id = t.id RETURNING old.a, *, \"new\".b, x + old.a"))
        .containsExactly(
            "11 | 1 | 100 | one | 1 | 100 | p | one | 111",
            "30 | 3 | 300 | three | 3 | 300 | q | three | 330");
    assertThat(
            rows(
                "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED AND x = 100 THEN DELETE"
                    + " WHEN MATCHED THEN UPDATE SET a = -1"
                    + " WHEN NOT MATCHED THEN INSERT (id, a) VALUES (u.id, x)"
                    + " WHEN NOT MATCHED BY SOURCE AND t.id = 2 THEN UPDATE SET a = 0"
                    + " RETURNING merge_action(), old.id, old.a, new.*, t.a, x"))
        .containsExactly(
            "DELETE | 1 | 100 | NULL | NULL | NULL | 100 | 100",
            "INSERT | NULL | NULL | 5 | 500 | NULL | 500 | 500",
            "UPDATE | 2 | 21 | 2 | 0 | two | 0 | NULL",
            "UPDATE | 3 | 300 | 3 | -1 | three | -1 | 300");
    assertThat(rows("DELETE FROM t WHERE id = 2 RETURNING old.*, new.a, a"))
        .containsExactly("2 | 0 | two | NULL | 0");
    assertThat(
            frazil
                .session()
                .prepare("UPDATE t SET a = 1 RETURNING old.a, new.b, old.a + 1")
                .columns()
                .stream()
                .map(column -> column.label()))
        .containsExactly("a", "b", "old.a + 1");
    assertThat(rows("UPDATE t AS old SET a = 7 WHERE id = 3 RETURNING old.a")).containsExactly("7");
  }

  @Test
  void anUpsertTellsWhatWasThere() {
    frazil.script(
        "CREATE TABLE k (id integer PRIMARY KEY, n integer)", "INSERT INTO k VALUES (1, 1)");
    assertThat(
            rows(
                "INSERT INTO k VALUES (1, 5), (2, 6) ON CONFLICT (id)"
                    + " DO UPDATE SET n = k.n + excluded.n RETURNING id, old.n, new.n"))
        .containsExactly("1 | 1 | 6", "2 | NULL | 6");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE t SET a = 0 FROM u WHERE t.id = u.id RETURNING id | 42702 | "id" is ambiguous
          UPDATE t SET a = 0 FROM u WHERE t.id = u.id RETURNING count(*) | 0A000 | aggregates
          UPDATE t SET a = 0 FROM u WHERE t.id = u.id RETURNING max(x) OVER () | 0A000 | RETURNING of anything
          UPDATE t SET a = 0 FROM u WHERE t.id = u.id RETURNING (SELECT 1) | 0A000 | a sub-query in RETURNING
          UPDATE t SET a = 0 FROM u, LATERAL (SELECT u.x AS z) AS l WHERE t.id = u.id RETURNING t.a | 0A000 | LATERAL
          UPDATE t SET a = 0 FROM u WHERE t.id = u.id RETURNING v.x | 42P01 | v
          DELETE FROM t WHERE id IN (SELECT id FROM u) RETURNING u.x | 42P01 | u
          UPDATE t SET a = 1 RETURNING old.nothing | 42703 | "nothing"
          UPDATE t SET a = 1 RETURNING merge_action() | 42883 | merge_action
          UPDATE t SET a = 1 RETURNING max(old.a) | 0A000 | aggregates
          """)
  void mistakesAreNamed(String sql, String state, String message) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    assertThat(failure).as(sql).isNotNull();
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(message);
    assertThat(rows("SELECT a FROM t")).containsExactly("10", "20", "30");
  }
}
