package dev.frazil.parquet;

import static org.apache.iceberg.expressions.Expressions.alwaysTrue;
import static org.apache.iceberg.expressions.Expressions.equal;
import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files end in a typed error or the right rows, soon and within little memory. */
class MutatedFilesTest {
  private static final long SEED = Long.getLong("frazil.seed", 20261122L);
  private static final int MUTATIONS = Boolean.getBoolean("frazil.soak") ? 50_000 : 600;
  private static final long LIMIT_MILLIS = 2_000;
  private static final Set<SqlState> ALLOWED =
      Set.of(SqlState.DATA_CORRUPTED, SqlState.FEATURE_NOT_SUPPORTED, SqlState.LIMIT_EXCEEDED);

  @TempDir Path folder;

  private static byte[] ourFile() {
    RandomRows random = new RandomRows(new Random(SEED), 0.2, 200);
    MemoryStore store = new MemoryStore();
    Map<String, String> properties =
        Map.of(
            "write.parquet.page-row-limit", "100",
            "write.parquet.bloom-filter-enabled.column.s", "true");
    ParquetBatchWriter writer =
        new ParquetBatchWriter(
            store.create("f"),
            RoundTripTest.ALL,
            ParquetWriterOptions.of(properties, RoundTripTest.ALL));
    writer.write(random.batch(RoundTripTest.ALL, 400));
    writer.close();
    return store.objects.get("f");
  }

  private List<byte[]> duckDbFiles() throws Exception {
    List<byte[]> files = new ArrayList<>();
    try (Connection duckDb = DuckDbValues.connect()) {
      DuckDbValues.execute(
          duckDb,
          "CREATE TABLE t AS SELECT i AS id, 's' || (i * 77) AS text, i / 3.0::DOUBLE AS d,"
              + " i % 3 = 0 AS b, [i, NULL, i + 1] AS l FROM range(500) r(i)");
      for (String options :
          List.of(
              "COMPRESSION snappy, PARQUET_VERSION V1",
              "COMPRESSION uncompressed, PARQUET_VERSION V2",
              "COMPRESSION lz4_raw, PARQUET_VERSION V2",
              "COMPRESSION brotli, PARQUET_VERSION V1",
              "COMPRESSION gzip, PARQUET_VERSION V2")) {
        Path path = folder.resolve("f" + files.size() + ".parquet");
        DuckDbValues.execute(duckDb, "COPY t TO '" + path + "' (FORMAT parquet, " + options + ")");
        files.add(Files.readAllBytes(path));
      }
    }
    return files;
  }

