package dev.frazil.parquet;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.geometry.WellKnownTextParser;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorBuilder;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.parquet.CorruptStatistics;
import org.apache.parquet.VersionParser;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What we write, we and DuckDB read back equal. */
class RoundTripTest {
  private static final long SEED = Long.getLong("frazil.seed", 20261122L);

  @TempDir Path folder;

  static final Schema ALL =
      new Schema(
          optional(1, "b", Types.BooleanType.get()),
          optional(2, "i", Types.IntegerType.get()),
          required(3, "l", Types.LongType.get()),
          optional(4, "f", Types.FloatType.get()),
          optional(5, "d", Types.DoubleType.get()),
          optional(6, "dt", Types.DateType.get()),
          optional(7, "tm", Types.TimeType.get()),
          optional(8, "ts", Types.TimestampType.withoutZone()),
          optional(9, "tz", Types.TimestampType.withZone()),
          optional(10, "s", Types.StringType.get()),
          optional(11, "bin", Types.BinaryType.get()),
          optional(12, "fx", Types.FixedType.ofLength(5)),
          optional(13, "u", Types.UUIDType.get()),
          optional(14, "d5", Types.DecimalType.of(5, 2)),
          optional(15, "d18", Types.DecimalType.of(18, 6)),
          optional(16, "d38", Types.DecimalType.of(38, 10)),
          optional(17, "d20", Types.DecimalType.of(20, 0)),
          optional(20, "li", Types.ListType.ofOptional(21, Types.IntegerType.get())),
          required(
              22,
              "ls",
              Types.ListType.ofRequired(
                  23,
                  Types.StructType.of(
                      required(24, "x", Types.StringType.get()),
                      optional(
                          25, "y", Types.ListType.ofOptional(26, Types.DecimalType.of(20, 1)))))),
          optional(
              30,
              "m",
              Types.MapType.ofOptional(
                  31,
                  32,
                  Types.StringType.get(),
                  Types.ListType.ofOptional(33, Types.DoubleType.get()))),
          optional(
              40,
              "st",
              Types.StructType.of(
                  optional(41, "a", Types.IntegerType.get()),
                  required(
                      42, "in", Types.StructType.of(optional(43, "c", Types.StringType.get()))))));

  private static WrittenFile write(
      MemoryStore store, Schema schema, Map<String, String> properties, List<RowBatch> batches) {
    ParquetBatchWriter writer =
        new ParquetBatchWriter(
            store.create("f"), schema, ParquetWriterOptions.of(properties, schema));
    batches.forEach(writer::write);
    return writer.close();
  }

  private static List<List<Object>> plain(List<RowBatch> batches) {
    List<List<Object>> rows = new ArrayList<>();
    for (RowBatch batch : batches) {
      ScanFixture.append(rows, batch.columns(), batch.rowCount());
    }
    return rows;
  }

