package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What statements do besides their answers: commits, counts, plans kept, conflicts, time travel.
 */
class StatementsTest {
  @TempDir Path folder;

  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.update("CREATE TABLE t (id integer, s varchar)");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  @Test
  void changesOfNoRowMakeNoCommit() {
    frazil.update("INSERT INTO t VALUES (1, 'a')");
    long before = snapshot().snapshotId();
    assertThat(frazil.update("UPDATE t SET s = 'x' WHERE id = 9")).isZero();
    assertThat(frazil.update("DELETE FROM t WHERE id = 9")).isZero();
    assertThat(frazil.update("INSERT INTO t SELECT * FROM t WHERE id = 9")).isZero();
    assertThat(
            frazil.update(
                "MERGE INTO t USING (SELECT 9 AS id) AS n ON t.id = n.id"
                    + " WHEN MATCHED THEN DELETE"))
        .isZero();
    assertThat(snapshot().snapshotId()).isEqualTo(before);
    assertThat(frazil.update("TRUNCATE TABLE t")).isEqualTo(1);
    long truncated = snapshot().snapshotId();
    assertThat(truncated).isNotEqualTo(before);
    assertThat(frazil.update("TRUNCATE TABLE t")).isZero();
    assertThat(snapshot().snapshotId()).isEqualTo(truncated);
  }

  @Test
  void deleteOfAllRowsCountsTheRowsThatWereLeft() {
    frazil.update("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    frazil.update("DELETE FROM t WHERE id = 2");
    assertThat(frazil.update("DELETE FROM t")).isEqualTo(2);
    assertThat(frazil.query("SELECT * FROM t").rows()).isEmpty();
  }

  @Test
  void aTargetRowMatchedTwiceIsAnError() {
    frazil.update("INSERT INTO t VALUES (1, 'a')");
    frazil.script(
        "CREATE TABLE n (id integer, s varchar)", "INSERT INTO n VALUES (1, 'x'), (1, 'y')");
    String merge = "MERGE INTO t USING n ON t.id = n.id WHEN MATCHED THEN UPDATE SET s = n.s";
    assertThat(state(() -> frazil.update(merge))).isEqualTo(SqlState.CARDINALITY_VIOLATION);
    assertThat(frazil.query("SELECT * FROM t").lines()).containsExactly("1 | a");
  }

  @Test
  void aBatchIsOneCommitWithACountForEachSet() {
    PreparedQuery insert =
        frazil.session().prepare("INSERT INTO t VALUES (?, upper(CAST(? AS varchar)))");
    List<ParameterValues> sets = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      sets.add(values(i, "name " + i % 100));
    }
    long[] counts = insert.executeBatch(sets, new CancellationToken());
    assertThat(counts).hasSize(10_000).containsOnly(1L);
    assertThat(table().snapshots()).hasSize(1);
    assertThat(frazil.query("SELECT count(*), sum(id), max(s) FROM t").lines())
        .containsExactly("10000 | 49995000 | NAME 99");
    PreparedQuery update = frazil.session().prepare("UPDATE t SET s = ? WHERE id < ?");
    assertThat(
            update.executeBatch(
                List.of(values("low", 10), values("lower", 5), values("none", 0)),
                new CancellationToken()))
        .containsExactly(10, 5, 0);
    assertThat(frazil.query("SELECT s, count(*) FROM t WHERE id < 12 GROUP BY s").sorted())
        .containsExactly("NAME 10 | 1", "NAME 11 | 1", "low | 5", "lower | 5");
  }

  @Test
  void aBatchThatFailsHasNoEffect() {
    frazil.update("CREATE TABLE strict (id integer NOT NULL)");
    PreparedQuery insert = frazil.session().prepare("INSERT INTO strict VALUES (?)");
    List<ParameterValues> sets =
        List.of(values(1), new ParameterValues(java.util.Arrays.asList((Object) null)));
    assertThat(state(() -> insert.executeBatch(sets, new CancellationToken())))
        .isEqualTo(SqlState.NOT_NULL_VIOLATION);
    assertThat(frazil.query("SELECT * FROM strict").rows()).isEmpty();
  }

  @Test
  void aPreparedStatementFollowsItsTable() {
    PreparedQuery count = frazil.session().prepare("SELECT * FROM t");
    assertThat(count.columns()).hasSize(2);
    assertThat(run(count)).isEmpty();
    frazil.update("INSERT INTO t VALUES (1, 'a')");
    assertThat(run(count)).containsExactly("1 | a");
    frazil.script("DROP TABLE t", "CREATE TABLE t (x double)", "INSERT INTO t VALUES (0.5)");
    assertThat(run(count)).containsExactly("0.5");
    assertThat(count.columns()).hasSize(1);
    frazil.update("DROP TABLE t");
    assertThat(state(() -> run(count))).isEqualTo(SqlState.UNDEFINED_TABLE);
  }

