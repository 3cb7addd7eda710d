package dev.frazil.variant;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A value within the bytes of a variant: the dictionary of names at {@code names}, the value at
 * {@code start}. The bytes must have passed {@link VariantCheck} or be of {@link VariantBuilder};
 * of others the answers are undefined. A method for another kind than {@link #kind()} throws or
 * answers nonsense. Immutable as long as the array is.
 */
public record VariantValue(byte[] data, int names, int start) {

  /** The variant whose dictionary and value lie back to back from {@code from} on. */
  public static VariantValue at(byte[] data, int from) {
    return new VariantValue(data, from, from + VariantBytes.dictionaryBytes(data, from));
  }

  public VariantKind kind() {
    int header = (data[start] & 0xff) >> 2;
    return switch (data[start] & 3) {
      case VariantBytes.PRIMITIVE -> VariantKind.primitive(header);
      case VariantBytes.SHORT_STRING -> VariantKind.STRING;
      case VariantBytes.OBJECT -> VariantKind.OBJECT;
      default -> VariantKind.ARRAY;
    };
  }

  /** A whole number, days, micro- or nanoseconds: what the kind says. */
  public long integer() {
    return VariantBytes.signed(data, start + 1, kind().widthBytes());
  }

  /** A double or float. */
  public double floating() {
    return kind() == VariantKind.FLOAT
        ? Float.intBitsToFloat((int) VariantBytes.signed(data, start + 1, 4))
        : Double.longBitsToDouble(VariantBytes.signed(data, start + 1, 8));
  }

  /** A decimal, or a whole number. */
  public BigDecimal exact() {
    VariantKind kind = kind();
    if (!kind.isDecimal()) {
      return BigDecimal.valueOf(integer());
    }
    byte[] unscaled = new byte[kind.widthBytes() - 1];
    for (int i = 0; i < unscaled.length; i++) {
      unscaled[i] = data[start + 1 + unscaled.length - i];
    }
    return new BigDecimal(new BigInteger(unscaled), data[start + 1] & 0xff);
  }

  public String text() {
    boolean isShort = (data[start] & 3) == VariantBytes.SHORT_STRING;
    int from = isShort ? start + 1 : start + 5;
    return new String(data, from, end() - from, StandardCharsets.UTF_8);
  }

  public byte[] bytes() {
    return Arrays.copyOfRange(data, start + 5, end());
  }

  public UUID uuid() {
    long high = Long.reverseBytes(VariantBytes.signed(data, start + 1, 8));
    return new UUID(high, Long.reverseBytes(VariantBytes.signed(data, start + 9, 8)));
  }

  /** Where the value ends. */
  public int end() {
    int header = (data[start] & 0xff) >> 2;
    return switch (data[start] & 3) {
      case VariantBytes.PRIMITIVE -> {
        int width = VariantKind.primitive(header).widthBytes();
        yield width >= 0
            ? start + 1 + width
            : start + 5 + VariantBytes.unsigned(data, start + 1, 4);
      }
      case VariantBytes.SHORT_STRING -> start + 1 + header;
      default -> {
        Container shape = Container.of(data, start);
        yield shape.values()
            + VariantBytes.unsigned(data, shape.offset(shape.count()), shape.offsetWidth());
      }
    };
  }

  /** Fields of an object, elements of an array. */
  public int count() {
    return Container.of(data, start).count();
  }

  /** The value of an element, or of a field by its place. */
  public VariantValue member(int index) {
    return new VariantValue(data, names, Container.of(data, start).value(data, index));
  }

  /** The name of a field of an object. */
  public String name(int index) {
    Container shape = Container.of(data, start);
    int id = VariantBytes.unsigned(data, shape.id(index), shape.idWidth());
    int from = nameStart(id);
    return new String(data, from, nameStart(id + 1) - from, StandardCharsets.UTF_8);
  }

  /** The field of a name, or null: of this object, whatever the order of its fields. */
  public @Nullable VariantValue field(byte[] name) {
    Container shape = Container.of(data, start);
    for (int i = 0; i < shape.count(); i++) {
      int id = VariantBytes.unsigned(data, shape.id(i), shape.idWidth());
      if (Arrays.equals(data, nameStart(id), nameStart(id + 1), name, 0, name.length)) {
        return new VariantValue(data, names, shape.value(data, i));
      }
    }
    return null;
  }

  private int nameStart(int id) {
    int width = ((data[names] >> 6) & 3) + 1;
    int count = VariantBytes.unsigned(data, names + 1, width);
    int offsets = names + 1 + width;
    return offsets + (count + 1) * width + VariantBytes.unsigned(data, offsets + id * width, width);
  }

  /** Bytes of the dictionary. */
  public int namesBytes() {
    return VariantBytes.dictionaryBytes(data, names);
  }

  /** This value as a variant of its own: its dictionary, then it. */
  public byte[] toBytes() {
    int dictionary = namesBytes();
    int end = end();
    byte[] whole = new byte[dictionary + end - start];
    System.arraycopy(data, names, whole, 0, dictionary);
    System.arraycopy(data, start, whole, dictionary, end - start);
    return whole;
  }
}
