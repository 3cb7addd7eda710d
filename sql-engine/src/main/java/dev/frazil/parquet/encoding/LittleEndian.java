package dev.frazil.parquet.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Loads and stores of little-endian numbers at any byte of an array. Stateless. */
public final class LittleEndian {
  /** Bytes that may be loaded past the end of an input, and stored past the end of an output. */
  public static final int PADDING_BYTES = 8;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  public static int int32(byte[] data, int position) {
    return (int) INT.get(data, position);
  }

  public static long int64(byte[] data, int position) {
    return (long) LONG.get(data, position);
  }

  public static void putInt32(byte[] data, int position, int value) {
    INT.set(data, position, value);
  }

  public static void putInt64(byte[] data, int position, long value) {
    LONG.set(data, position, value);
  }

  /**
   * Copies {@code length} bytes eight at a time: up to seven bytes more are read and written, so
   * both arrays must be padded. Beats {@code System.arraycopy} on the short strings of most tables.
   */
  static void copyPadded(byte[] source, int from, byte[] target, int to, int length) {
    if (length > 64) {
      System.arraycopy(source, from, target, to, length);
      return;
    }
    for (int i = 0; i < length; i += 8) {
      LONG.set(target, to + i, (long) LONG.get(source, from + i));
    }
  }
}
