package dev.frazil.parquet.prune;

import dev.frazil.parquet.encoding.LittleEndian;

/**
 * A split-block bloom filter over {@link XxHash64} hashes. Not thread-safe while hashes are added.
 * Source: Parquet format, BloomFilter.md.
 */
public final class BloomFilter {
  private static final int BLOCK_BYTES = 32;
  private static final int[] SALT = {
    0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
  };

  private final byte[] bits;
  private final int offset;
  private final int blocks;

  /** A filter over {@code data[offset..offset + lengthBytes)}, whole blocks. */
  public BloomFilter(byte[] data, int offset, int lengthBytes) {
    this.bits = data;
    this.offset = offset;
    this.blocks = lengthBytes / BLOCK_BYTES;
  }

  /** An empty filter for so many distinct values, at most {@code maxBytes} large. */
  public static BloomFilter sized(int distinctValues, double falsePositives, int maxBytes) {
    double bitsWanted = -8.0 * distinctValues / Math.log(1 - Math.pow(falsePositives, 1.0 / 8));
    long bytes = Math.max(BLOCK_BYTES, (long) (bitsWanted / 8));
    int rounded =
        (int) Math.min(Long.highestOneBit(bytes * 2 - 1), Integer.highestOneBit(maxBytes));
    return new BloomFilter(new byte[rounded], 0, rounded);
  }

  /** Whether a length is one that a filter can have. */
  public static boolean isValidLength(int lengthBytes) {
    return lengthBytes > 0 && lengthBytes % BLOCK_BYTES == 0;
  }

  public void add(long hash) {
    int block = block(hash);
    for (int i = 0; i < SALT.length; i++) {
      int at = block + 4 * i;
      LittleEndian.putInt32(bits, at, LittleEndian.int32(bits, at) | mask(hash, i));
    }
  }

  /** False only if no value of that hash was added. */
  public boolean mayContain(long hash) {
    int block = block(hash);
    for (int i = 0; i < SALT.length; i++) {
      if ((LittleEndian.int32(bits, block + 4 * i) & mask(hash, i)) == 0) {
        return false;
      }
    }
    return true;
  }

  public byte[] bits() {
    return bits;
  }

  private int block(long hash) {
    return offset + (int) (((hash >>> 32) * blocks) >>> 32) * BLOCK_BYTES;
  }

  private static int mask(long hash, int word) {
    return 1 << (((int) hash * SALT[word]) >>> 27);
  }
}
