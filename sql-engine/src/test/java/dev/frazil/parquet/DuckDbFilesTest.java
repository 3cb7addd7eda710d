package dev.frazil.parquet;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** We read what DuckDB writes: every codec, both page versions, flat and nested columns. */
class DuckDbFilesTest {
  @TempDir static Path folder;
  static Connection duckDb;

  @BeforeAll
  static void connect() throws SQLException {
    duckDb = DuckDbValues.connect();
    DuckDbValues.execute(
        duckDb,
        """
        CREATE TABLE flat AS SELECT
          i % 3 = 0 AS b, i::INTEGER * 7 AS i32, i * 1000000007 AS i64,
          CASE WHEN i % 5 = 0 THEN NULL ELSE i % 11 END::INTEGER AS small_nulls,
          (i / 7.0)::FLOAT AS f32, CASE WHEN i % 100 = 3 THEN 'nan'::DOUBLE ELSE i / 3.0 END AS f64,
          (i / 100.0)::DECIMAL(9,2) AS d9, (i * 12345)::DECIMAL(18,4) AS d18,
          CASE WHEN i % 2 = 0 THEN -(i::DECIMAL(38,5)) * 99999999999999999999 END AS d38,
          DATE '2000-01-01' + (i % 4000)::INTEGER AS dt,
          TIME '00:00:01' + INTERVAL (i) SECOND AS tm,
          TIMESTAMP '1969-12-31 23:59:59.999999' + INTERVAL (i * 13) MINUTE AS ts,
          TIMESTAMPTZ '2020-02-29 12:00:00.123456+00' + INTERVAL (i) HOUR AS tz,
          'value ' || (i % 10) AS s_low, 'Zürich 🌊 ' || (i * 31) AS s_high,
          CASE WHEN i % 9 = 0 THEN NULL WHEN i % 9 = 1 THEN '' ELSE repeat('x', (i % 50)::INTEGER) END AS s_nulls,
          encode('bytes' || i) AS bin,
          CASE WHEN i % 4 <> 1 THEN md5(i::VARCHAR)::UUID END AS u,
          NULL::INTEGER AS nothing
        FROM range(30000) t(i)
        """);
    DuckDbValues.execute(
        duckDb,
        """
        CREATE TABLE nested AS SELECT
          CASE WHEN i % 7 = 0 THEN NULL WHEN i % 7 = 1 THEN [] ELSE
            list_transform(range(i % 7), lambda x: CASE WHEN x = 2 THEN NULL ELSE x + i END) END AS l,
          CASE WHEN i % 5 = 0 THEN NULL ELSE {'a': CASE WHEN i % 3 = 0 THEN NULL ELSE i END, 'b': 's' || i} END AS st,
          CASE WHEN i % 6 = 0 THEN NULL WHEN i % 6 = 1 THEN MAP {} ELSE
            MAP {'k' || i: i, 'l' || i: CASE WHEN i % 4 = 0 THEN NULL ELSE -i END} END AS m,
          CASE WHEN i % 8 = 0 THEN NULL ELSE [[i, NULL], NULL, [], [i + 1]] END AS ll,
          CASE WHEN i % 9 = 0 THEN NULL ELSE
            [{'x': i, 'y': CASE WHEN i % 2 = 0 THEN ['p', NULL, 'q' || i] ELSE NULL END}, NULL] END AS ls
        FROM range(20000) t(i)
        """);
  }

  @AfterAll
  static void close() throws SQLException {
    duckDb.close();
  }

  static final Schema FLAT =
      new Schema(
          optional(1, "b", Types.BooleanType.get()),
          optional(2, "i32", Types.IntegerType.get()),
          optional(3, "i64", Types.LongType.get()),
          optional(4, "small_nulls", Types.IntegerType.get()),
          optional(5, "f32", Types.FloatType.get()),
          optional(6, "f64", Types.DoubleType.get()),
          optional(7, "d9", Types.DecimalType.of(9, 2)),
          optional(8, "d18", Types.DecimalType.of(18, 4)),
          optional(9, "d38", Types.DecimalType.of(38, 5)),
          optional(10, "dt", Types.DateType.get()),
          optional(11, "tm", Types.TimeType.get()),
          optional(12, "ts", Types.TimestampType.withoutZone()),
          optional(13, "tz", Types.TimestampType.withZone()),
          optional(14, "s_low", Types.StringType.get()),
          optional(15, "s_high", Types.StringType.get()),
          optional(16, "s_nulls", Types.StringType.get()),
          optional(17, "bin", Types.BinaryType.get()),
          optional(18, "u", Types.UUIDType.get()),
          optional(19, "nothing", Types.IntegerType.get()));

