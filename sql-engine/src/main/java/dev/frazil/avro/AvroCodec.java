package dev.frazil.avro;

import dev.frazil.error.EngineException;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** The codecs of blocks (Avro specification, "Required Codecs" and "Optional Codecs"). */
enum AvroCodec {
  NULL,
  DEFLATE,
  SNAPPY,
  ZSTANDARD;

  /** A block, uncompressed. */
  static final int MAX_BLOCK_BYTES = 256 << 20;

  private static final int CHECKSUM_BYTES = 4;
  private static final int FIRST_BYTES = 1 << 16;

  /** The codec that a header names; {@code 0A000} for others. */
  static AvroCodec of(String name, String location) {
    for (AvroCodec codec : values()) {
      if (codec.name().toLowerCase(Locale.ROOT).equals(name)) {
        return codec;
      }
    }
    throw EngineException.unsupported(
        "reading the Avro file " + location + ", whose codec is " + name + ",");
  }

  /**
   * The bytes of a block, in an array that may be longer.
   *
   * @param target an array to be used if it is long enough
   * @param memory asked before an array grows; may refuse by throwing
   */
  Block decompress(byte[] source, int offset, int length, byte[] target, LongConsumer memory) {
    try {
      return switch (this) {
        case NULL -> new Block(source, offset, offset + length);
        case SNAPPY -> snappy(source, offset, length, target, memory);
        case DEFLATE -> {
          Inflater inflater = new Inflater(true);
          try (InputStream in =
              new InflaterInputStream(
                  new ByteArrayInputStream(source, offset, length), inflater, 1 << 13)) {
            yield read(in, target, memory);
          } finally {
            inflater.end();
          }
        }
        case ZSTANDARD -> {
          try (InputStream in =
              new ZstdInputStream(new ByteArrayInputStream(source, offset, length))) {
            yield read(in, target, memory);
          }
        }
      };
    } catch (EngineException | MalformedAvroException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new MalformedAvroException(this + " data does not decompress", e);
    }
  }

  /**
   * A block in memory.
   *
   * @param bytes of it {@code [from..to)}
   */
  record Block(byte[] bytes, int from, int to) {}

  private static Block snappy(
      byte[] source, int offset, int length, byte[] target, LongConsumer memory) {
    int compressed = length - CHECKSUM_BYTES;
    if (compressed < 0) {
      throw new MalformedAvroException("a snappy block without its checksum");
    }
    int size = SnappyDecompressor.getUncompressedLength(source, offset);
    if (size < 0 || size > MAX_BLOCK_BYTES) {
      throw tooLong();
    }
    byte[] bytes = target;
    if (bytes.length < size) {
      memory.accept((long) size - bytes.length);
      bytes = new byte[size];
    }
    int written =
        new SnappyDecompressor().decompress(source, offset, compressed, bytes, 0, bytes.length);
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, written);
    int expected = java.nio.ByteBuffer.wrap(source).getInt(offset + compressed);
    if ((int) crc.getValue() != expected) {
      throw new MalformedAvroException("a snappy block that does not match its checksum");
    }
    return new Block(bytes, 0, written);
  }

  private static Block read(InputStream in, byte[] target, LongConsumer memory) throws IOException {
    byte[] bytes = target;
    int count = 0;
    while (true) {
      if (count == bytes.length) {
        long longer = Math.max(FIRST_BYTES, bytes.length * 2L);
        if (count >= MAX_BLOCK_BYTES) {
          throw tooLong();
        }
        memory.accept(longer - bytes.length);
        bytes = Arrays.copyOf(bytes, (int) longer);
      }
      int read = in.read(bytes, count, bytes.length - count);
      if (read < 0) {
        return new Block(bytes, 0, count);
      }
      count += read;
    }
  }

  private static MalformedAvroException tooLong() {
    return new MalformedAvroException("a block longer than " + MAX_BLOCK_BYTES + " bytes");
  }
}