  @Test
  void aPlanWithoutScansFollowsItsTableToo() {
    String probe = "SELECT * FROM t WHERE 1 = 0";
    assertThat(frazil.session().prepare(probe).columns()).hasSize(2);
    frazil.query(probe);
    frazil.script("DROP TABLE t", "CREATE TABLE t (x double)");
    assertThat(((StatementResult.Rows) frazil.execute(probe)).cursor().columns()).hasSize(1);
    frazil.update("DROP TABLE t");
    assertThat(state(() -> frazil.query(probe))).isEqualTo(SqlState.UNDEFINED_TABLE);
  }

  @Test
  void oldVersionsCanBeRead() throws InterruptedException {
    frazil.update("INSERT INTO t VALUES (1, 'a')");
    Snapshot first = snapshot();
    Thread.sleep(5);
    frazil.script("UPDATE t SET s = 'b'", "INSERT INTO t VALUES (2, 'c')");
    assertThat(frazil.query("SELECT * FROM t FOR VERSION AS OF " + first.snapshotId()).lines())
        .containsExactly("1 | a");
    String time = java.time.Instant.ofEpochMilli(first.timestampMillis()).toString();
    String literal = time.replace('T', ' ').replace("Z", "");
    assertThat(
            frazil
                .query("SELECT * FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '" + literal + "'")
                .lines())
        .containsExactly("1 | a");
    assertThat(
            frazil
                .query(
                    "SELECT n.s, o.s FROM t AS n JOIN t FOR VERSION AS OF "
                        + first.snapshotId()
                        + " AS o ON n.id = o.id")
                .lines())
        .containsExactly("b | a");
  }

  @Test
  void explainShowsThePlan() {
    frazil.update("INSERT INTO t VALUES (1, 'a')");
    PreparedQuery explain = frazil.session().prepare("EXPLAIN SELECT count(*) FROM t WHERE id > 3");
    assertThat(explain.givesRows()).isTrue();
    assertThat(String.join("\n", run(explain))).contains("TableScan").contains("main.t");
    frazil.query("EXPLAIN DELETE FROM t WHERE id = 1");
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("1");
  }

  @Test
  void schemasAreMadeUsedAndDropped() {
    frazil.script(
        "CREATE SCHEMA sales",
        "CREATE SCHEMA IF NOT EXISTS sales",
        "CREATE TABLE sales.item (n integer)",
        "USE sales",
        "INSERT INTO item VALUES (4)");
    assertThat(frazil.session().currentSchema()).isEqualTo(Namespace.of("sales"));
    assertThat(frazil.query("SELECT n FROM sales.item").lines()).containsExactly("4");
    assertThat(frazil.session().schemas()).contains(Namespace.of("main"), Namespace.of("sales"));
    assertThat(frazil.session().tables(Namespace.of("sales")))
        .containsExactly(TableIdentifier.of("sales", "item"));
    assertThat(state(() -> frazil.update("DROP SCHEMA sales")))
        .isEqualTo(SqlState.DEPENDENT_OBJECTS_EXIST);
    frazil.script("DROP TABLE item", "DROP TABLE IF EXISTS item", "DROP SCHEMA sales");
    assertThat(frazil.session().schemas()).doesNotContain(Namespace.of("sales"));
  }

  @Test
  void tablesAreDescribed() {
    frazil.update("CREATE TABLE d (id bigint NOT NULL, price decimal(10, 2))");
    Session.TableDescription described =
        frazil.session().describe(TableIdentifier.of("main", "d")).orElseThrow();
    assertThat(described.columns())
        .extracting(
            column -> column.name() + " " + column.type().sqlName() + " " + column.nullable())
        .containsExactly("id bigint false", "price decimal(10,2) true");
    assertThat(frazil.session().describe(TableIdentifier.of("main", "absent"))).isEmpty();
    List<String> names = new ArrayList<>();
    frazil.session().describe(table -> true, each -> names.add(each.identifier().toString()));
    frazil.session().describe(table -> false, each -> names.add("none"));
    assertThat(names).containsExactly("main.d", "main.t");
    assertThat(frazil.session().list(table -> table.name().equals("d"), view -> false, false))
        .containsExactly(new Session.TableListing(TableIdentifier.of("main", "d"), null));
  }

