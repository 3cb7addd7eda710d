package dev.frazil.parquet.codec;

import dev.frazil.error.EngineException;
import dev.frazil.parquet.encoding.MalformedDataException;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.CompressionCodec;
import org.brotli.dec.BrotliInputStream;

/**
 * The codecs of the format, each from and to byte arrays. LZO is refused with {@code 0A000}, and so
 * is writing Brotli. Thread-safe. Source: Parquet format, Compression.md.
 */
public final class PageCodec {
  private PageCodec() {}

  /**
   * Fills {@code target[offset..offset + length)} from a compressed block.
   *
   * @throws MalformedDataException when the block does not decompress to exactly that length
   */
  public static void decompress(
      CompressionCodec codec,
      byte[] source,
      int sourceOffset,
      int sourceLength,
      byte[] target,
      int offset,
      int length) {
    int written;
    try {
      written =
          switch (codec) {
            case UNCOMPRESSED -> {
              int copied = Math.min(sourceLength, length);
              System.arraycopy(source, sourceOffset, target, offset, copied);
              yield copied == sourceLength ? copied : -1;
            }
            case ZSTD ->
                ZstdBlocks.decompress(source, sourceOffset, sourceLength, target, offset, length);
            case SNAPPY ->
                new SnappyDecompressor()
                    .decompress(source, sourceOffset, sourceLength, target, offset, length);
            case LZ4_RAW ->
                new Lz4Decompressor()
                    .decompress(source, sourceOffset, sourceLength, target, offset, length);
            case LZ4 ->
                LegacyLz4.decompress(source, sourceOffset, sourceLength, target, offset, length);
            case GZIP ->
                inflate(
                    new GZIPInputStream(
                        new ByteArrayInputStream(source, sourceOffset, sourceLength), 8192),
                    target,
                    offset,
                    length);
            case BROTLI ->
                inflate(
                    new BrotliInputStream(
                        new ByteArrayInputStream(source, sourceOffset, sourceLength)),
                    target,
                    offset,
                    length);
            case LZO -> throw EngineException.unsupported("Parquet compression " + codec);
          };
    } catch (EngineException | MalformedDataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new MalformedDataException(codec + " data does not decompress", e);
    }
    if (written != length) {
      throw new MalformedDataException(
          codec + " data of " + sourceLength + " bytes does not hold " + length + " bytes");
    }
  }

  /**
   * As {@link #decompress}, of a block that does not tell its length; by ZSTD, SNAPPY or LZ4_RAW.
   *
   * @return its length, at most {@code limit}
   */
  public static int decompressAtMost(
      CompressionCodec codec,
      byte[] source,
      int sourceOffset,
      int sourceLength,
      byte[] target,
      int offset,
      int limit) {
    try {
      return switch (codec) {
        case ZSTD ->
            ZstdBlocks.decompress(source, sourceOffset, sourceLength, target, offset, limit);
        case SNAPPY ->
            new SnappyDecompressor()
                .decompress(source, sourceOffset, sourceLength, target, offset, limit);
        case LZ4_RAW ->
            new Lz4Decompressor()
                .decompress(source, sourceOffset, sourceLength, target, offset, limit);
        case UNCOMPRESSED, LZ4, GZIP, BROTLI, LZO ->
            throw EngineException.internal("blocks of unknown length by " + codec);
      };
    } catch (EngineException | MalformedDataException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new MalformedDataException(codec + " data does not decompress", e);
    }
  }

  private static int inflate(InputStream stream, byte[] target, int offset, int length)
      throws IOException {
    try (InputStream in = stream) {
      int read = in.readNBytes(target, offset, length);
      return in.read() < 0 ? read : -1;
    }
  }

  /**
   * Compresses a block.
   *
   * @param level for zstd and gzip; the others have none
   */
  public static byte[] compress(
      CompressionCodec codec, byte[] source, int offset, int length, int level) {
    return switch (codec) {
      case UNCOMPRESSED -> Arrays.copyOfRange(source, offset, offset + length);
      case ZSTD -> ZstdBlocks.compress(source, offset, length, level);
      case SNAPPY -> {
        SnappyCompressor compressor = new SnappyCompressor();
        byte[] target = new byte[compressor.maxCompressedLength(length)];
        int written = compressor.compress(source, offset, length, target, 0, target.length);
        yield Arrays.copyOf(target, written);
      }
      case LZ4_RAW -> {
        Lz4Compressor compressor = new Lz4Compressor();
        byte[] target = new byte[compressor.maxCompressedLength(length)];
        int written = compressor.compress(source, offset, length, target, 0, target.length);
        yield Arrays.copyOf(target, written);
      }
      case GZIP -> gzip(source, offset, length, level);
      case LZ4, BROTLI, LZO ->
          throw EngineException.unsupported("writing Parquet compression " + codec);
    };
  }

  private static byte[] gzip(byte[] source, int offset, int length, int level) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(length / 2 + 64);
    try (GZIPOutputStream out = new LeveledGzip(bytes, level)) {
      out.write(source, offset, length);
    } catch (IOException e) {
      throw EngineException.internal("writing to memory failed: " + e.getMessage());
    }
    return bytes.toByteArray();
  }

  private static final class LeveledGzip extends GZIPOutputStream {
    LeveledGzip(ByteArrayOutputStream out, int level) throws IOException {
      super(out, 8192);
      def.setLevel(level < 0 || level > 9 ? Deflater.DEFAULT_COMPRESSION : level);
    }
  }
}
