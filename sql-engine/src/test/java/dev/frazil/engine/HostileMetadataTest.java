package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.AvroRewrite;
import dev.frazil.testing.EngineRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Metadata, manifests and delete files that claim more than they hold or unfold to more than they
 * should: each ends in a typed error that names the file, within two seconds and 64 MB.
 */
class HostileMetadataTest {
  private static final long LIMIT_MILLIS = 2_000;
  private static final long LIMIT_BYTES = 64L << 20;
  private static final byte[] SYNC = new byte[16];

  @TempDir Path folder;

  private EngineRunner open() {
    return EngineRunner.open(
        new ConnectionConfig(
            new Warehouse.LocalFolder(folder.toString()),
            Map.of(ConnectionProperty.THREADS, "1"),
            Map.of()));
  }

  @BeforeEach
  void makeTables() {
    try (EngineRunner frazil = open()) {
      String deletes = "\"write.delete.mode\" = 'merge-on-read'";
      frazil.script(
          "CREATE TABLE t (id bigint) WITH (\"format-version\" = '2', " + deletes + ")",
          "INSERT INTO t VALUES (1), (2)",
          "CREATE TABLE v (id bigint) WITH (\"format-version\" = '3', " + deletes + ")",
          "INSERT INTO v VALUES (1), (2)",
          "DELETE FROM v WHERE id = 1");
    }
  }