  static final Schema NESTED =
      new Schema(
          optional(1, "l", Types.ListType.ofOptional(11, Types.LongType.get())),
          optional(
              2,
              "st",
              Types.StructType.of(
                  optional(21, "a", Types.LongType.get()),
                  optional(22, "b", Types.StringType.get()))),
          optional(
              3,
              "m",
              Types.MapType.ofOptional(31, 32, Types.StringType.get(), Types.LongType.get())),
          optional(
              4,
              "ll",
              Types.ListType.ofOptional(41, Types.ListType.ofOptional(42, Types.LongType.get()))),
          optional(
              5,
              "ls",
              Types.ListType.ofOptional(
                  51,
                  Types.StructType.of(
                      optional(52, "x", Types.LongType.get()),
                      optional(53, "y", Types.ListType.ofOptional(54, Types.StringType.get()))))));

  private static List<List<Object>> copyAndScan(String table, String options, Schema schema)
      throws SQLException, IOException {
    Path path = Files.createTempFile(folder, table, ".parquet");
    DuckDbValues.execute(
        duckDb, "COPY " + table + " TO '" + path + "' (FORMAT parquet, " + options + ")");
    MemoryStore store = new MemoryStore();
    store.put("f", Files.readAllBytes(path));
    return ScanFixture.rows(store, "f", schema);
  }

  @ParameterizedTest
  @CsvSource({
    "uncompressed, V1, 122880",
    "snappy, V1, 4096",
    "zstd, V1, 122880",
    "gzip, V2, 122880",
    "lz4_raw, V2, 10000",
    "zstd, V2, 122880",
    "snappy, V2, 122880",
    "uncompressed, V2, 122880"
  })
  void readsFlatColumns(String codec, String version, int rowGroupRows) throws Exception {
    String options =
        "COMPRESSION "
            + codec
            + ", PARQUET_VERSION "
            + version
            + ", ROW_GROUP_SIZE "
            + rowGroupRows;
    List<List<Object>> expected =
        DuckDbValues.query(duckDb, "SELECT * REPLACE (f64 AS f64) FROM flat");
    List<List<Object>> actual = copyAndScan("flat", options, FLAT);
    assertThat(actual).hasSize(30000);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).as("row %s", i).isEqualTo(expected.get(i));
    }
  }

  /** Apart, as DuckDB takes seconds to press a file by Brotli. */
  @ParameterizedTest
  @Tag("slow")
  @CsvSource({"brotli, V1, 10000", "brotli, V2, 3000"})
  void readsFlatColumnsOfBrotli(String codec, String version, int rowGroupRows) throws Exception {
    readsFlatColumns(codec, version, rowGroupRows);
  }

  @Test
  void longRowsMakeShortBatches() throws Exception {
    DuckDbValues.execute(
        duckDb,
        "CREATE TABLE long_rows AS SELECT repeat('long ', 20000) || i AS s FROM range(300) t(i)");
    Path path = Files.createTempFile(folder, "long", ".parquet");
    DuckDbValues.execute(
        duckDb, "COPY long_rows TO '" + path + "' (FORMAT parquet, COMPRESSION snappy)");
    MemoryStore store = new MemoryStore();
    store.put("f", Files.readAllBytes(path));
    Schema schema = new Schema(optional(1, "s", Types.StringType.get()));
    int rows = 0;
    try (ParquetFile file = ParquetFile.open(store, "f", store.objects.get("f").length)) {
      ParquetScanner scanner =
          new ParquetScanner(
              file,
              ScanFixture.allColumns(schema),
              schema,
              Expressions.alwaysTrue(),
              null,
              ScanFixture.budget());
      for (Morsel morsel : scanner.morsels()) {
        try (BatchReader reader = scanner.read(morsel)) {
          for (PositionedBatch batch = reader.next(); batch != null; batch = reader.next()) {
            assertThat(batch.batch().rowCount()).isLessThanOrEqualTo(64);
            assertThat(batch.firstRowPosition()).isEqualTo(rows);
            assertThat((String) PlainValues.value(batch.batch().column(0), 0))
                .endsWith("long " + rows);
            rows += batch.batch().rowCount();
          }
        }
      }
    }
    assertThat(rows).isEqualTo(300);
  }

  @ParameterizedTest
  @CsvSource({"zstd, V1, 122880", "snappy, V2, 3000", "uncompressed, V2, 122880"})
  void readsNestedColumns(String codec, String version, int rowGroupRows) throws Exception {
    String options =
        "COMPRESSION "
            + codec
            + ", PARQUET_VERSION "
            + version
            + ", ROW_GROUP_SIZE "
            + rowGroupRows;
    List<List<Object>> expected = DuckDbValues.query(duckDb, "SELECT * FROM nested");
    List<List<Object>> actual = copyAndScan("nested", options, NESTED);
    assertThat(actual).hasSize(20000);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).as("row %s", i).isEqualTo(expected.get(i));
    }
  }
}
