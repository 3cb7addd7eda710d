package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes of rows where DuckDB has no such statement, or another rule: by hand. */
class RowChangeStatementsTest {
  @TempDir Path folder;

  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE t (id integer, a integer, s varchar)",
        "INSERT INTO t VALUES (1, 10, 'one'), (2, 20, 'two')",
        "CREATE TABLE n (id integer, a integer)",
        "INSERT INTO n VALUES (1, 100), (1, 101), (3, 300)");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  @Test
  void aSecondMatchCountsOnlyWhereItWouldChangeTheRow() {
    String merge = "MERGE INTO t USING n ON t.id = n.id WHEN MATCHED ";
    assertThat(state(merge + "THEN UPDATE SET a = n.a")).isEqualTo("21000");
    assertThat(state(merge + "THEN DELETE")).isEqualTo("21000");
    assertThat(state(merge + "AND n.a = 100 THEN DELETE WHEN MATCHED THEN UPDATE SET a = 0"))
        .isEqualTo("21000");
    assertThat(frazil.update(merge + "THEN DO NOTHING")).isZero();
    assertThat(frazil.update(merge + "AND n.a = 101 THEN UPDATE SET a = n.a")).isEqualTo(1);
    assertThat(rows()).isEqualTo("[1 | 101 | one, 2 | 20 | two]");
    assertThat(state("UPDATE t SET a = n.a FROM n WHERE n.id = t.id")).isEqualTo("21000");
    assertThat(frazil.update("UPDATE t SET a = n.a FROM n WHERE n.id = t.id AND n.a < 101"))
        .isEqualTo(1);
  }

  @Test
  void fieldsOfRowsAreSetOneByOne() {
    frazil.script(
        "CREATE TABLE r (id integer, p row(x integer, q row(y varchar, z decimal(6, 2))))",
        "INSERT INTO r VALUES (1, row(1, row('a', 1.5))), (2, row(2, NULL)), (3, NULL)");
    assertThat(
            frazil.update("UPDATE r AS w SET p.q.y = upper(w.p.q.y) || 'x', w.p.x = id * 10 + p.x"))
        .isEqualTo(3);
    assertThat(rowsOf("SELECT id, r.p.x, r.p.q.y, r.p.q.z FROM r"))
        .isEqualTo("[1 | 11 | Ax | 1.5, 2 | 22 | NULL | NULL, 3 | NULL | NULL | NULL]");
    frazil.update("UPDATE r SET (p.q.z, p.x) = (2, id) WHERE id > 1");
    assertThat(rowsOf("SELECT id, r.p.x, r.p.q.y, r.p.q.z FROM r"))
        .isEqualTo("[1 | 11 | Ax | 1.5, 2 | 2 | NULL | 2, 3 | 3 | NULL | 2]");
    frazil.update(
        "MERGE INTO r USING (VALUES (1, 77)) AS v (k, x) ON r.id = v.k"
            + " WHEN MATCHED THEN UPDATE SET p.x = v.x");
    assertThat(rowsOf("SELECT id, r.p.x, r.p.q.y FROM r WHERE id = 1")).isEqualTo("[1 | 77 | Ax]");
  }

  @Test
  void aQueryForSeveralColumnsGivesOneRowOrNone() {
    assertThat(state("UPDATE t SET (a, s) = (SELECT a, 'x' FROM n WHERE n.id = t.id)"))
        .isEqualTo("21000");
    frazil.update(
        "UPDATE t SET (a, s) = (SELECT max(a), 'x' FROM n WHERE n.id = t.id HAVING true)");
    assertThat(rows()).isEqualTo("[1 | 101 | x, 2 | NULL | x]");
    frazil.update("UPDATE t SET (a, s) = (SELECT a, 'y' FROM n WHERE n.id = t.id + 2)");
    assertThat(rows()).isEqualTo("[1 | 300 | y, 2 | NULL | NULL]");
  }

  @Test
  void defaultsOfColumnsAreGivenByName() {
    frazil.script(
        "CREATE TABLE d (id integer, k integer, s varchar) WITH ('format-version' = '3')");
    frazil.change(
        "d",
        table ->
            table
                .updateSchema()
                .updateColumnDefault("k", org.apache.iceberg.expressions.Literal.of(7))
                .updateColumnDefault("s", org.apache.iceberg.expressions.Literal.of("it's")));
    frazil.update("INSERT INTO d VALUES (1, DEFAULT, DEFAULT), (2, 0, '')");
    frazil.update("UPDATE d SET k = DEFAULT WHERE id = 2");
    frazil.update(
        "MERGE INTO d USING (VALUES (3), (4)) AS v (k) ON d.id = v.k"
            + " WHEN NOT MATCHED AND v.k = 3 THEN INSERT (id) VALUES (v.k)"
            + " WHEN NOT MATCHED THEN INSERT DEFAULT VALUES");
    assertThat(rowsOf("SELECT * FROM d"))
        .isEqualTo("[1 | 7 | it's, 2 | 7 | , 3 | 7 | it's, NULL | 7 | it's]");
  }

  @Test
  void whatIsReturnedHasParametersAndLabels() {
    PreparedQuery insert =
        frazil
            .session()
            .prepare("INSERT INTO t AS z VALUES (?, 5, upper(?)) RETURNING z.id + ?, s, a < 6");
    assertThat(insert.columns())
        .extracting(ResultColumn::label)
        .containsExactly("z.id + ?", "s", "a < 6");
    assertThat(insert.columns().get(1).originColumn()).isEqualTo("s");
    StatementResult.Rows result =
        (StatementResult.Rows)
            insert.execute(new ParameterValues(List.of(7, "x", 100)), new CancellationToken());
    assertThat(result.changedRows()).isEqualTo(1);
    assertThat(EngineRunner.read(result.cursor()).lines()).containsExactly("107 | X | true");
    EngineException refused =
        catchThrowableOfType(
            EngineException.class,
            () ->
                insert.executeBatch(
                    List.of(new ParameterValues(List.of(7, "x", 100))), new CancellationToken()));
    assertThat(refused.state()).isEqualTo(SqlState.INVALID_STATEMENT);
    assertThat(rowsOf("SELECT count(*) FROM t")).isEqualTo("[3]");
  }

  @Test
  void nothingIsReturnedOfAStatementThatFailsOrIsRolledBack() {
    frazil.update("CREATE TABLE d (id integer NOT NULL)");
    assertThat(state("INSERT INTO d SELECT CASE WHEN id < 2 THEN id END FROM t RETURNING id"))
        .isEqualTo("23502");
    assertThat(rowsOf("SELECT * FROM d")).isEqualTo("[]");
    frazil.update("START TRANSACTION");
    assertThat(rowsOf("DELETE FROM t RETURNING id")).isEqualTo("[1, 2]");
    assertThat(rowsOf("SELECT id FROM t")).isEqualTo("[]");
    frazil.update("ROLLBACK");
    assertThat(rowsOf("DELETE FROM t WHERE id = 1 RETURNING *")).isEqualTo("[1 | 10 | one]");
    assertThat(rows()).isEqualTo("[2 | 20 | two]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MERGE INTO t USING n ON t.id = n.id WHEN MATCHED THEN DELETE WHEN MATCHED AND n.a = 1 THEN DELETE | 42601 | never reached
          MERGE INTO t USING n ON t.id = n.id WHEN MATCHED THEN UPDATE SET * | 42703 | s
          MERGE INTO t USING n ON t.id = n.id WHEN NOT MATCHED BY SOURCE THEN INSERT VALUES (1, 2, 's') | 42601 | expected UPDATE, DELETE
          MERGE INTO t USING n ON t.id = n.id WHEN NOT MATCHED BY SOURCE THEN UPDATE SET * | 0A000 | SET *
          UPDATE t SET (a, s) = (1, 2, 3) | 42601 | 2 columns are set, but to 3 values
          UPDATE t SET (a, s) = 5 | 42601 | expected a row of values
          UPDATE t SET (a, a) = (1, 2) | 42701 | set twice
          UPDATE t SET (a, s) = (SELECT 1, 2, 3) | 42P10 | 2 columns
          UPDATE t SET a.x = 1 | 42703 | no field "x"
          UPDATE t AS z SET t.a = 1 | 42703 | "t"
          DELETE FROM t USING WHERE t.id = 1 | 42601 | expected a table
          INSERT INTO t BY NAME VALUES (1, 2, 'x') | 42601 | a query whose columns have names
          INSERT INTO t BY NAME SELECT 1 AS id, 2 AS b | 42703 | "b"
          INSERT INTO t BY NAME SELECT 1 AS id, 2 AS ID | 42701 | "id" is named twice
          DELETE FROM t RETURNING | 42601 | expected an expression
          DELETE FROM t RETURNING count(*) | 42803 | an aggregate stands in RETURNING
          MERGE INTO t USING n ON t.id = n.id WHEN NOT MATCHED BY SOURCE THEN UPDATE SET a = n.a | 42P01 | "n"
          MERGE INTO t USING n ON t.id = n.id WHEN NOT MATCHED BY SOURCE AND n.id = 1 THEN DELETE | 42P01 | "n"
          MERGE INTO t USING (SELECT 1 AS id, 2 AS x) AS q ON t.id = q.id WHEN NOT MATCHED BY SOURCE THEN UPDATE SET a = x | 42703 | "x"
          MERGE INTO t USING n ON t.id = n.id WHEN NOT MATCHED THEN INSERT (id) VALUES (t.id) | 42P01 | "t"
          MERGE INTO t AS z USING n ON z.id = n.id WHEN NOT MATCHED AND z.a IS NULL THEN INSERT (id) VALUES (n.id) | 42P01 | "z"
          MERGE INTO t USING (VALUES (5)) AS q (k) ON t.id = q.k WHEN NOT MATCHED THEN INSERT (id, s) VALUES (k, s) | 42703 | "s"
          DELETE FROM t RETURNING _pos | 0A000 | a metadata column
          UPDATE t SET a = 1 WHERE id IN (SELECT id FROM n) RETURNING n.id | 42P01 | "n"
          INSERT INTO t AS z VALUES (1, 2, 'x') RETURNING t.id | 42P01 | "t"
          WITH x AS (DELETE FROM t RETURNING id) SELECT * FROM x | 0A000 | within WITH
          WITH x AS (SELECT 1 AS id) UPDATE nowhere SET id = 1 | 42P01 | nowhere
          """)
  void mistakesAreNamed(String sql, String state, String message) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    assertThat(failure).as(sql).isNotNull();
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(message);
    assertThat(rows()).isEqualTo("[1 | 10 | one, 2 | 20 | two]");
  }

  private String rows() {
    return rowsOf("SELECT * FROM t");
  }

  private String rowsOf(String sql) {
    return frazil.query(sql).sorted().toString();
  }

  private String state(String sql) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    return failure == null ? "no failure" : failure.state().code();
  }
}
