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

  /** Columns that are called as those of the table are no less expressions. */
  @Test
  void expressionsUnderTheNamesOfTheColumns() {
    assertThat(rows("UPDATE t SET a = a + 1 WHERE id = 1 RETURNING id, a * 2 AS a, upper(b) AS b"))
        .containsExactly("1 | 22 | ONE");
    assertThat(rows("UPDATE t SET a = 0 WHERE id = 1 RETURNING a AS id, id AS a, b"))
        .containsExactly("0 | 1 | one");
    assertThat(
            rows(
                "DELETE FROM t USING u WHERE t.id = u.id AND x = 100"
                    + " RETURNING x AS id, t.a, b, t.id AS id, t.id + x AS x, y"))
        .containsExactly("100 | 0 | one | 1 | 101 | p");
  }

  /** They see the tables as they were before the statement, the target among them. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void subQueriesSeeTheStateBefore(int version) {
    create(version);
    assertThat(
            rows(
                "INSERT INTO t VALUES (4, 40, 'four'), (5, 50, 'five')"
                    + " RETURNING id, (SELECT count(*) FROM t), (SELECT y FROM u WHERE u.id = t.id)"))
        .containsExactly("4 | 3 | NULL", "5 | 3 | r");
    assertThat(
            rows(
                "INSERT INTO t SELECT id + 10, x, y FROM u WHERE id < 5"
                    + " RETURNING t.*, t.id IN (SELECT id + 10 FROM u), EXISTS (SELECT 1 FROM t AS z"
                    + " WHERE z.id = t.id), (SELECT count(*) FROM u WHERE u.x < t.a)"))
        .containsExactly("11 | 100 | p | true | false | 0", "13 | 300 | q | true | false | 1");
    assertThat(
            rows(
                "UPDATE t SET a = a + 1 WHERE id < 3"
                    + " RETURNING a, (SELECT z.a FROM t AS z WHERE z.id = t.id),"
                    + " (SELECT max(x) FROM u WHERE u.id > old.id) - new.a"))
        .containsExactly("11 | 10 | 489", "21 | 20 | 479");
    assertThat(
            rows(
                "WITH c AS (SELECT id, y FROM u WHERE x > ?) UPDATE t SET b = c.y FROM c"
                    + " WHERE c.id = t.id RETURNING t.id, c.y, (SELECT string_agg(y, '' ORDER BY y)"
                    + " FROM c) || ?, ARRAY(SELECT id FROM u WHERE u.id < c.id ORDER BY id)",
                200,
                "!"))
        .containsExactly("3 | q | qr! | [1]", "5 | r | qr! | [1, 3]");
    assertThat(
            rows(
                "DELETE FROM t USING u WHERE u.id = t.id AND t.id < 4 RETURNING t.id, u.x,"
                    + " (SELECT sum(a) FROM t), CASE WHEN t.id IN (SELECT id FROM u WHERE x = 300)"
                    + " THEN (SELECT min(y) FROM u) END"))
        .containsExactly("1 | 100 | 552 | NULL", "3 | 300 | 552 | p");
    assertThat(rows("SELECT id, a, b FROM t"))
        .containsExactly(
            "11 | 100 | p", "13 | 300 | q", "2 | 21 | two", "4 | 40 | four", "5 | 50 | r");
    assertThat(rows("DELETE FROM t WHERE id = 99 RETURNING (SELECT count(*) FROM t)")).isEmpty();
    assertThat(rows("DELETE FROM t RETURNING id + (SELECT count(*) FROM t)"))
        .containsExactly("10", "16", "18", "7", "9");
    assertThat(rows("SELECT count(*) FROM t")).containsExactly("0");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void subQueriesOfMergesAndUpserts(int version) {
    create(version);
    assertThat(
            rows(
                "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED AND x = 100 THEN DELETE"
                    + " WHEN MATCHED THEN UPDATE SET a = x"
                    + " WHEN NOT MATCHED THEN INSERT VALUES (u.id, u.x, u.y)"
                    + " WHEN NOT MATCHED BY SOURCE THEN UPDATE SET a = -1"
                    + " RETURNING merge_action(), t.id, (SELECT z.a FROM t AS z WHERE z.id = t.id),"
                    + " new.a, (SELECT count(*) FROM u AS w WHERE w.x > u.x)"))
        .containsExactly(
            "DELETE | 1 | 10 | NULL | 2",
            "INSERT | 5 | NULL | 500 | 0",
            "UPDATE | 2 | 20 | -1 | 0",
            "UPDATE | 3 | 30 | 300 | 1");
    frazil.script(
        "CREATE TABLE k (id integer PRIMARY KEY, n integer)", "INSERT INTO k VALUES (1, 1)");
    assertThat(
            rows(
                "INSERT INTO k VALUES (1, 5), (2, 6) ON CONFLICT (id)"
                    + " DO UPDATE SET n = k.n + excluded.n"
                    + " RETURNING id, n, (SELECT sum(n) FROM k), (SELECT x FROM u WHERE id = k.id)"))
        .containsExactly("1 | 6 | 1 | 100", "2 | 6 | 1 | NULL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE t SET a = 0 FROM u WHERE t.id = u.id RETURNING id | 42702 | "id" is ambiguous
          UPDATE t SET a = 0 FROM u WHERE t.id = u.id RETURNING count(*) | 42803 | an aggregate stands in RETURNING
          INSERT INTO t VALUES (4, 40, 'four') RETURNING sum(a) | 42803 | an aggregate stands in RETURNING
          DELETE FROM t RETURNING max(a), (SELECT max(x) FROM u) | 42803 | an aggregate stands in RETURNING
          DELETE FROM t RETURNING a, row_number() OVER () | 42P20 | a window function stands in RETURNING
          UPDATE t SET a = 0 RETURNING (SELECT x FROM u) | 21000 | more than one row
          UPDATE t SET a = 0 WHERE _file <> '' RETURNING _file | 0A000 | a metadata column in RETURNING
          UPDATE t SET a = 0 FROM u WHERE t.id = u.id RETURNING max(x) OVER () | 42P20 | a window function stands in RETURNING
          UPDATE t SET a = 0 FROM u, LATERAL (SELECT u.x AS z) AS l WHERE t.id = u.id RETURNING t.a | 0A000 | LATERAL
          UPDATE t SET a = 0 FROM u WHERE t.id = u.id RETURNING v.x | 42P01 | v
          DELETE FROM t WHERE id IN (SELECT id FROM u) RETURNING u.x | 42P01 | u
          UPDATE t SET a = 1 RETURNING old.nothing | 42703 | "nothing"
          UPDATE t SET a = 1 RETURNING merge_action() | 42883 | merge_action
          UPDATE t SET a = 1 RETURNING max(old.a) | 42803 | an aggregate stands in RETURNING
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
