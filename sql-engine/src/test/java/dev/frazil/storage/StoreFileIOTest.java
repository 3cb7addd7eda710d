package dev.frazil.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.storage.RequestCounter.Kind;
import dev.frazil.testing.ConditionalS3Server;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Iceberg reads and writes through a store, and how many requests that costs. */
class StoreFileIOTest {
  private static final String ROOT = "s3://warehouse/db";

  private final ConditionalS3Server server = ConditionalS3Server.start();
  private final ObjectStore store = StoreFactory.open(server.config("db"));
  private final List<String> deleteRequests = new ArrayList<>();
  private final FileIO io = new StoreFileIO(store, deleteRequests::add);

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @Test
  void writesAndReadsBack() throws IOException {
    byte[] content = random(100_000);
    try (PositionOutputStream out = io.newOutputFile(ROOT + "/f").create()) {
      out.write(content, 0, 60_000);
      assertThat(out.getPos()).isEqualTo(60_000);
      out.write(content, 60_000, 40_000);
      out.close();
      assertThat(out.getPos()).as("asked after close").isEqualTo(content.length);
    }
    assertThat(server.counts()).isEqualTo(Map.of(Kind.PUT, 1L));
    assertThat(read(io.newInputFile(ROOT + "/f"))).isEqualTo(content);
  }

  @Test
  void aFileOfUnknownLengthCostsOneGet() throws IOException {
    server.poke("warehouse", "db/f", random(50_000));
    InputFile file = io.newInputFile(ROOT + "/f");
    assertThat(file.getLength()).isEqualTo(50_000);
    assertThat(read(file)).hasSize(50_000);
    assertThat(read(file)).hasSize(50_000);
    assertThat(file.exists()).isTrue();
    assertThat(server.counts()).isEqualTo(Map.of(Kind.GET, 1L));
  }

  @Test
  void aSmallFileOfKnownLengthCostsOneGet() throws IOException {
    server.poke("warehouse", "db/f", random(50_000));
    InputFile file = io.newInputFile(ROOT + "/f", 50_000);
    assertThat(file.getLength()).isEqualTo(50_000);
    assertThat(read(file)).hasSize(50_000);
    assertThat(server.counts()).isEqualTo(Map.of(Kind.GET, 1L));
  }

  @Test
  void aLargeFileIsReadThroughAWindow() throws IOException {
    byte[] content = random(9_000_000);
    server.poke("warehouse", "db/f", content);
    InputFile file = io.newInputFile(ROOT + "/f", content.length);
    assertThat(read(file)).isEqualTo(content);
    assertThat(server.counts()).isEqualTo(Map.of(Kind.RANGE_GET, 9L));
    server.resetCounts();
    try (SeekableInputStream in = file.newStream()) {
      in.seek(8_500_000);
      assertThat(in.read()).isEqualTo(content[8_500_000] & 0xff);
      assertThat(in.getPos()).isEqualTo(8_500_001);
      assertThat(in.skip(10)).isEqualTo(10);
      assertThat(in.read()).isEqualTo(content[8_500_011] & 0xff);
      assertThat(server.counts()).isEqualTo(Map.of(Kind.RANGE_GET, 1L));
      byte[] tail = new byte[8];
      assertThat(((RangeReadable) in).readTail(tail)).isEqualTo(8);
      assertThat(tail).isEqualTo(Arrays.copyOfRange(content, 8_999_992, 9_000_000));
      byte[] range = new byte[100];
      ((RangeReadable) in).readFully(5, range);
      assertThat(range).isEqualTo(Arrays.copyOfRange(content, 5, 105));
      in.seek(content.length);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(range, 0, 10)).isEqualTo(-1);
      assertThatThrownBy(() -> in.seek(content.length + 1)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void aFileOfAnotherLengthThanTheMetadataSaysIsCorrupt() {
    server.poke("warehouse", "db/f", random(10));
    assertThatThrownBy(() -> io.newInputFile(ROOT + "/f", 11).newStream())
        .isInstanceOf(EngineException.class)
        .hasMessageContainingAll("db/f", "10", "11");
  }

  @Test
  void aMissingFileIsWhatIcebergExpects() {
    assertThat(io.newInputFile(ROOT + "/f").exists()).isFalse();
    assertThatThrownBy(() -> io.newInputFile(ROOT + "/f").newStream())
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> io.newInputFile(ROOT + "/f", 7).newStream())
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void deletesNothing() {
    server.poke("warehouse", "db/f", random(10));
    server.resetCounts();
    io.deleteFile(ROOT + "/f");
    io.deleteFile(io.newInputFile(ROOT + "/f"));
    assertThat(deleteRequests).containsExactly(ROOT + "/f", ROOT + "/f");
    assertThat(server.counts()).isEmpty();
    new StoreFileIO(store).deleteFile(ROOT + "/f");
    assertThat(server.peek("warehouse", "db/f")).isNotNull();
  }

  @Test
  void isNeverSerialised() throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThatThrownBy(() -> out.writeObject(io)).isInstanceOf(NotSerializableException.class);
    }
  }

  private static byte[] read(InputFile file) throws IOException {
    try (SeekableInputStream in = file.newStream()) {
      return in.readAllBytes();
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
