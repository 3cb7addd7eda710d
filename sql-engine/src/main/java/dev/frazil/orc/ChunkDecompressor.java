package dev.frazil.orc;

import dev.frazil.parquet.codec.PageCodec;
import dev.frazil.parquet.encoding.MalformedDataException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.parquet.format.CompressionCodec;

/**
 * Decompresses the chunks of one file's streams. Belongs to one thread at a time; holds memory
 * outside of the heap until it is closed.
 */
final class ChunkDecompressor implements AutoCloseable {
  private final OrcCodec codec;
  private final int maxChunkBytes;
  private final Inflater inflater;
  private byte[] scratch = new byte[0];

  /**
   * @param maxChunkBytes what the postscript promises of the length of chunks
   */
  ChunkDecompressor(OrcCodec codec, int maxChunkBytes) {
    this.codec = codec;
    this.maxChunkBytes = maxChunkBytes;
    this.inflater = new Inflater(true);
  }

  OrcCodec codec() {
    return codec;
  }

  /** No chunk is longer, uncompressed. */
  int maxChunkBytes() {
    return maxChunkBytes;
  }

  /**
   * Decompresses a chunk into {@link #scratch}.
   *
   * @return its length
   */
  int decompress(byte[] source, int offset, int length) {
    if (scratch.length < maxChunkBytes) {
      scratch = new byte[maxChunkBytes];
    }
    return decompress(source, offset, length, scratch);
  }

  /** What was decompressed last. */
  byte[] scratch() {
    return scratch;
  }

  /**
   * Decompresses a chunk into an array of at least {@link #maxChunkBytes}.
   *
   * @return its length
   */
  int decompress(byte[] source, int offset, int length, byte[] target) {
    return switch (codec) {
      case ZLIB -> inflate(source, offset, length, target);
      case SNAPPY -> decompress(CompressionCodec.SNAPPY, source, offset, length, target);
      case LZ4 -> decompress(CompressionCodec.LZ4_RAW, source, offset, length, target);
      case ZSTD -> decompress(CompressionCodec.ZSTD, source, offset, length, target);
      case NONE, LZO, BROTLI -> throw new MalformedDataException("a chunk of " + codec);
    };
  }

  private int decompress(
      CompressionCodec with, byte[] source, int offset, int length, byte[] target) {
    return PageCodec.decompressAtMost(with, source, offset, length, target, 0, maxChunkBytes);
  }

  private int inflate(byte[] source, int offset, int length, byte[] target) {
    inflater.reset();
    inflater.setInput(source, offset, length);
    try {
      int written = 0;
      while (!inflater.finished()) {
        int more = inflater.inflate(target, written, maxChunkBytes - written);
        if (more == 0 && !inflater.finished()) {
          throw new MalformedDataException(
              "ZLIB data of " + length + " bytes does not end, or not soon enough");
        }
        written += more;
      }
      return written;
    } catch (DataFormatException e) {
      throw new MalformedDataException("ZLIB data does not decompress", e);
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
