package dev.frazil.avro;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.LongConsumer;

/**
 * Reads the binary encoding (Avro specification, "Binary Encoding") from bytes in memory. What lies
 * beyond the array is an {@link IndexOutOfBoundsException}; {@link #checkEnd} tells of what lies
 * beyond the end. Not thread-safe.
 */
final class AvroInput {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Elements of lists and maps between two reservations for them. */
  private static final int ELEMENT_STEP = 1 << 12;

  private static final int BYTES_AN_ELEMENT = 16;

  private final LongConsumer memory;
  private byte[] bytes = new byte[0];
  private int position;
  private int end;
  private long elements;

  /**
   * @param memory asked before elements of lists and maps are kept; may refuse by throwing
   */
  AvroInput(LongConsumer memory) {
    this.memory = memory;
  }

  /** Goes on with {@code source[from..to)}. */
  void set(byte[] source, int from, int to) {
    bytes = source;
    position = from;
    end = to;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  /** Whether everything is read. */
  boolean atEnd() {
    return position == end;
  }

  void checkEnd() {
    if (position > end) {
      throw new MalformedAvroException("a value ends beyond its block");
    }
  }

  /** Steps over bytes and answers where they begin. */
  int skip(long length) {
    if (length < 0 || length > end - position) {
      throw new MalformedAvroException("a value of " + length + " bytes ends beyond its block");
    }
    int start = position;
    position += (int) length;
    return start;
  }

  boolean readBoolean() {
    byte value = bytes[position++];
    if ((value & ~1) != 0) {
      throw new MalformedAvroException("a boolean that is " + value);
    }
    return value == 1;
  }

  int readInt() {
    long value = readLong();
    if (value != (int) value) {
      throw new MalformedAvroException("an int that is " + value);
    }
    return (int) value;
  }

  long readLong() {
    byte first = bytes[position++];
    long value = first & 0x7f;
    for (int shift = 7; first < 0; shift += 7) {
      if (shift > 63) {
        throw new MalformedAvroException("a number longer than ten bytes");
      }
      first = bytes[position++];
      value |= (long) (first & 0x7f) << shift;
    }
    return (value >>> 1) ^ -(value & 1);
  }

  float readFloat() {
    float value = Float.intBitsToFloat((int) INT.get(bytes, position));
    position += Float.BYTES;
    return value;
  }

  double readDouble() {
    double value = Double.longBitsToDouble((long) LONG.get(bytes, position));
    position += Double.BYTES;
    return value;
  }

  /** The length of the bytes or text that follow. */
  int readLength() {
    long length = readLong();
    if (length < 0 || length > end - position) {
      throw new MalformedAvroException("a value of " + length + " bytes ends beyond its block");
    }
    return (int) length;
  }

  /** The number of elements in the next block of a list or map, 0 after the last one. */
  long readElementCount() {
    long count = readLong();
    if (count < 0) {
      readLong(); // the block's size in bytes
      count = -count;
    }
    if (count < 0) {
      throw new MalformedAvroException("a list of more elements than a number can tell");
    }
    return count;
  }

  /** Tells that an element is kept. */
  void countElement() {
    if (elements++ % ELEMENT_STEP == 0) {
      memory.accept((long) ELEMENT_STEP * BYTES_AN_ELEMENT);
    }
  }
}
