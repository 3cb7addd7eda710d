package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.exec.CancellationToken;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.catalog.Namespace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A statement is planned once, whether its text is repeated or it is prepared. */
class PlanCacheTest {
  private static final String QUERY = "SELECT s FROM t WHERE id = 2";

  @TempDir private Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE t (id bigint, s varchar)", "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private @Nullable PlannedStatement kept(String sql) {
    DatabaseSession session = (DatabaseSession) frazil.session();
    BoundPlan plan = session.plans().find(sql, Namespace.of("main"), session.planSettings());
    return plan == null ? null : plan.statement();
  }

  @Test
  void repeatedTextIsPlannedOnce() {
    assertThat(frazil.query(QUERY).lines()).containsExactly("b");
    PlannedStatement first = kept(QUERY);
    assertThat(first).isNotNull();
    assertThat(frazil.query(QUERY).lines()).containsExactly("b");
    assertThat(kept(QUERY)).isSameAs(first);
  }

  @Test
  void aPreparedStatementSharesThePlanOfItsText() {
    String sql = "SELECT s FROM t WHERE id = ?";
    PreparedQuery query = frazil.session().prepare(sql);
    for (long id = 1; id <= 2; id++) {
      StatementResult.Rows rows =
          (StatementResult.Rows)
              query.execute(new ParameterValues(List.of(id)), new CancellationToken());
      assertThat(EngineRunner.read(rows.cursor()).lines()).containsExactly(id == 1 ? "a" : "b");
    }
    PlannedStatement first = kept(sql);
    assertThat(frazil.query(sql, 1L).lines()).containsExactly("a");
    assertThat(kept(sql)).isSameAs(first).isNotNull();
  }

  @Test
  void aNewSnapshotKeepsThePlanAndAnotherSchemaDoesNot() {
    frazil.query(QUERY);
    frazil.update("INSERT INTO t VALUES (2, 'c')");
    assertThat(frazil.query(QUERY).lines()).containsExactlyInAnyOrder("b", "c");
    frazil.script(
        "DROP TABLE t", "CREATE TABLE t (s bigint, id bigint)", "INSERT INTO t VALUES (7, 2)");
    assertThat(frazil.query(QUERY).lines()).containsExactly("7");
  }

  @Test
  void oldPlansGo() {
    frazil.query(QUERY);
    for (int i = 0; i < 64; i++) {
      frazil.query("SELECT " + i);
    }
    assertThat(kept(QUERY)).isNull();
    assertThat(kept("SELECT 63")).isNotNull();
  }
}
