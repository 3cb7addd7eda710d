package dev.frazil.parquet.prune;

import dev.frazil.parquet.encoding.LittleEndian;

/** XXH64 with seed 0, the hash of Parquet's bloom filters. Source: the xxHash specification. */
public final class XxHash64 {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  private XxHash64() {}

  /** The hash of four bytes, little-endian. */
  public static long ofInt(int value) {
    long hash = PRIME_5 + Integer.BYTES;
    hash ^= (value & 0xFFFFFFFFL) * PRIME_1;
    hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
    return avalanche(hash);
  }

  /** The hash of eight bytes, little-endian. */
  public static long ofLong(long value) {
    long hash = PRIME_5 + Long.BYTES;
    hash ^= round(0, value);
    hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
    return avalanche(hash);
  }

  /** The hash of {@code data[start..end)}. */
  public static long ofBytes(byte[] data, int start, int end) {
    int length = end - start;
    int at = start;
    long hash;
    if (length >= 32) {
      long a = 0x60EA27EEADC0B5D6L; // PRIME_1 + PRIME_2, modulo 2^64
      long b = PRIME_2;
      long c = 0;
      long d = -PRIME_1;
      do {
        a = round(a, LittleEndian.int64(data, at));
        b = round(b, LittleEndian.int64(data, at + 8));
        c = round(c, LittleEndian.int64(data, at + 16));
        d = round(d, LittleEndian.int64(data, at + 24));
        at += 32;
      } while (end - at >= 32);
      hash =
          Long.rotateLeft(a, 1)
              + Long.rotateLeft(b, 7)
              + Long.rotateLeft(c, 12)
              + Long.rotateLeft(d, 18);
      hash = merge(hash, a);
      hash = merge(hash, b);
      hash = merge(hash, c);
      hash = merge(hash, d);
    } else {
      hash = PRIME_5;
    }
    hash += length;
    while (end - at >= 8) {
      hash ^= round(0, LittleEndian.int64(data, at));
      hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
      at += 8;
    }
    if (end - at >= 4) {
      hash ^= (LittleEndian.int32(data, at) & 0xFFFFFFFFL) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
      at += 4;
    }
    while (at < end) {
      hash ^= (data[at++] & 0xFFL) * PRIME_5;
      hash = Long.rotateLeft(hash, 11) * PRIME_1;
    }
    return avalanche(hash);
  }

  private static long round(long accumulator, long input) {
    return Long.rotateLeft(accumulator + input * PRIME_2, 31) * PRIME_1;
  }

  private static long merge(long hash, long accumulator) {
    return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
  }

  private static long avalanche(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * PRIME_2;
    mixed = (mixed ^ (mixed >>> 29)) * PRIME_3;
    return mixed ^ (mixed >>> 32);
  }
}
