package dev.frazil.orc;

import dev.frazil.parquet.encoding.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * The fields of one message, one after the other. Groups, which ORC has none of, and lengths beyond
 * the message are malformed. One thread. Source: Protocol Buffers, "Encoding".
 */
final class ProtobufInput {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;
  private static final int WIRE_TYPE_BITS = 3;

  private final byte[] bytes;
  private final int end;
  private int position;
  private int wireType;

  /** A message in {@code bytes[from..to)}. */
  ProtobufInput(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = from;
    this.end = to;
  }

  /** Goes to the next field and answers its number; 0 at the end of the message. */
  int nextField() {
    if (position >= end) {
      return 0;
    }
    long tag = varint();
    wireType = (int) (tag & ((1 << WIRE_TYPE_BITS) - 1));
    long field = tag >>> WIRE_TYPE_BITS;
    if (field <= 0 || field > Integer.MAX_VALUE) {
      throw new MalformedDataException("a message with a field " + field);
    }
    return (int) field;
  }

  /** The field's value as an unsigned integer. */
  long uint() {
    expect(VARINT);
    return varint();
  }

  /** The field's value as an unsigned integer that is no larger than an int. */
  int smallUint() {
    long value = uint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new MalformedDataException("a number " + value + " where small ones are");
    }
    return (int) value;
  }

  /** The field's value as a signed integer in zigzag form. */
  long sint() {
    long value = uint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** The field's value as a text. */
  String text() {
    int length = length();
    position += length;
    return new String(bytes, position - length, length, StandardCharsets.UTF_8);
  }

  /** The field's value as a message. */
  ProtobufInput message() {
    int length = length();
    position += length;
    return new ProtobufInput(bytes, position - length, position);
  }

  /** Each unsigned integer of a repeated field, packed or not. */
  void uints(LongConsumer each) {
    if (wireType == VARINT) {
      each.accept(varint());
      return;
    }
    ProtobufInput packed = message();
    while (packed.position < packed.end) {
      each.accept(packed.varint());
    }
  }

  /** Steps over the field. */
  void skip() {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> advance(Long.BYTES);
      case BYTES -> advance(length());
      case FIXED32 -> advance(Integer.BYTES);
      default -> throw new MalformedDataException("a field of wire type " + wireType);
    }
  }

  private int length() {
    expect(BYTES);
    long length = varint();
    if (length < 0 || length > end - position) {
      throw new MalformedDataException(
          "a field of " + length + " bytes where " + (end - position) + " are left");
    }
    return (int) length;
  }

  private void advance(int length) {
    if (length > end - position) {
      throw new MalformedDataException("a message ends within a field");
    }
    position += length;
  }

  private void expect(int wanted) {
    if (wireType != wanted) {
      throw new MalformedDataException("a field of wire type " + wireType + ", not " + wanted);
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (position >= end) {
        throw new MalformedDataException("a message ends within a number");
      }
      byte next = bytes[position++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedDataException("a number of more than ten bytes");
  }
}
