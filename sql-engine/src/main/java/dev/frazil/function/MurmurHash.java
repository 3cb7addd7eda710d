package dev.frazil.function;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * MurmurHash3 for 64-bit machines with 128 bits of result and seed 0, as its author defines it
 * (MurmurHash3_x64_128).
 */
final class MurmurHash {
  private static final long FIRST = 0x87c37b91114253d5L;
  private static final long SECOND = 0x4cf5ad432745937fL;
  private static final int BLOCK_BYTES = 16;

  private MurmurHash() {}

  /** Sixteen bytes, the two halves with their lowest byte first. */
  static byte[] of(byte[] data) {
    ByteBuffer blocks = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    long left = 0;
    long right = 0;
    while (blocks.remaining() >= BLOCK_BYTES) {
      left ^= mixFirst(blocks.getLong());
      left = (Long.rotateLeft(left, 27) + right) * 5 + 0x52dce729;
      right ^= mixSecond(blocks.getLong());
      right = (Long.rotateLeft(right, 31) + left) * 5 + 0x38495ab5;
    }
    byte[] tail = new byte[BLOCK_BYTES];
    blocks.get(tail, 0, blocks.remaining());
    ByteBuffer last = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
    // zeros change nothing: their mix is zero
    left ^= mixFirst(last.getLong());
    right ^= mixSecond(last.getLong());
    left ^= data.length;
    right ^= data.length;
    left += right;
    right += left;
    left = finish(left);
    right = finish(right);
    left += right;
    right += left;
    return ByteBuffer.allocate(BLOCK_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(left)
        .putLong(right)
        .array();
  }

  private static long mixFirst(long value) {
    return Long.rotateLeft(value * FIRST, 31) * SECOND;
  }

  private static long mixSecond(long value) {
    return Long.rotateLeft(value * SECOND, 33) * FIRST;
  }

  private static long finish(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
