package dev.frazil.orc;

import dev.frazil.parquet.encoding.MalformedDataException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Integers of the same width, high bits first. Stateless. */
final class BitPacking {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The widths of more than 24 bits. */
  private static final int[] WIDE = {26, 28, 30, 32, 40, 48, 56, 64};

  private static final int NARROW = 24;

  private BitPacking() {}

  /** The width in bits that five bits stand for. */
  static int width(int code) {
    return code < NARROW ? code + 1 : WIDE[code - NARROW];
  }

  /** The least width that there is of at least so many bits. */
  static int widthOf(int bits) {
    if (bits <= NARROW) {
      return Math.max(1, bits);
    }
    for (int width : WIDE) {
      if (width >= bits) {
        return width;
      }
    }
    throw new MalformedDataException("integers of " + bits + " bits");
  }

  /**
   * Reads integers, which end with a whole byte.
   *
   * @param width one of the widths that there are
   */
  static void read(StreamInput in, int width, long[] target, int offset, int count) {
    int from = in.take((int) (((long) width * count + Byte.SIZE - 1) / Byte.SIZE));
    byte[] bytes = in.buffer();
    if (width == Byte.SIZE) {
      for (int i = 0; i < count; i++) {
        target[offset + i] = bytes[from + i] & 0xff;
      }
      return;
    }
    int drop = Long.SIZE - width;
    int bit = 0;
    for (int i = 0; i < count; i++) {
      long word = (long) LONG.get(bytes, from + (bit >>> 3));
      target[offset + i] = (word << (bit & 7)) >>> drop;
      bit += width;
    }
  }

  /** An unsigned integer of {@code length} bytes, the high one first. */
  static long bigEndian(StreamInput in, int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << Byte.SIZE | (in.readByte() & 0xff);
    }
    return value;
  }
}
