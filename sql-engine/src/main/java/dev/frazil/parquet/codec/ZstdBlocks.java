package dev.frazil.parquet.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.frazil.error.EngineException;
import dev.frazil.parquet.encoding.MalformedDataException;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Zstandard through the native library, or in pure Java where that library cannot be loaded (an
 * unknown platform, a temporary folder that forbids execution).
 */
final class ZstdBlocks {
  private static final Logger LOGGER = LoggerFactory.getLogger(ZstdBlocks.class);
  private static final boolean NATIVE = loadNative();

  /**
   * Contexts between two blocks. Making one clears its tables of some 160 kB outside the Java heap,
   * which takes a third as long as a block of a usual page.
   */
  private static final BlockingQueue<ZstdDecompressCtx> IDLE =
      new ArrayBlockingQueue<>(Math.max(4, Runtime.getRuntime().availableProcessors()));

  private ZstdBlocks() {}

  private static boolean loadNative() {
    try {
      return Zstd.compressBound(1) > 0;
    } catch (LinkageError e) {
      LOGGER.warn("zstd runs in pure Java, slower: its native library does not load ({})", e + "");
      return false;
    }
  }

  static int decompress(
      byte[] source, int sourceOffset, int sourceLength, byte[] target, int offset, int length) {
    if (!NATIVE) {
      return new ZstdDecompressor()
          .decompress(source, sourceOffset, sourceLength, target, offset, length);
    }
    ZstdDecompressCtx idle = IDLE.poll();
    ZstdDecompressCtx context = idle == null ? new ZstdDecompressCtx() : idle;
    boolean reusable = false;
    try {
      int written =
          context.decompressByteArray(target, offset, length, source, sourceOffset, sourceLength);
      reusable = true;
      return written;
    } catch (ZstdException e) {
      throw new MalformedDataException("zstd: " + e.getMessage(), e);
    } finally {
      if (!reusable || !IDLE.offer(context)) {
        context.close();
      }
    }
  }

  static byte[] compress(byte[] source, int offset, int length, int level) {
    if (!NATIVE) {
      ZstdCompressor compressor = new ZstdCompressor();
      byte[] target = new byte[compressor.maxCompressedLength(length)];
      int written = compressor.compress(source, offset, length, target, 0, target.length);
      return Arrays.copyOf(target, written);
    }
    byte[] target = new byte[(int) Zstd.compressBound(length)];
    long written = Zstd.compressByteArray(target, 0, target.length, source, offset, length, level);
    if (Zstd.isError(written)) {
      throw EngineException.internal("zstd: " + Zstd.getErrorName(written));
    }
    return Arrays.copyOf(target, (int) written);
  }
}
