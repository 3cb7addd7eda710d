package dev.frazil.parquet.encoding;

/** Unpacks little-endian bit-packed integers of 0 to 64 bits. Stateless. */
final class BitUnpacker {
  private BitUnpacker() {}

  /**
   * Unpacks {@code count} values of {@code width} (at most 32) bits.
   *
   * @param base where value 0 begins
   * @param first ordinal of the first value wanted
   */
  static void unpackInts(
      byte[] data, int base, int first, int width, int[] target, int offset, int count) {
    long mask = (1L << width) - 1;
    int index = first;
    int out = offset;
    int end = offset + count;
    while (out < end && (index & 7) != 0) {
      target[out++] = (int) (single(data, base, index++, width) & mask);
    }
    int groups = (end - out) >>> 3;
    int position = base + (index >>> 3) * width;
    if (width <= 8) {
      for (int g = 0; g < groups; g++, position += width, out += 8) {
        long bits = LittleEndian.int64(data, position);
        target[out] = (int) (bits & mask);
        target[out + 1] = (int) ((bits >>> width) & mask);
        target[out + 2] = (int) ((bits >>> (2 * width)) & mask);
        target[out + 3] = (int) ((bits >>> (3 * width)) & mask);
        target[out + 4] = (int) ((bits >>> (4 * width)) & mask);
        target[out + 5] = (int) ((bits >>> (5 * width)) & mask);
        target[out + 6] = (int) ((bits >>> (6 * width)) & mask);
        target[out + 7] = (int) ((bits >>> (7 * width)) & mask);
      }
    } else if (width <= 16) {
      // Four values span 4 * width bits: half a byte past a byte boundary when width is odd.
      int half = width >>> 1;
      int nibble = (width & 1) << 2;
      for (int g = 0; g < groups; g++, position += width, out += 8) {
        long lower = LittleEndian.int64(data, position);
        target[out] = (int) (lower & mask);
        target[out + 1] = (int) ((lower >>> width) & mask);
        target[out + 2] = (int) ((lower >>> (2 * width)) & mask);
        target[out + 3] = (int) ((lower >>> (3 * width)) & mask);
        long upper = LittleEndian.int64(data, position + half) >>> nibble;
        target[out + 4] = (int) (upper & mask);
        target[out + 5] = (int) ((upper >>> width) & mask);
        target[out + 6] = (int) ((upper >>> (2 * width)) & mask);
        target[out + 7] = (int) ((upper >>> (3 * width)) & mask);
      }
    } else {
      for (int g = 0; g < groups; g++, position += width, out += 8) {
        for (int i = 0; i < 8; i++) {
          int bit = i * width;
          long bits = LittleEndian.int64(data, position + (bit >>> 3)) >>> (bit & 7);
          target[out + i] = (int) (bits & mask);
        }
      }
    }
    index += groups << 3;
    while (out < end) {
      target[out++] = (int) (single(data, base, index++, width) & mask);
    }
  }

  /** As {@link #unpackInts}, for widths up to 64. */
  static void unpackLongs(
      byte[] data, int base, int first, int width, long[] target, int offset, int count) {
    long mask = width == 64 ? -1L : (1L << width) - 1;
    if (width <= 56) {
      for (int i = 0; i < count; i++) {
        target[offset + i] = single(data, base, first + i, width) & mask;
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      long bit = (long) (first + i) * width;
      int position = base + (int) (bit >>> 3);
      int shift = (int) (bit & 7);
      long bits = LittleEndian.int64(data, position) >>> shift;
      if (shift + width > 64) {
        bits |= (data[position + 8] & 0xFFL) << (64 - shift);
      }
      target[offset + i] = bits & mask;
    }
  }

  private static long single(byte[] data, int base, int index, int width) {
    long bit = (long) index * width;
    return LittleEndian.int64(data, base + (int) (bit >>> 3)) >>> (bit & 7);
  }
}
