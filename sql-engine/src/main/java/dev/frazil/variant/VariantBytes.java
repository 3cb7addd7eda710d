package dev.frazil.variant;

/** Numbers of one to eight bytes, least significant first. */
final class VariantBytes {
  /** Basic types, the two low bits of the first byte of a value. */
  static final int PRIMITIVE = 0;

  static final int SHORT_STRING = 1;
  static final int OBJECT = 2;
  static final int ARRAY = 3;

  /** The only version of the format. */
  static final int VERSION = 1;

  static final int VERSION_MASK = 0x0f;
  static final int SORTED_BIT = 0x10;

  private VariantBytes() {}

  /** An unsigned number of {@code width} bytes, 1 to 4; above the greatest int it is negative. */
  static int unsigned(byte[] data, int at, int width) {
    int value = 0;
    for (int i = 0; i < width; i++) {
      value |= (data[at + i] & 0xff) << (8 * i);
    }
    return value;
  }

  /** A signed number of {@code width} bytes, 1 to 8. */
  static long signed(byte[] data, int at, int width) {
    long value = data[at + width - 1]; // brings the sign
    for (int i = width - 2; i >= 0; i--) {
      value = (value << 8) | (data[at + i] & 0xff);
    }
    return value;
  }

  static void put(byte[] data, int at, long value, int width) {
    for (int i = 0; i < width; i++) {
      data[at + i] = (byte) (value >>> (8 * i));
    }
  }

  /** Bytes that an unsigned number takes, 1 to 4. */
  static int width(int value) {
    return value < 1 << 8 ? 1 : value < 1 << 16 ? 2 : value < 1 << 24 ? 3 : 4;
  }

  /** Bytes of a dictionary of names that is known to be whole. */
  static int dictionaryBytes(byte[] data, int at) {
    int width = ((data[at] >> 6) & 3) + 1;
    int count = unsigned(data, at + 1, width);
    int offsets = at + 1 + width;
    return 1 + width + (count + 1) * width + unsigned(data, offsets + count * width, width);
  }
}
