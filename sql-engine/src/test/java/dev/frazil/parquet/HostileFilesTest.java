package dev.frazil.parquet;

import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files that claim more than they hold, or hold more than they claim: each ends in a typed error
 * within two seconds and 64 MB of allocations. What unfolds while it is read ends at the budget for
 * buffers (53200), having grown in steps.
 */
class HostileFilesTest {
  private static final long LIMIT_MILLIS = 2_000;
  private static final long LIMIT_BYTES = 64L << 20;
  private static final int BOMB_BYTES = 100 << 20;

  private static final Schema LONGS = new Schema(required(1, "c", Types.LongType.get()));
  private static final Schema TEXTS = new Schema(required(1, "c", Types.StringType.get()));
  private static final Schema BLOBS = new Schema(required(1, "c", Types.BinaryType.get()));
  private static final Schema LISTS =
      new Schema(required(1, "c", Types.ListType.ofRequired(2, Types.LongType.get())));

  private static void refused(HostileFile file, Schema schema, String message) {
    refused(file, schema, message, LIMIT_BYTES);
  }

  private static void refused(
      HostileFile file, Schema schema, String message, long allocatedLimit) {
    MemoryStore store = new MemoryStore();
    store.put("f", file.bytes());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    Throwable thrown =
        catchThrowable(
            () -> {
              try (ParquetFile open = ParquetFile.open(store, "f", store.objects.get("f").length)) {
                ParquetScanner scanner =
                    new ParquetScanner(
                        open,
                        ScanFixture.allColumns(schema),
                        schema,
                        org.apache.iceberg.expressions.Expressions.alwaysTrue(),
                        null,
                        ScanFixture.budget());
                for (Morsel morsel : scanner.morsels()) {
                  try (BatchReader reader = scanner.read(morsel)) {
                    while (reader.next() != null) {
                      assertThat(System.nanoTime() - start)
                          .as("nanoseconds without an error")
                          .isLessThan(LIMIT_MILLIS * 1_000_000);
                    }
                  }
                }
              }
            });
    long millis = (System.nanoTime() - start) / 1_000_000;
    allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
    assertThat(thrown)
        .isInstanceOfSatisfying(
            EngineException.class,
            e ->
                assertThat(e.state())
                    .isIn(SqlState.DATA_CORRUPTED, SqlState.LIMIT_EXCEEDED, SqlState.OUT_OF_MEMORY))
        .hasMessageContaining(message);
    assertThat(millis).as("milliseconds").isLessThan(LIMIT_MILLIS);
    assertThat(allocated).as("bytes allocated").isLessThan(allocatedLimit);
  }

  @Test
  void theFileItselfIsValid() {
    MemoryStore store = new MemoryStore();
    store.put("f", new HostileFile().bytes());
    assertThat(ScanFixture.rows(store, "f", LONGS)).containsExactly(List.of(0L));
  }

  @ParameterizedTest
  @EnumSource(names = {"ZSTD", "GZIP", "SNAPPY", "LZ4_RAW"})
  void aPageThatHoldsMoreThanItAnnounces(CompressionCodec codec) {
    HostileFile file = new HostileFile();
    file.codec = codec;
    file.page = new byte[BOMB_BYTES];
    file.announcedBytes = 8;
    refused(file, LONGS, "column c, page at 4");
  }

  @ParameterizedTest
  @EnumSource(names = {"ZSTD", "GZIP", "UNCOMPRESSED"})
  void aPageThatAnnouncesMoreThanItHolds(CompressionCodec codec) {
    HostileFile file = new HostileFile();
    file.codec = codec;
    for (int announced : new int[] {Integer.MAX_VALUE, 250 << 20, 20 << 20, 9}) {
      file.announcedBytes = announced;
      refused(file, LONGS, "column c, page at 4");
    }
  }

  @Test
  void aPageOfSuspiciousRatio() {
    HostileFile file = new HostileFile();
    file.codec = CompressionCodec.ZSTD;
    file.page = new byte[BOMB_BYTES];
    file.pageValues = BOMB_BYTES / 8;
    file.chunkValues = file.pageValues;
    file.rows = file.pageValues;
    refused(file, LONGS, "that claims to hold " + BOMB_BYTES);
  }

