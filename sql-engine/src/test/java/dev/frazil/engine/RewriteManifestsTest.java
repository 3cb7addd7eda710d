package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code CALL system.rewrite_manifests}: fewer manifests that name the same files. */
class RewriteManifestsTest {
  private static final String ENTRIES =
      "SELECT snapshot_id, sequence_number, file_sequence_number, data_file.file_path,"
          + " data_file.content, data_file.record_count FROM \"t$entries\" WHERE status < 2";

  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private List<String> manifests(int content) {
    return frazil.query("SELECT path FROM \"t$manifests\" WHERE content = " + content).lines();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3"})
  void entriesKeepTheirSnapshotsAndNumbers(String version) {
    frazil.update(
        "CREATE TABLE t (id integer, v varchar) WITH (\"format-version\" = '" + version + "')");
    for (int i = 0; i < 4; i++) {
      frazil.update("INSERT INTO t VALUES (" + i + ", 'a')");
    }
    List<String> entries = frazil.query(ENTRIES).sorted();
    List<String> rows = frazil.query("SELECT * FROM t").sorted();
    assertThat(frazil.query("CALL system.rewrite_manifests('t', use_caching => true)").lines())
        .containsExactly("4 | 1");
    assertThat(manifests(0)).hasSize(1);
    assertThat(frazil.query(ENTRIES).sorted()).isEqualTo(entries);
    assertThat(frazil.query("SELECT * FROM t").sorted()).isEqualTo(rows);
    assertThat(frazil.query("CALL system.rewrite_manifests('t')").lines())
        .as("nothing is left to do")
        .containsExactly("0 | 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  void manifestsOfDeletesArePutTogetherToo(String version) {
    frazil.update(
        "CREATE TABLE t (id integer, p integer) PARTITIONED BY (p) WITH (\"format-version\" = '"
            + version
            + "', \"write.delete.mode\" = 'merge-on-read')");
    for (int p = 3; p > 0; p--) {
      frazil.update("INSERT INTO t SELECT n, " + p + " FROM generate_series(1, 100) AS s (n)");
    }
    for (int p = 1; p < 4; p++) {
      frazil.update("DELETE FROM t WHERE id = 7 AND p = " + p);
    }
    List<String> entries = frazil.query(ENTRIES).sorted();
    assertThat(manifests(1)).hasSize(3);
    assertThat(frazil.query("CALL system.rewrite_manifests('t')").lines()).containsExactly("6 | 2");
    assertThat(manifests(1)).hasSize(1);
    assertThat(frazil.query(ENTRIES).sorted()).isEqualTo(entries);
    assertThat(frazil.query("SELECT count(*), sum(id) FROM t").lines())
        .containsExactly("297 | " + (3 * 5050 - 21));
    frazil.update("DELETE FROM t WHERE id = 8");
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("294");
  }

  /** Partitions that came in turns are in ranges afterwards, one to a manifest where that fits. */
  @Test
  void eachManifestTakesARangeOfPartitions() {
    frazil.update(
        "CREATE TABLE t (id integer, p integer) PARTITIONED BY (p)"
            + " WITH (\"write.frazil.auto-maintain\" = 'false')");
    for (int i = 0; i < 12; i++) {
      frazil.update("INSERT INTO t VALUES (1, 1), (2, 2), (3, 3), (4, 4)");
    }
    assertThat(manifests(0)).hasSize(12);
    frazil.change(
        "t", table -> table.updateProperties().set("commit.manifest.target-size-bytes", "20000"));
    assertThat(frazil.query("CALL system.rewrite_manifests('t')").lines())
        .containsExactly("12 | 4");
    assertThat(
            frazil
                .query(
                    "SELECT partition_summaries[1].lower_bound || '-' ||"
                        + " partition_summaries[1].upper_bound FROM \"t$manifests\" ORDER BY 1")
                .lines())
        .containsExactly("1-1", "2-2", "3-3", "4-4");
  }

  @Test
  void otherPartitioningsStayAndWrongOnesAreSaid() {
    frazil.update("CREATE TABLE t (id integer, p integer) PARTITIONED BY (p)");
    frazil.update("INSERT INTO t VALUES (1, 1)");
    frazil.update("INSERT INTO t VALUES (2, 2)");
    frazil.change("t", table -> table.updateSpec().removeField("p"));
    frazil.update("INSERT INTO t VALUES (3, 3)");
    frazil.update("INSERT INTO t VALUES (4, 4)");
    assertThat(frazil.query("CALL system.rewrite_manifests('t', spec_id => 0)").lines())
        .as("Iceberg's append put these together already")
        .containsExactly("0 | 0");
    assertThat(frazil.query("CALL system.rewrite_manifests('t')").lines()).containsExactly("2 | 1");
    assertThat(frazil.query("SELECT partition_spec_id FROM \"t$manifests\" ORDER BY 1").lines())
        .containsExactly("0", "1");
    assertThat(frazil.query("SELECT * FROM t").sorted())
        .containsExactly("1 | 1", "2 | 2", "3 | 3", "4 | 4");
    assertThatThrownBy(() -> frazil.query("CALL system.rewrite_manifests('t', spec_id => 9)"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("no partitioning with the id 9");
  }

  @Test
  void anAppendBesideItIsNoConflict() {
    frazil.script(
        "CREATE TABLE t (id integer)",
        "INSERT INTO t VALUES (1)",
        "INSERT INTO t VALUES (2)",
        "START TRANSACTION",
        "INSERT INTO t VALUES (3)");
    try (EngineRunner other = EngineRunner.local(folder)) {
      assertThat(other.query("CALL system.rewrite_manifests('t')").lines())
          .containsExactly("2 | 1");
    }
    frazil.update("COMMIT");
    assertThat(frazil.query("SELECT * FROM t").sorted()).containsExactly("1", "2", "3");
  }
}