  @Test
  void createTableAsIsOneCommitOfTableAndRows() {
    frazil.update("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    assertThat(frazil.update("CREATE TABLE c AS SELECT id * 10 AS ten, s FROM t")).isEqualTo(2);
    assertThat(frazil.query("SELECT ten, s FROM c").sorted()).containsExactly("10 | a", "20 | b");
    assertThat(state(() -> frazil.update("CREATE TABLE c2 AS SELECT 1 / (id - 1) AS x FROM t")))
        .isEqualTo(SqlState.DIVISION_BY_ZERO);
    assertThat(state(() -> frazil.query("SELECT * FROM c2"))).isEqualTo(SqlState.UNDEFINED_TABLE);
    assertThat(frazil.update("CREATE TABLE IF NOT EXISTS c AS SELECT * FROM t")).isZero();
  }

  @Test
  void writersOfOneRowInAutocommitAllSucceed() throws InterruptedException, ExecutionException {
    frazil.update("INSERT INTO t VALUES (0, 'counter')");
    ExecutorService pool = Executors.newFixedThreadPool(3);
    List<Future<?>> writers = new ArrayList<>();
    for (int w = 0; w < 3; w++) {
      int writer = w;
      writers.add(
          pool.submit(
              () -> {
                try (Session session = frazil.engine().openSession()) {
                  for (int i = 0; i < 8; i++) {
                    execute(session, "UPDATE t SET id = id + 1 WHERE s = 'counter'");
                    execute(session, "INSERT INTO t VALUES (" + i + ", 'w" + writer + "')");
                  }
                }
              }));
    }
    pool.shutdown();
    for (Future<?> writer : writers) {
      writer.get();
    }
    assertThat(frazil.query("SELECT id FROM t WHERE s = 'counter'").lines()).containsExactly("24");
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("25");
  }

  @Test
  void listingsAreMadeAnew() {
    PreparedQuery show = frazil.session().prepare("SHOW TABLES");
    assertThat(show.columns()).hasSize(1);
    assertThat(frazil.query("SHOW TABLES").lines()).doesNotContain("later");
    frazil.script("CREATE TABLE later (n int)", "CREATE SCHEMA after");
    assertThat(frazil.query("SHOW TABLES").lines()).contains("later");
    StatementResult.Rows rows =
        (StatementResult.Rows) show.execute(ParameterValues.none(), new CancellationToken());
    assertThat(EngineRunner.read(rows.cursor()).lines()).contains("later");
    assertThat(frazil.query("SHOW SCHEMAS").lines()).contains("after");
    frazil.update("DROP TABLE later");
    assertThat(frazil.query("SHOW TABLES").lines()).doesNotContain("later");
  }

  @Test
  void columnsWithoutNamesAreLabelledAsTheyWereWritten() {
    assertThat(labels("SELECT 1, id + 1, s AS text, count(*)  FROM t GROUP BY id, s"))
        .containsExactly("1", "id + 1", "text", "count(*)");
    assertThat(labels("SELECT upper(s), t.*, 'a,b' || s, max(id) FROM t GROUP BY id, s"))
        .containsExactly("upper(s)", "id", "s", "'a,b' || s", "max(id)");
    assertThat(labels("WITH q AS (SELECT id FROM t) SELECT id FROM q")).containsExactly("id");
    assertThat(labels("SELECT id * 2 FROM t UNION SELECT 7")).containsExactly("id * 2");
  }

  private List<String> labels(String sql) {
    return frazil.session().prepare(sql).columns().stream().map(ResultColumn::label).toList();
  }

  @Test
  void aCancelledStatementEnds() {
    frazil.update("INSERT INTO t VALUES (1, 'a')");
    CancellationToken cancelled = new CancellationToken();
    cancelled.cancel("no longer wanted");
    PreparedQuery delete = frazil.session().prepare("DELETE FROM t");
    assertThat(state(() -> delete.execute(ParameterValues.none(), cancelled)))
        .isEqualTo(SqlState.QUERY_CANCELED);
    PreparedQuery select = frazil.session().prepare("SELECT * FROM t");
    CancellationToken later = new CancellationToken();
    StatementResult.Rows rows =
        (StatementResult.Rows) select.execute(ParameterValues.none(), later);
    later.cancel("enough");
    assertThat(state(() -> rows.cursor().next())).isEqualTo(SqlState.QUERY_CANCELED);
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("1");
  }

  @Test
  void enginesOfOneWarehouseShareTheCatalogAndCloseOnce() {
    try (EngineRunner other = EngineRunner.local(folder)) {
      other.update("INSERT INTO t VALUES (7, 'shared')");
    }
    assertThat(frazil.query("SELECT id FROM t").lines()).containsExactly("7");
    Engine engine = EngineFactory.open(frazil.engine().config());
    engine.close();
    engine.close();
    assertThat(state(engine::openSession)).isEqualTo(SqlState.CONNECTION_CLOSED);
    assertThat(frazil.query("SELECT id FROM t").lines()).containsExactly("7");
    Session session = frazil.engine().openSession();
    session.close();
    assertThat(state(() -> session.prepare("SELECT 1"))).isEqualTo(SqlState.CONNECTION_CLOSED);
  }

  private static void execute(Session session, String sql) {
    session.prepare(sql).execute(ParameterValues.none(), new CancellationToken());
  }

  private static List<String> run(PreparedQuery query) {
    StatementResult result = query.execute(ParameterValues.none(), new CancellationToken());
    return EngineRunner.read(((StatementResult.Rows) result).cursor()).lines();
  }

  private static ParameterValues values(Object... values) {
    return new ParameterValues(List.of(values));
  }

  private Table table() {
    return frazil.session().describe(TableIdentifier.of("main", "t")).orElseThrow().table();
  }

  private Snapshot snapshot() {
    return table().currentSnapshot();
  }

  private static SqlState state(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    Throwable failure = catchThrowable(call);
    assertThat(failure).isInstanceOf(EngineException.class);
    return ((EngineException) failure).state();
  }
}
