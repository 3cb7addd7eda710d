package dev.frazil.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Operations on UTF-8 text in {@code data[from..to)}; positions count code points. */
public final class TextKernels {
  private TextKernels() {}

  /** Code points. */
  public static int length(byte[] data, int from, int to) {
    int length = 0;
    for (int i = from; i < to; i++) {
      length += (data[i] & 0xC0) != 0x80 ? 1 : 0;
    }
    return length;
  }

  /** The index of the byte where code point {@code skip} (from 0) starts; {@code to} beyond. */
  public static int advance(byte[] data, int from, int to, long skip) {
    int at = from;
    for (long i = 0; i < skip && at < to; i++) {
      at++;
      while (at < to && (data[at] & 0xC0) == 0x80) {
        at++;
      }
    }
    return at;
  }

  /** The index of the first byte of {@code needle} within {@code data[from..to)}, or -1. */
  public static int indexOf(byte[] data, int from, int to, byte[] needle, int start, int end) {
    int length = end - start;
    for (int at = from; at + length <= to; at++) {
      if (Arrays.equals(data, at, at + length, needle, start, end)) {
        return at;
      }
    }
    return -1;
  }

  /** In lower case, by Unicode, independent of any locale. */
  public static byte[] lower(byte[] data, int from, int to) {
    byte[] result = Arrays.copyOfRange(data, from, to);
    for (int i = 0; i < result.length; i++) {
      byte value = result[i];
      if (value < 0) {
        return new String(data, from, to - from, StandardCharsets.UTF_8)
            .toLowerCase(Locale.ROOT)
            .getBytes(StandardCharsets.UTF_8);
      }
      result[i] = (byte) (value >= 'A' && value <= 'Z' ? value + 32 : value);
    }
    return result;
  }

  /** In upper case, by Unicode, independent of any locale. */
  public static byte[] upper(byte[] data, int from, int to) {
    byte[] result = Arrays.copyOfRange(data, from, to);
    for (int i = 0; i < result.length; i++) {
      byte value = result[i];
      if (value < 0) {
        return new String(data, from, to - from, StandardCharsets.UTF_8)
            .toUpperCase(Locale.ROOT)
            .getBytes(StandardCharsets.UTF_8);
      }
      result[i] = (byte) (value >= 'a' && value <= 'z' ? value - 32 : value);
    }
    return result;
  }
}
