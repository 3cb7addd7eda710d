package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code write.*} properties of a table, as DuckDB finds them heeded in the files. */
class WritePropertiesTest {
  @TempDir Path folder;
  private EngineRunner frazil;
  private DuckDbRunner duckDb;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    duckDb = new DuckDbRunner();
  }

  @AfterEach
  void close() {
    duckDb.close();
    frazil.close();
  }

  private void create(String properties, int rows) {
    frazil.script(
        "CREATE TABLE t (id bigint, name varchar, other varchar) WITH (" + properties + ")",
        "INSERT INTO t SELECT x, to_hex(md5(to_utf8(CAST(x AS varchar)))),"
            + " CAST(x AS varchar) FROM generate_series(1, "
            + rows
            + ") g (x)");
  }

  private List<String> files(String metadataTable) {
    return frazil.query("SELECT file_path FROM t$" + metadataTable + " ORDER BY 1").lines();
  }

  private List<String> metadata(String columns, String file, String where) {
    return duckDb
        .query("SELECT DISTINCT " + columns + " FROM parquet_metadata('" + file + "') " + where)
        .sorted();
  }

  @ParameterizedTest
  @CsvSource({
    "zstd,ZSTD",
    "snappy,SNAPPY",
    "gzip,GZIP",
    "lz4,LZ4_RAW",
    "uncompressed,UNCOMPRESSED"
  })
  void theCodecIsThatOfTheTable(String codec, String expected) {
    create("\"write.parquet.compression-codec\" = '" + codec + "'", 1_000);
    assertThat(metadata("compression", files("data_files").get(0), "")).containsExactly(expected);
    assertThat(
            duckDb
                .query(
                    "SELECT count(*), sum(id) FROM read_parquet('"
                        + files("data_files").get(0)
                        + "')")
                .lines())
        .containsExactly("1000 | 500500");
  }

  @ParameterizedTest
  @CsvSource({
    "write.parquet.compression-codec, lzo, FEATURE_NOT_SUPPORTED",
    "write.parquet.compression-level, much, INVALID_PARAMETER_VALUE",
    "write.parquet.row-group-size-bytes, -1, INVALID_PARAMETER_VALUE",
    "write.parquet.bloom-filter-fpp.column.name, 2, INVALID_PARAMETER_VALUE",
    "write.format.default, lance, FEATURE_NOT_SUPPORTED",
  })
  void whatCannotBeHeededIsRefusedByName(String property, String value, SqlState state) {
    frazil.update("CREATE TABLE t (id bigint, name varchar)");
    frazil.change("t", table -> table.updateProperties().set(property, value));
    assertThatThrownBy(() -> frazil.update("INSERT INTO t VALUES (1, 'a')"))
        .isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.state()).isEqualTo(state))
        .hasMessageContaining(property)
        .hasMessageContaining(value);
  }

  @Test
  void aFileEndsAtItsTargetSizeAndARowGroupAtIts() {
    create(
        "\"write.target-file-size-bytes\" = '400000', \"write.parquet.row-group-size-bytes\" ="
            + " '100000', \"write.parquet.page-row-limit\" = '1000'",
        60_000);
    assertThat(files("data_files")).hasSizeBetween(3, 12);
    assertThat(metadata("row_group_id", files("data_files").get(0), "")).hasSizeGreaterThan(1);
    assertThat(frazil.query("SELECT max(file_size_in_bytes) < 1200000 FROM t$data_files").lines())
        .containsExactly("true");
  }

  @Test
  void bloomFiltersAreAsSharpAsTheTableSays() {
    create(
        "\"write.parquet.bloom-filter-enabled.column.name\" = 'true',"
            + " \"write.parquet.bloom-filter-enabled.column.other\" = 'true',"
            + " \"write.parquet.bloom-filter-fpp.column.other\" = '0.3'",
        20_000);
    String file = files("data_files").get(0);
    assertThat(metadata("path_in_schema", file, "WHERE bloom_filter_length IS NOT NULL"))
        .containsExactly("name", "other");
    assertThat(
            metadata(
                "max(bloom_filter_length) FILTER (path_in_schema = 'name') >"
                    + " max(bloom_filter_length) FILTER (path_in_schema = 'other')",
                file,
                ""))
        .containsExactly("true");
    // Within the bounds of the column, in no row.
    assertThat(
            duckDb
                .query(
                    "SELECT count(*) FILTER (bloom_filter_excludes) >= 1 FROM"
                        + " parquet_bloom_probe('"
                        + file
                        + "', 'name', 'absent')")
                .lines())
        .containsExactly("true");
  }

  @Test
  void deleteFilesHavePropertiesOfTheirOwn() {
    create(
        "\"write.parquet.compression-codec\" = 'gzip', \"write.delete.mode\" = 'merge-on-read',"
            + " \"write.delete.parquet.compression-codec\" = 'snappy'",
        1_000);
    frazil.update("DELETE FROM t WHERE mod(id, 10) = 3");
    assertThat(metadata("compression", files("delete_files").get(0), "")).containsExactly("SNAPPY");
    assertThat(metadata("compression", files("data_files").get(0), "")).containsExactly("GZIP");
  }

  @Test
  void metricsAreOfTheModeOfTheirColumn() {
    create(
        "\"write.metadata.metrics.default\" = 'none', \"write.metadata.metrics.column.id\" ="
            + " 'full', \"write.metadata.metrics.column.name\" = 'counts',"
            + " \"write.metadata.metrics.column.other\" = 'truncate(2)'",
        12);
    assertThat(
            frazil
                .query("SELECT value_counts, lower_bounds, upper_bounds FROM t$data_files")
                .lines())
        .containsExactly(
            "{1=12, 2=12, 3=12} | {1=x'0100000000000000', 3=x'31'} |"
                + " {1=x'0c00000000000000', 3=x'39'}");
  }
}
