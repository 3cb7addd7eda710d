package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Properties of Iceberg's tables whose values are numbers, true or false, or one of a few words:
 * refused when a statement sets others, and named when another program has set them.
 */
class PropertyValuesTest {
  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script("CREATE TABLE t (id bigint, name varchar)", "INSERT INTO t VALUES (1, 'a')");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private void refused(String sql, String property, String value) {
    assertThatThrownBy(() -> frazil.update(sql))
        .as(sql)
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).as(e + "").isEqualTo(SqlState.INVALID_PARAMETER_VALUE))
        .hasMessageContaining(property)
        .hasMessageContaining("'" + value + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "write.target-file-size-bytes, abc",
    "write.target-file-size-bytes, 512MB",
    "write.target-file-size-bytes, 0",
    "write.delete.target-file-size-bytes, -5",
    "write.parquet.row-group-size-bytes, ten",
    "write.parquet.page-size-bytes, 3",
    "write.parquet.compression-level, 99",
    "write.delete.parquet.page-row-limit, 0",
    "write.parquet.row-group-check-min-record-count, x",
    "write.parquet.bloom-filter-max-bytes, 1e6",
    "write.parquet.bloom-filter-fpp.column.name, 2",
    "write.parquet.bloom-filter-fpp.column.name, NaN",
    "write.parquet.bloom-filter-ndv.column.name, many",
    "write.parquet.bloom-filter-enabled.column.name, yes",
    "write.parquet.dict-encoding-enabled.column.name, 1",
    "write.parquet.shred-variants, on",
    "write.object-storage.enabled, ja",
    "write.metadata.previous-versions-max, -1",
    "write.metadata.previous-versions-max, 3000000000",
    "write.metadata.delete-after-commit.enabled, 1",
    "write.metadata.metrics.max-inferred-column-defaults, all",
    "write.metadata.metrics.default, some",
    "write.metadata.metrics.column.name, truncate(x)",
    "write.metadata.compression-codec, lzma",
    "write.manifest.compression-codec, brotli",
    "write.summary.partition-limit, none",
    "write.wap.enabled, maybe",
    "write.delete.mode, merge",
    "write.delete.granularity, row",
    "write.delete.isolation-level, read-committed",
    "write.distribution-mode, sorted",
    "write.frazil.auto-maintain, sometimes",
    "write.frazil.auto-maintain.budget-millis, -1",
    "write.frazil.auto-maintain.max-snapshots, few",
    "commit.retry.num-retries, 4.0",
    "commit.retry.num-retries, -1",
    "commit.retry.min-wait-ms, 100ms",
    "commit.retry.total-timeout-ms, 99999999999",
    "commit.status-check.num-retries, x",
    "commit.status-check.max-wait-ms, x",
    "commit.manifest.target-size-bytes, 8MB",
    "commit.manifest.min-count-to-merge, x",
    "commit.manifest-merge.enabled, x",
    "history.expire.max-snapshot-age-ms, 5d",
    "history.expire.min-snapshots-to-keep, 0",
    "history.expire.max-ref-age-ms, x",
    "read.split.target-size, x",
    "read.split.planning-lookback, x",
    "read.parquet.vectorization.enabled, x",
    "gc.enabled, no",
    "schema.name-mapping.default, nonsense",
  })
  void aValueThatIsNoneIsRefusedWhenItIsSet(String property, String value) {
    refused(
        "ALTER TABLE t SET TBLPROPERTIES ('" + property + "' = '" + value + "')", property, value);
    refused(
        "CREATE TABLE u (id bigint, name varchar) WITH (\"" + property + "\" = '" + value + "')",
        property,
        value);
    assertThat(frazil.query("SHOW TBLPROPERTIES t").lines())
        .noneMatch(line -> line.startsWith(property + " | " + value));
  }

  @Test
  void valuesThatIcebergTakesAreTaken() {
    frazil.script(
        "ALTER TABLE t SET TBLPROPERTIES ('write.metadata.compression-codec' = 'GZIP',"
            + " 'commit.retry.num-retries' = '0', 'write.wap.enabled' = 'FALSE',"
            + " 'write.parquet.compression-level' = '-1', 'write.manifest.compression-codec' ="
            + " 'zstd', 'history.expire.max-snapshot-age-ms' = '9223372036854775807',"
            + " 'write.metadata.metrics.column.name' = 'TRUNCATE(8)', 'gc.enabled' = True,"
            + " 'commit.anything' = 'else')",
        "INSERT INTO t VALUES (2, 'b')");
    assertThat(frazil.query("SELECT count(*) FROM t").lines()).containsExactly("2");
  }

  /** As Iceberg: what is no number stops a writer, and never a reader. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "write.target-file-size-bytes",
        "write.summary.partition-limit",
        "commit.retry.num-retries",
        "commit.retry.min-wait-ms",
        "commit.manifest.target-size-bytes",
        "commit.manifest.min-count-to-merge",
      })
  void aTableOfAnotherWriterIsReadAndItsWritersAreToldWhichOne(String property) {
    set(property, "abc");
    List<String> tables = List.of("t", "t$files", "t$snapshots", "t$manifests", "t$partitions");
    for (String table : tables) {
      assertThat(frazil.query("SELECT count(*) FROM " + table).lines()).containsExactly("1");
    }
    refused("INSERT INTO t VALUES (2, 'b')", property, "abc");
    refused("UPDATE t SET name = 'b'", property, "abc");
    if (property.startsWith("commit.")) { // the others are about files, and this writes none
      refused("DELETE FROM t", property, "abc");
    }
    refused("DELETE FROM t WHERE name = 'a'", property, "abc");
    assertThat(frazil.query("SELECT count(*) FROM t$files").lines()).containsExactly("1");
    frazil.script(
        "ALTER TABLE t UNSET TBLPROPERTIES ('" + property + "')", "INSERT INTO t VALUES (2, 'b')");
    assertThat(frazil.query("SELECT id FROM t ORDER BY 1").lines()).containsExactly("1", "2");
  }

  /** Iceberg's own writers do not set these to what is no number; others may. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "write.metadata.previous-versions-max",
        "write.metadata.metrics.max-inferred-column-defaults",
      })
  void soItIsWithMetadataThatIcebergWouldNotWrite(String property) throws IOException {
    set(property, "77777");
    frazil.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".metadata.json")).toList()) {
        Files.writeString(file, Files.readString(file).replace("\"77777\"", "\"abcde\""));
      }
    }
    frazil = EngineRunner.local(folder);
    assertThat(frazil.query("SELECT id FROM t").lines()).containsExactly("1");
    refused("INSERT INTO t VALUES (2, 'b')", property, "abcde");
    refused("UPDATE t SET name = 'b'", property, "abcde");
    frazil.script(
        "ALTER TABLE t SET TBLPROPERTIES ('" + property + "' = '5')",
        "INSERT INTO t VALUES (2, 'b')");
    assertThat(frazil.query("SELECT id FROM t ORDER BY 1").lines()).containsExactly("1", "2");
  }

  @Test
  void whatOnlyOtherProgramsReadStopsNobody() {
    set("read.split.target-size", "abc");
    set("read.split.planning-lookback", "abc");
    set("read.split.open-file-cost", "abc");
    set("write.wap.enabled", "abc");
    set("commit.status-check.num-retries", "abc");
    set("history.expire.max-snapshot-age-ms", "abc");
    for (String table : List.of("t", "t$files", "t$snapshots", "t$manifests", "t$partitions")) {
      assertThat(frazil.query("SELECT count(*) FROM " + table).lines()).containsExactly("1");
    }
    frazil.script("INSERT INTO t VALUES (2, 'b')", "DELETE FROM t WHERE id = 1");
    assertThat(frazil.query("SELECT id FROM t").lines()).containsExactly("2");
    refused("CALL system.expire_snapshots('t')", "history.expire.max-snapshot-age-ms", "abc");
  }

  @Test
  void aTableLikeOneWithSuchAValueIsNotMade() {
    set("write.target-file-size-bytes", "abc");
    refused("CREATE TABLE u (LIKE t INCLUDING PROPERTIES)", "write.target-file-size-bytes", "abc");
  }

  private void set(String property, String value) {
    frazil.change("t", table -> table.updateProperties().set(property, value));
  }
}