  private static byte[] mutated(byte[] body, Random random, int from, int to) {
    byte[] copy = body.clone();
    int kind = random.nextInt(4);
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = from + random.nextInt(to - from);
      copy[at] =
          switch (kind) {
            case 0 -> (byte) (copy[at] ^ (1 << random.nextInt(8)));
            case 1 -> (byte) 0xFF;
            case 2 -> 0;
            default -> (byte) random.nextInt();
          };
    }
    return copy;
  }

  private static int dataEnd(byte[] body) {
    int footer = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).getInt(body.length - 8);
    return body.length - 8 - footer;
  }

  /** The rows, or null after a typed error. */
  private static List<List<Object>> read(
      byte[] body, Schema schema, Expression pruning, Map<SqlState, Integer> ends) {
    MemoryStore store = new MemoryStore();
    store.put("f", body);
    long start = System.nanoTime();
    List<List<Object>> rows = null;
    try {
      rows = ScanFixture.rows(store, "f", schema, pruning, null);
    } catch (EngineException e) {
      assertThat(ALLOWED).as(e.toString()).contains(e.state());
      assertThat(e.getMessage()).contains("f");
      ends.merge(e.state(), 1, Integer::sum);
    }
    assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(LIMIT_MILLIS);
    return rows;
  }

  @Test
  void damagedPagesOfOursNeverGiveWrongRows() {
    Random random = new Random(SEED);
    byte[] body = ourFile();
    Map<SqlState, Integer> ends = new HashMap<>();
    List<List<Object>> expected = read(body, RoundTripTest.ALL, alwaysTrue(), ends);
    int right = 0;
    for (int i = 0; i < MUTATIONS / 3; i++) {
      byte[] copy = mutated(body, random, 4, dataEnd(body));
      List<List<Object>> rows = read(copy, RoundTripTest.ALL, alwaysTrue(), ends);
      if (rows != null) {
        assertThat(rows).as("seed %s, mutation %s", SEED, i).isEqualTo(expected);
        right++;
      }
    }
    System.out.printf("MutatedFilesTest seed %d, pages: %d right, errors %s%n", SEED, right, ends);
    assertThat(ends.get(SqlState.DATA_CORRUPTED)).isPositive();
  }

  @Test
  void damagedFootersAndIndexesEndSoon() {
    Random random = new Random(SEED + 1);
    byte[] body = ourFile();
    Map<SqlState, Integer> ends = new HashMap<>();
    for (int i = 0; i < MUTATIONS / 3; i++) {
      int from = i % 2 == 0 ? dataEnd(body) : dataEnd(body) - (body.length - dataEnd(body)) / 3;
      byte[] copy = mutated(body, random, from, body.length);
      read(copy, RoundTripTest.ALL, equal("s", "text 5"), ends);
    }
    System.out.printf("MutatedFilesTest seed %d, footers: errors %s%n", SEED, ends);
    assertThat(ends.get(SqlState.DATA_CORRUPTED)).isPositive();
  }

  @Test
  void damagedFilesWithoutChecksumsEndSoon() throws Exception {
    Random random = new Random(SEED + 2);
    Schema schema =
        new Schema(
            optional(1, "id", Types.LongType.get()),
            optional(2, "text", Types.StringType.get()),
            optional(3, "d", Types.DoubleType.get()),
            optional(4, "b", Types.BooleanType.get()),
            optional(5, "l", Types.ListType.ofOptional(6, Types.LongType.get())));
    Map<SqlState, Integer> ends = new HashMap<>();
    List<byte[]> files = duckDbFiles();
    for (byte[] body : files) {
      assertThat(read(body, schema, alwaysTrue(), ends)).hasSize(500);
    }
    for (int i = 0; i < MUTATIONS / 3; i++) {
      byte[] body = files.get(i % files.size());
      read(mutated(body, random, 4, body.length), schema, alwaysTrue(), ends);
    }
    System.out.printf("MutatedFilesTest seed %d, DuckDB files: errors %s%n", SEED, ends);
    assertThat(ends.get(SqlState.DATA_CORRUPTED)).isPositive();
  }

  @Test
  void namesFileColumnAndPage() {
    byte[] body = ourFile();
    for (int at = 40; at < 400; at++) {
      body[at] ^= 0x55;
    }
    MemoryStore store = new MemoryStore();
    store.put("s3://bucket/table/f.parquet", body);
    assertThatThrownBy(
            () -> ScanFixture.rows(store, "s3://bucket/table/f.parquet", RoundTripTest.ALL))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED))
        .hasMessageContaining("s3://bucket/table/f.parquet")
        .hasMessageContaining("column ")
        .hasMessageContaining("page at ");
  }

  @Test
  void refusesTruncatedAndForeignFiles() {
    byte[] body = ourFile();
    Map<SqlState, Integer> ends = new HashMap<>();
    for (int length : new int[] {0, 3, 11, 12, 100, body.length / 2, body.length - 1}) {
      byte[] copy = Arrays.copyOf(body, length);
      assertThat(read(copy, RoundTripTest.ALL, alwaysTrue(), ends)).isNull();
    }
    assertThat(
            read(
                "not a parquet file at all".getBytes(StandardCharsets.UTF_8),
                RoundTripTest.ALL,
                alwaysTrue(),
                ends))
        .isNull();
    byte[] encrypted = body.clone();
    encrypted[body.length - 1] = 'E';
    assertThat(read(encrypted, RoundTripTest.ALL, alwaysTrue(), ends)).isNull();
    assertThat(ends)
        .containsEntry(SqlState.DATA_CORRUPTED, 8)
        .containsEntry(SqlState.FEATURE_NOT_SUPPORTED, 1);
  }
}