  private Path file(String table, String start, String end) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(path -> path.toString().contains("/main/" + table + "-"))
          .filter(path -> path.getFileName().toString().startsWith(start))
          .filter(path -> path.toString().endsWith(end))
          .findFirst()
          .orElseThrow();
    }
  }

  private void refused(String query, SqlState state, String message) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    Throwable thrown;
    try (EngineRunner frazil = open()) {
      thrown = catchThrowable(() -> frazil.query(query));
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
    assertThat(thrown)
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).as(e + " by " + e.getCause()).isEqualTo(state))
        .hasMessageContaining(message);
    assertThat(millis).isLessThan(LIMIT_MILLIS);
    assertThat(allocated).isLessThan(LIMIT_BYTES);
  }

  /** An Avro file of one block. */
  private static byte[] avro(String schema, String codec, long records, byte[] block) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {'O', 'b', 'j', 1});
    writeLong(file, 2);
    for (String text : new String[] {"avro.schema", schema, "avro.codec", codec}) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      writeLong(file, utf8.length);
      file.writeBytes(utf8);
    }
    writeLong(file, 0);
    file.writeBytes(SYNC);
    writeLong(file, records);
    writeLong(file, block.length);
    file.writeBytes(block);
    file.writeBytes(SYNC);
    return file.toByteArray();
  }

  private static void writeLong(ByteArrayOutputStream out, long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static byte[] longs(long... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (long value : values) {
      writeLong(out, value);
    }
    return out.toByteArray();
  }

  private static String record(String field, String type) {
    return "{\"type\":\"record\",\"name\":\"manifest_file\",\"fields\":[{\"name\":\""
        + field
        + "\",\"type\":"
        + type
        + ",\"field-id\":500}]}";
  }

  private void manifestListIsRefused(byte[] body, String message) throws IOException {
    Path list = file("t", "snap-", ".avro");
    Files.write(list, body);
    refused("SELECT * FROM t", SqlState.DATA_CORRUPTED, message);
    refused("SELECT * FROM t", SqlState.DATA_CORRUPTED, list.getFileName().toString());
  }

  @Test
  void aTextOfTwoGigabytes() throws IOException {
    manifestListIsRefused(
        avro(record("manifest_path", "\"string\""), "null", 1, longs(Integer.MAX_VALUE - 8)),
        "ends beyond its block");
  }

  @Test
  void aListOfMoreElementsThanBytes() throws IOException {
    String nulls = "{\"type\":\"array\",\"items\":\"null\",\"element-id\":508}";
    manifestListIsRefused(
        avro(record("partitions", nulls), "null", 1, longs(1L << 40, 0)), "without a byte");
    manifestListIsRefused(
        avro(record("partitions", nulls), "null", 1, longs(-(1L << 40), 0, 0)), "without a byte");
  }

  @Test
  void moreRecordsThanBytes() throws IOException {
    manifestListIsRefused(
        avro(record("manifest_path", "\"null\""), "null", 1L << 40, new byte[0]),
        "records in 0 bytes");
  }

  @Test
  void aBlockThatUnfolds() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(packed, new java.util.zip.Deflater(9, true))) {
      for (int i = 0; i < 1_000; i++) {
        out.write(new byte[1 << 20]);
      }
    }
    manifestListIsRefused(
        avro(record("manifest_path", "\"string\""), "deflate", 1, packed.toByteArray()),
        "a block longer than");
  }

  /** What is unpacked gets no room before there is something to unpack. */
  @Test
  void aLongFileOfOneBadBlock() throws IOException {
    byte[] block = new byte[14 << 20];
    java.util.Arrays.fill(block, (byte) 0xff);
    manifestListIsRefused(
        avro(record("manifest_path", "\"string\""), "deflate", 1, block), "near byte");
  }

  @Test
  void aManifestOfAnotherKind() throws IOException {
    Path list = file("t", "snap-", ".avro");
    Files.write(
        list, AvroRewrite.records(Files.readAllBytes(list), record -> record.put("content", 7)));
    refused("SELECT * FROM t", SqlState.DATA_CORRUPTED, "content");
  }

  @Test
  void aManifestOfAnUnknownSpec() throws IOException {
    Path list = file("t", "snap-", ".avro");
    Files.write(
        list,
        AvroRewrite.records(
            Files.readAllBytes(list), record -> record.put("partition_spec_id", 99)));
    refused("SELECT * FROM t", SqlState.DATA_CORRUPTED, "-m0.avro");
  }

  @Test
  void metadataThatUnfolds() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 1_000; i++) {
        out.write(" ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));
      }
    }
    Path metadata = file("t", "00001-", ".metadata.json");
    Path hostile =
        metadata.resolveSibling(
            metadata.getFileName().toString().replace(".metadata.json", ".gz.metadata.json"));
    Files.write(hostile, packed.toByteArray());
    Path root = folder.resolve("_frazil/root.json");
    Files.writeString(
        root, Files.readString(root).replace(metadata.toString(), hostile.toString()));
    refused("SELECT * FROM t", SqlState.LIMIT_EXCEEDED, hostile.getFileName().toString());
  }

  @Test
  void metadataNestedDeeply() throws IOException {
    Path metadata = file("t", "00001-", ".metadata.json");
    Files.writeString(metadata, "{\"x\":" + "[".repeat(1_000_000));
    refused("SELECT * FROM t", SqlState.DATA_CORRUPTED, metadata.getFileName().toString());
  }

  @Test
  void aTypeNestedDeeply() throws IOException {
    Path metadata = file("t", "00001-", ".metadata.json");
    String list = "{\"type\":\"list\",\"element-id\":2,\"element-required\":false,\"element\":";
    String body = Files.readString(metadata);
    String type = list.repeat(400) + "\"long\"" + "}".repeat(400);
    Files.writeString(metadata, body.replaceFirst("\"long\"", type));
    refused("SELECT * FROM t", SqlState.DATA_CORRUPTED, metadata.getFileName().toString());
  }

  private void rewriteDeletes(Consumer<GenericRecord> change) throws IOException {
    Path list = file("v", "snap-", ".avro");
    long current =
        Long.parseLong(
            Files.readString(file("v", "00002-", ".metadata.json"))
                .replaceAll("(?s).*\"current-snapshot-id\"\\s*:\\s*(\\d+).*", "$1"));
    list = file("v", "snap-" + current, ".avro");
    String[] manifest = new String[1];
    AvroRewrite.records(
        Files.readAllBytes(list),
        record -> {
          if ((int) record.get("content") == 1) {
            manifest[0] = record.get("manifest_path").toString();
          }
        });
    Path deletes = Path.of(manifest[0]);
    Files.write(
        deletes,
        AvroRewrite.records(
            Files.readAllBytes(deletes),
            record -> change.accept((GenericRecord) record.get("data_file"))));
    long length = Files.size(deletes);
    Files.write(
        list,
        AvroRewrite.records(
            Files.readAllBytes(list),
            record -> {
              if ((int) record.get("content") == 1) {
                record.put("manifest_length", length);
              }
            }));
  }

  @Test
  void aDeletionVectorLongerThanItsFile() throws IOException {
    rewriteDeletes(entry -> entry.put("content_size_in_bytes", 2_000_000_000L));
    refused("SELECT * FROM v", SqlState.DATA_CORRUPTED, "deletion vector");
    rewriteDeletes(entry -> entry.put("content_size_in_bytes", 44L));
    rewriteDeletes(entry -> entry.put("content_offset", Long.MAX_VALUE - 8));
    refused("SELECT * FROM v", SqlState.DATA_CORRUPTED, ".puffin");
  }

  @Test
  void aDeletionVectorOfAnotherLengthThanItsManifestTells() throws IOException {
    rewriteDeletes(entry -> entry.put("record_count", 2L));
    refused("SELECT * FROM v", SqlState.DATA_CORRUPTED, "has 1 positions, not the 2");
  }

  @Test
  void aDeletionVectorOfFarRows() throws IOException {
    // One bitmap with the highest key: an index by key would have two billion places.
    ByteBuffer bitmap = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    bitmap.putInt(1681511377).putLong(1).putInt(Integer.MAX_VALUE - 1);
    bitmap.putInt(12346).putInt(1).putShort((short) 0).putShort((short) 0);
    bitmap.putInt(16).putShort((short) 0);
    replaceVector(bitmap);
    refused("SELECT * FROM v", SqlState.DATA_CORRUPTED, "bitmap 2147483646");
  }

  @Test
  void aDeletionVectorOfMoreBitmapsThanBytes() throws IOException {
    ByteBuffer bitmap = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    bitmap.putInt(1681511377).putLong(Integer.MAX_VALUE - 1);
    replaceVector(bitmap);
    refused("SELECT * FROM v", SqlState.DATA_CORRUPTED, "cannot be read");
  }

  @Test
  void aDeletionVectorThatIsNoBitmap() throws IOException {
    ByteBuffer bitmap = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    bitmap.putInt(1681511377).putLong(1).putInt(0).putInt(7).putInt(1).putLong(0);
    replaceVector(bitmap);
    refused("SELECT * FROM v", SqlState.DATA_CORRUPTED, "deletion vector");
  }

  /** Puts a vector with the right checksum into the Puffin file. */
  private void replaceVector(ByteBuffer content) throws IOException {
    int length = content.position();
    CRC32 crc = new CRC32();
    crc.update(content.array(), 0, length);
    ByteBuffer blob = ByteBuffer.allocate(length + 8);
    blob.putInt(length).put(content.array(), 0, length).putInt((int) crc.getValue());
    Path puffin = file("v", "", ".puffin");
    byte[] body = Files.readAllBytes(puffin);
    System.arraycopy(blob.array(), 0, body, 4, blob.capacity());
    Files.write(puffin, body);
    rewriteDeletes(
        entry -> {
          entry.put("content_offset", 4L);
          entry.put("content_size_in_bytes", (long) blob.capacity());
        });
  }
}