  @Test
  void moreValuesThanThereAre() {
    HostileFile file = new HostileFile();
    for (Encoding encoding :
        List.of(
            Encoding.PLAIN,
            Encoding.DELTA_BINARY_PACKED,
            Encoding.BYTE_STREAM_SPLIT,
            Encoding.RLE_DICTIONARY)) {
      file.encoding = encoding;
      file.pageValues = Integer.MAX_VALUE;
      file.chunkValues = Long.MAX_VALUE / 4;
      file.rows = Long.MAX_VALUE / 4;
      refused(file, LONGS, "column c");
    }
  }

  @Test
  void deltaHeadersThatPromiseTooMuch() {
    HostileFile file = new HostileFile();
    file.encoding = Encoding.DELTA_BINARY_PACKED;
    file.pageValues = 1_000_000;
    file.chunkValues = file.pageValues;
    file.rows = file.pageValues;
    // Blocks of 2^31 values; then 2^31 - 1 values in all.
    file.page =
        new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 8, 4, 10, 0, 0, 0, 0};
    refused(file, LONGS, "column c");
    file.page =
        new byte[] {
          (byte) 0x80, 1, 4, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 0, 0, 0, 0, 0, 0
        };
    refused(file, LONGS, "column c");
    file.type = Type.BYTE_ARRAY;
    file.encoding = Encoding.DELTA_LENGTH_BYTE_ARRAY;
    refused(file, TEXTS, "column c");
    file.encoding = Encoding.DELTA_BYTE_ARRAY;
    refused(file, TEXTS, "column c");
  }

  @Test
  void textsLongerThanTheirPage() {
    HostileFile file = new HostileFile();
    file.type = Type.BYTE_ARRAY;
    for (int length : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 5}) {
      file.page = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array();
      refused(file, TEXTS, "column c");
    }
  }

  @Test
  void dictionariesThatPromiseTooMuch() {
    HostileFile file = new HostileFile();
    file.encoding = Encoding.RLE_DICTIONARY;
    file.dictionary = new byte[64];
    file.page = new byte[] {1, 2, 0};
    for (int values : new int[] {Integer.MAX_VALUE, 9, 500}) {
      file.dictionaryValues = values;
      refused(file, LONGS, "column c");
    }
  }

  /** Each value repeats the one before: a byte of the file becomes a megabyte. */
  @Test
  void prefixesThatUnfoldToGigabytes() throws Exception {
    DeltaByteArrayWriter writer =
        new DeltaByteArrayWriter(128, 1 << 20, HeapByteBufferAllocator.getInstance());
    byte[] value = new byte[1 << 20];
    Arrays.fill(value, (byte) 'x');
    HostileFile file = new HostileFile();
    file.pageValues = 3_000;
    for (int i = 0; i < file.pageValues; i++) {
      writer.writeBytes(Binary.fromConstantByteArray(value));
    }
    file.type = Type.BYTE_ARRAY;
    file.encoding = Encoding.DELTA_BYTE_ARRAY;
    file.codec = CompressionCodec.ZSTD;
    file.page = writer.getBytes().toByteArray();
    file.chunkValues = file.pageValues;
    file.rows = file.pageValues;
    assertThat(file.bytes()).hasSizeLessThan(20_000);
    refused(file, BLOBS, "f needs", 3 * LIMIT_BYTES);
  }

  /** One list of two thousand million elements, in a few bytes of levels. */
  @Test
  void listsThatUnfoldToGigabytes() {
    HostileFile file = new HostileFile();
    file.list = true;
    file.encoding = Encoding.RLE_DICTIONARY;
    file.dictionary = new byte[8];
    file.dictionaryValues = 1;
    file.pageValues = Integer.MAX_VALUE;
    file.chunkValues = file.pageValues;
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    // Repetition levels: a 0, then ones; definition levels: ones; ids of no bits.
    byte[] manyOnes = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 1};
    page.writeBytes(new byte[] {8, 0, 0, 0, 2, 0});
    page.writeBytes(manyOnes);
    page.writeBytes(new byte[] {6, 0, 0, 0});
    page.writeBytes(manyOnes);
    page.write(0);
    file.page = page.toByteArray();
    refused(file, LISTS, "f needs", 3 * LIMIT_BYTES);
  }

  @Test
  void schemasThatPromiseTooMuch() {
    HostileFile file = new HostileFile();
    for (int children : new int[] {Integer.MAX_VALUE, 2, -1}) {
      file.schemaChildren = children;
      refused(file, LONGS, "schema");
    }
  }
}
