package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values that differ from call to call, or from one set of a batch to the next. */
class DrawnValuesTest {
  private FastFolder folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    folder = FastFolder.create();
    frazil = EngineRunner.local(folder.path());
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  @Test
  void whatIsReturnedIsWhatIsStored() {
    frazil.update("CREATE TABLE t (id uuid, x double, n integer)");
    List<String> returned =
        frazil.query("INSERT INTO t VALUES (uuid(), random(), 1) RETURNING id, x, id = id").lines();
    assertThat(frazil.query("SELECT id, x, true FROM t").lines()).isEqualTo(returned);
    returned =
        frazil.query("INSERT INTO t VALUES (uuid(), 1, 2), (uuid(), 2, 2) RETURNING id").sorted();
    assertThat(frazil.query("SELECT id FROM t WHERE n = 2").sorted()).isEqualTo(returned);
  }

  /** Keys of version 7 ascend in the order of the rows: of each set, then of the next one. */
  @Test
  void keysAscendAcrossTheRowsOfABatch() {
    frazil.update("CREATE TABLE t (k varchar DEFAULT uuidv7(), n integer, d uuid)");
    List<ParameterValues> sets = new ArrayList<>();
    for (int n = 0; n < 40; n += 2) {
      sets.add(new ParameterValues(List.of(n, n + 1)));
    }
    frazil
        .session()
        .prepare("INSERT INTO t (n, d) VALUES (?, uuidv7()), (?, uuidv7())")
        .executeBatch(sets, new CancellationToken());
    for (String order : List.of("k", "d")) {
      assertThat(frazil.query("SELECT n FROM t ORDER BY " + order).lines())
          .containsExactlyElementsOf(IntStream.range(0, 40).mapToObj(Integer::toString).toList());
    }
  }

  @Test
  void aMergeDrawsNoCondition() {
    frazil.script("CREATE TABLE t (id integer, v varchar)", "INSERT INTO t VALUES (1, 'a')");
    assertThatThrownBy(
            () ->
                frazil.update(
                    "MERGE INTO t USING (VALUES (1)) AS s (id) ON t.id = s.id"
                        + " WHEN MATCHED AND random() < 0.5 THEN UPDATE SET v = 'x'"
                        + " WHEN MATCHED THEN DELETE"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED));
    frazil.update(
        "MERGE INTO t USING (VALUES (1)) AS s (id) ON t.id = s.id"
            + " WHEN MATCHED THEN UPDATE SET v = CAST(random() AS varchar)");
    assertThat(frazil.query("SELECT count(*) FROM t WHERE v <> 'a'").lines()).containsExactly("1");
  }

  @Test
  void eachSetOfABatchHasItsOwnPartition() {
    frazil.update("CREATE TABLE t (p varchar, n integer) PARTITIONED BY (p)");
    long[] counts =
        frazil
            .session()
            .prepare("INSERT INTO t PARTITION (p = ?) VALUES (?)")
            .executeBatch(
                List.of(
                    new ParameterValues(Arrays.asList("a", 1)),
                    new ParameterValues(Arrays.asList("b", 2)),
                    new ParameterValues(Arrays.asList("c", 3))),
                new CancellationToken());
    assertThat(counts).containsExactly(1, 1, 1);
    assertThat(frazil.query("SELECT * FROM t").sorted()).containsExactly("a | 1", "b | 2", "c | 3");
  }

  @Test
  void aTableMayBeCalledConflict() {
    frazil.script(
        "CREATE TABLE s (id integer)",
        "CREATE TABLE conflict (id integer)",
        "CREATE TABLE t (id integer)",
        "INSERT INTO s VALUES (1), (2)",
        "INSERT INTO conflict VALUES (2)",
        "INSERT INTO t SELECT s.id FROM s JOIN conflict ON conflict.id = s.id");
    assertThat(frazil.query("SELECT * FROM t").lines()).containsExactly("2");
  }
}
