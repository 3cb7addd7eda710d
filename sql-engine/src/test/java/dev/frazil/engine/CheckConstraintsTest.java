package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that a CHECK refuses, by every way into a table. */
class CheckConstraintsTest {
  @TempDir Path folder;

  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE t (id integer, n integer CHECK (n < 100), s varchar,"
            + " PRIMARY KEY (id) NOT ENFORCED, CONSTRAINT \"Short\" CHECK (char_length(s) < 5 -- really\n))",
        "INSERT INTO t VALUES (1, 1, 'one'), (2, 2, 'two')");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t VALUES (3, 3, 'c'), (4, 100, 'd')",
        "INSERT INTO t SELECT id + 10, n * 99, s FROM t",
        "INSERT INTO t VALUES (3, 3, 'too long') RETURNING id",
        "INSERT INTO t VALUES (1, 500, 'x') ON CONFLICT (id) DO UPDATE SET n = excluded.n",
        "INSERT OVERWRITE t VALUES (9, 1000, NULL)",
        "UPDATE t SET n = n + 98 WHERE id = 2",
        "UPDATE t SET s = s || 'abc'",
        "MERGE INTO t USING (VALUES (1, 300)) AS v (k, x) ON t.id = v.k"
            + " WHEN MATCHED THEN UPDATE SET n = v.x",
        "MERGE INTO t USING (VALUES (9, 300)) AS v (k, x) ON t.id = v.k"
            + " WHEN NOT MATCHED THEN INSERT (id, n) VALUES (v.k, v.x)"
      })
  void aRowForWhichItIsFalseRefusesTheStatement(String sql) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    assertThat(failure).as(sql).isNotNull();
    assertThat(failure.state().code()).isEqualTo("23514");
    assertThat(failure).hasMessageContaining("main.t").hasMessageContaining("CHECK (");
    assertThat(frazil.query("SELECT * FROM t").sorted())
        .containsExactly("1 | 1 | one", "2 | 2 | two");
  }

  @Test
  void batchesAndTablesOfQueriesAreChecked() {
    PreparedQuery insert = frazil.session().prepare("INSERT INTO t VALUES (?, ?, NULL)");
    EngineException failure =
        catchThrowableOfType(
            EngineException.class,
            () ->
                insert.executeBatch(
                    List.of(
                        new ParameterValues(List.of(5, 5)), new ParameterValues(List.of(6, 600))),
                    new CancellationToken()));
    assertThat(failure.state().code()).isEqualTo("23514");
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("2");
    assertThat(state("CREATE TABLE c (x, CHECK (x < 2)) AS SELECT id FROM t")).isEqualTo("23514");
    frazil.update("CREATE TABLE c (x, CHECK (x < 3)) AS SELECT id FROM t");
    assertThat(state("INSERT INTO c VALUES (3)")).isEqualTo("23514");
  }

  @Test
  void theConstraintsAreShownAndKept() {
    assertThat(String.join("\n", frazil.query("SHOW CREATE TABLE t").lines()))
        .contains("frazil.check.t_check", "n < 100", "frazil.check.Short");
    frazil.update("CREATE TABLE w (a integer) WITH (\"frazil.check.x\" = 'a + ')");
    assertThat(state("INSERT INTO w VALUES (1)")).isEqualTo("42601");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE TABLE x (a integer CHECK (a + 1)) | 42804 | must be a condition
          CREATE TABLE x (a integer CHECK (b > 1)) | 42703 | b
          CREATE TABLE x (a integer CHECK (a > (SELECT max(id) FROM t))) | 0A000 | CHECK of anything but expressions
          CREATE TABLE x (a integer CHECK (sum(a) > 1)) | 0A000 | CHECK of anything but expressions
          CREATE TABLE x (a integer CHECK (a > ?)) | 0A000 | a parameter in CHECK
          CREATE TABLE x (a integer CHECK ()) | 42601 | expected a condition
          CREATE TABLE x (a integer, CONSTRAINT c CHECK (a > 1), CONSTRAINT c CHECK (a > 2)) | 42601 | "c" already
          CREATE TABLE x (a integer, CHECK (a > 1) NOT ENFORCED) | 0A000 | NOT ENFORCED
          """)
  void mistakesAreNamed(String sql, String state, String message) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    assertThat(failure).as(sql).isNotNull();
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(message);
  }

  private String state(String sql) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    return failure == null ? "no failure" : failure.state().code();
  }
}
