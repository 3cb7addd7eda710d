package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import dev.frazil.type.SqlType.Primitive;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables as they were: by times and versions that are computed, or that parameters give. */
class TimeTravelTest {
  private final FastFolder folder = FastFolder.create();
  private EngineRunner frazil;
  private long firstId;
  private long firstMillis;

  @BeforeEach
  void open() throws InterruptedException {
    frazil = EngineRunner.local(folder.path());
    frazil.script("CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1)");
    Snapshot first = table().currentSnapshot();
    firstId = first.snapshotId();
    firstMillis = first.timestampMillis();
    Thread.sleep(5);
    frazil.script("INSERT INTO t VALUES (2)");
    frazil.change("t", table -> table.manageSnapshots().createTag("early", firstId));
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private Table table() {
    return frazil.session().describe(TableIdentifier.of("main", "t")).orElseThrow().table();
  }

  private String firstTime() {
    return Instant.ofEpochMilli(firstMillis).toString().replace('T', ' ').replace("Z", "");
  }

  private List<String> rows(String sql, @Nullable Object... parameters) {
    return frazil.query(sql, parameters).sorted();
  }

  private SqlState state(String sql, @Nullable Object... parameters) {
    return catchThrowableOfType(EngineException.class, () -> frazil.query(sql, parameters)).state();
  }

  @Test
  void timesAreComputed() {
    String first = "CAST('" + firstTime() + "' AS timestamp with time zone)";
    assertThat(rows("SELECT id FROM t FOR TIMESTAMP AS OF " + first)).containsExactly("1");
    assertThat(rows("SELECT id FROM t FOR SYSTEM_TIME AS OF " + first + " - INTERVAL '0' DAY AS o"))
        .containsExactly("1");
    assertThat(rows("SELECT o.id FROM t FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP o"))
        .containsExactly("1", "2");
    assertThat(rows("SELECT id FROM t FOR TIMESTAMP AS OF now() + INTERVAL 1 DAY WHERE id > 1"))
        .containsExactly("2");
    assertThat(rows("SELECT id FROM t FOR TIMESTAMP AS OF DATE '2999-01-01' + 1"))
        .containsExactly("1", "2");
    assertThat(rows("SELECT id FROM t FOR TIMESTAMP AS OF '" + firstTime() + "'::timestamp"))
        .containsExactly("1");
    assertThat(
            rows(
                "SELECT a.id FROM t FOR TIMESTAMP AS OF (TIMESTAMP '2999-01-01 00:00:00') AS a"
                    + " JOIN t FOR VERSION AS OF 'early' AS b ON a.id = b.id"))
        .containsExactly("1");
  }

  @Test
  void aTimeBeforeTheTableIsAnError() {
    assertThat(state("SELECT id FROM t FOR TIMESTAMP AS OF CURRENT_TIMESTAMP - INTERVAL '1' DAY"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    assertThat(state("SELECT id FROM t FOR TIMESTAMP AS OF CAST(NULL AS timestamp)"))
        .isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    assertThat(state("SELECT id FROM t FOR TIMESTAMP AS OF (SELECT max(id) FROM t)"))
        .isEqualTo(SqlState.FEATURE_NOT_SUPPORTED);
    assertThat(state("SELECT id FROM t FOR TIMESTAMP AS OF t.id"))
        .isEqualTo(SqlState.UNDEFINED_TABLE);
    assertThat(state("SELECT id FROM t FOR SYSTEM_TIME FROM '2020-01-01' TO '2021-01-01'"))
        .isEqualTo(SqlState.FEATURE_NOT_SUPPORTED);
  }

  @Test
  void sparkLeavesForOut() {
    assertThat(rows("SELECT id FROM t VERSION AS OF " + firstId)).containsExactly("1");
    assertThat(rows("SELECT o.id FROM t VERSION AS OF 'early' o")).containsExactly("1");
    assertThat(rows("SELECT id FROM main.t TIMESTAMP AS OF '" + firstTime() + "'"))
        .containsExactly("1");
    assertThat(rows("SELECT n.id FROM t n, t SYSTEM_VERSION AS OF 'early' o WHERE n.id = o.id"))
        .containsExactly("1");
    frazil.script("CREATE TABLE v (version integer)", "INSERT INTO v VALUES (7)");
    assertThat(rows("SELECT version AS \"of\" FROM v")).containsExactly("7");
    assertThat(rows("SELECT o.\"of\" FROM (SELECT version AS \"of\" FROM v) AS o"))
        .containsExactly("7");
    assertThat(rows("SELECT version.version FROM v version")).containsExactly("7");
  }

  @Test
  void aParameterIsATime() {
    String sql = "SELECT id FROM t FOR TIMESTAMP AS OF ? WHERE id >= ?";
    PreparedQuery query = frazil.session().prepare(sql);
    assertThat(query.columns()).hasSize(1);
    assertThat(query.parameters())
        .containsExactly(Primitive.TIMESTAMP_WITH_TIME_ZONE, Primitive.INTEGER);
    for (int i = 0; i < 2; i++) {
      assertThat(run(query, firstMillis * 1000, 0)).containsExactly("1");
      assertThat(run(query, firstMillis * 1000 + 3_600_000_000L, 0)).containsExactly("1", "2");
      assertThat(rows(sql, firstMillis * 1000, 2)).isEmpty();
    }
    assertThat(state(sql, null, 0)).isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    assertThat(state(sql, 1L)).isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
  }

  @Test
  void aParameterIsAVersion() {
    String sql = "SELECT id FROM t FOR VERSION AS OF ?";
    PreparedQuery query = frazil.session().prepare(sql);
    assertThat(query.parameters()).containsExactly(Primitive.VARCHAR);
    for (int i = 0; i < 2; i++) {
      assertThat(run(query, "early")).containsExactly("1");
      assertThat(run(query, "main")).containsExactly("1", "2");
      assertThat(run(query, Long.toString(firstId))).containsExactly("1");
    }
    assertThat(state(sql, "late")).isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    assertThat(state(sql, "17")).isEqualTo(SqlState.INVALID_PARAMETER_VALUE);
    assertThat(rows("SELECT id FROM t VERSION AS OF CAST(? AS bigint)", firstId))
        .containsExactly("1");
  }

  @Test
  void aPlanOfAnEarlierTimeIsNotUsedAgain() throws InterruptedException {
    String sql = "SELECT id FROM t FOR TIMESTAMP AS OF CURRENT_TIMESTAMP - INTERVAL '0.3' SECOND";
    PreparedQuery query = frazil.session().prepare(sql);
    frazil.update("INSERT INTO t VALUES (3)");
    Thread.sleep(320);
    assertThat(run(query)).containsExactly("1", "2", "3");
    frazil.update("DELETE FROM t");
    assertThat(run(query)).containsExactly("1", "2", "3");
    Thread.sleep(320);
    assertThat(run(query)).isEmpty();
  }

  @Test
  void eachSetOfABatchHasItsTime() {
    frazil.update("CREATE TABLE copy (id integer)");
    PreparedQuery query =
        frazil.session().prepare("INSERT INTO copy SELECT id FROM t FOR VERSION AS OF ?");
    long[] counts =
        query.executeBatch(
            List.of(new ParameterValues(List.of("early")), new ParameterValues(List.of("main"))),
            new CancellationToken());
    assertThat(counts).containsExactly(1, 2);
    assertThat(rows("SELECT id FROM copy")).containsExactly("1", "1", "2");
  }

  private static List<String> run(PreparedQuery query, @Nullable Object... parameters) {
    StatementResult result =
        query.execute(new ParameterValues(Arrays.asList(parameters)), new CancellationToken());
    return EngineRunner.read(((StatementResult.Rows) result).cursor()).sorted();
  }
}