  private static void assertSameRows(List<List<Object>> actual, List<List<Object>> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).as("row %s", i).isEqualTo(expected.get(i));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "zstd, 0.2, 1000000, 700",
    "zstd, 0.0, 40, 20000",
    "uncompressed, 0.9, 7, 300",
    "snappy, 0.05, 3000, 5000",
    "gzip, 0.3, 100, 1000",
    "lz4, 1.0, 10, 1000"
  })
  void roundTripsEveryType(String codec, double nullShare, int distinct, int pageRows)
      throws Exception {
    System.out.println("RoundTripTest seed " + SEED);
    RandomRows random = new RandomRows(new Random(SEED + pageRows), nullShare, distinct);
    List<RowBatch> batches = new ArrayList<>();
    for (int rows : new int[] {1, 4096, 37, 1500, 2048}) {
      batches.add(random.batch(ALL, rows));
    }
    List<List<Object>> expected = plain(batches);
    MemoryStore store = new MemoryStore();
    Map<String, String> properties =
        Map.of(
            "write.parquet.compression-codec",
            codec,
            "write.parquet.page-row-limit",
            Integer.toString(pageRows),
            "write.parquet.row-group-size-bytes",
            "300000",
            "write.parquet.bloom-filter-enabled.column.s",
            "true");
    WrittenFile written = write(store, ALL, properties, batches);
    assertThat(written.lengthBytes()).isEqualTo(store.objects.get("f").length);
    assertThat(written.metrics().recordCount()).isEqualTo(expected.size());
    assertSameRows(ScanFixture.rows(store, "f", ALL), expected);

    Path path = folder.resolve(codec + ".parquet");
    Files.write(path, store.objects.get("f"));
    try (Connection duckDb = DuckDbValues.connect()) {
      assertSameRows(
          DuckDbValues.query(duckDb, "SELECT * FROM read_parquet('" + path + "')"), expected);
    }
  }

  @Test
  void writesOnlySelectedRows() {
    Schema schema = new Schema(required(1, "i", Types.IntegerType.get()));
    IntVector column = new IntVector(Primitive.INTEGER, 4, new int[] {10, 11, 12, 13}, null);
    RowBatch batch = new RowBatch(List.of(column), 4, new SelectionVector(new int[] {1, 3, 0}, 2));
    MemoryStore store = new MemoryStore();
    WrittenFile written = write(store, schema, Map.of(), List.of(batch));
    assertThat(written.metrics().recordCount()).isEqualTo(2);
    assertThat(ScanFixture.rows(store, "f", schema)).containsExactly(List.of(11L), List.of(13L));
  }

  /** Iceberg's own writer cuts text and bytes, but no value of a fixed length. */
  @Test
  void boundsOfFixedLengthAreWhole() {
    Schema schema = new Schema(required(1, "f", Types.FixedType.ofLength(20)));
    VectorBuilder values = VectorBuilder.of(TypeMapping.toSql(Types.FixedType.ofLength(20)));
    byte[] least = new byte[20];
    byte[] greatest = new byte[20];
    Arrays.fill(greatest, (byte) 0xff);
    values.appendValue(greatest);
    values.appendValue(least);
    WrittenFile written =
        write(
            new MemoryStore(), schema, Map.of(), List.of(new RowBatch(List.of(values.build()), 2)));
    assertThat(written.metrics().lowerBounds().get(1)).isEqualTo(ByteBuffer.wrap(least));
    assertThat(written.metrics().upperBounds().get(1)).isEqualTo(ByteBuffer.wrap(greatest));
  }

  /** What another writer left in a column of geometries is kept, and no box claims to hold it. */
  @Test
  void bytesThatAreNoGeometryHaveNoBox() {
    Schema schema = new Schema(required(1, "g", Types.GeometryType.crs84()));
    VectorBuilder values = VectorBuilder.of(TypeMapping.toSql(Types.GeometryType.crs84()));
    values.appendValue(WellKnownTextParser.parse("POINT (1 2)"));
    values.appendValue(new byte[] {1, 2, 3});
    MemoryStore store = new MemoryStore();
    WrittenFile written =
        write(store, schema, Map.of(), List.of(new RowBatch(List.of(values.build()), 2)));
    assertThat(written.metrics().lowerBounds()).isEmpty();
    assertThat(written.metrics().upperBounds()).isEmpty();
    assertThat(written.metrics().valueCounts()).containsEntry(1, 2L);
    assertThat(ScanFixture.rows(store, "f", schema).get(1)).containsExactly("0x010203");
  }

  /** parquet-java, and so Spark, ignores the bounds of text if it cannot parse who wrote them. */
  @Test
  void othersTrustOurBounds() throws Exception {
    MemoryStore store = new MemoryStore();
    write(store, ALL, Map.of(), List.of());
    byte[] file = store.objects.get("f");
    int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    String createdBy =
        Util.readFileMetaData(new ByteArrayInputStream(file, file.length - 8 - length, length))
            .getCreated_by();
    assertThat(VersionParser.parse(createdBy).application).isEqualTo("Frazil");
    assertThat(CorruptStatistics.shouldIgnoreStatistics(createdBy, PrimitiveTypeName.BINARY))
        .isFalse();
  }

  @Test
  void writesAnEmptyFile() throws Exception {
    MemoryStore store = new MemoryStore();
    WrittenFile written = write(store, ALL, Map.of(), List.of());
    assertThat(written.metrics().recordCount()).isZero();
    assertThat(ScanFixture.rows(store, "f", ALL)).isEmpty();
    Path path = folder.resolve("empty.parquet");
    Files.write(path, store.objects.get("f"));
    try (Connection duckDb = DuckDbValues.connect()) {
      assertThat(DuckDbValues.query(duckDb, "SELECT * FROM '" + path + "'")).isEmpty();
    }
  }

  @Test
  void refusesNullInRequiredColumn() {
    Schema schema = new Schema(required(1, "i", Types.IntegerType.get()));
    IntVector column =
        new IntVector(Primitive.INTEGER, 2, new int[] {1, 0}, new boolean[] {false, true});
    MemoryStore store = new MemoryStore();
    assertThatThrownBy(
            () -> write(store, schema, Map.of(), List.of(new RowBatch(List.of(column), 2))))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.NOT_NULL_VIOLATION))
        .hasMessageContaining("column i");
  }
}
