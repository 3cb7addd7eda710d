package dev.frazil.variant;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes one variant after the other, children first. Containers are written as: {@code int mark =
 * mark()}, for each member {@link #position} and the member, then {@link #array} or {@link
 * #object}. Fields are put in the order of the bytes of their names, as the format wants. More than
 * {@link VariantLimits#MAX_BYTES} is 54000. Not thread-safe.
 */
public final class VariantBuilder {
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<byte[]> names = new ArrayList<>();
  private byte[] buffer = new byte[64];
  private int size;

  /** A field of an object: its name, and where its value begins. */
  public record Field(int id, int position) {}

  /** Begins another variant. */
  public void clear() {
    ids.clear();
    names.clear();
    size = 0;
  }

  /** Begins another value over the same names. */
  public void clearValue() {
    size = 0;
  }

  /** Takes the names of a dictionary that is checked, with their ids. */
  public void names(byte[] data, int from) {
    clear();
    int width = ((data[from] >> 6) & 3) + 1;
    int count = VariantBytes.unsigned(data, from + 1, width);
    int offsets = from + 1 + width;
    int text = offsets + (count + 1) * width;
    for (int i = 0; i < count; i++) {
      int start = text + VariantBytes.unsigned(data, offsets + i * width, width);
      int end = text + VariantBytes.unsigned(data, offsets + (i + 1) * width, width);
      byte[] name = Arrays.copyOfRange(data, start, end);
      ids.putIfAbsent(new String(name, StandardCharsets.UTF_8), i);
      names.add(name);
    }
  }

  /** The id of a name, which is added to the dictionary where it is new. */
  public int name(String name) {
    Integer known = ids.get(name);
    if (known != null) {
      return known;
    }
    int id = names.size();
    ids.put(name, id);
    names.add(name.getBytes(StandardCharsets.UTF_8));
    return id;
  }

  /** Whether the dictionary has a name. */
  public boolean knows(String name) {
    return ids.containsKey(name);
  }

  /** Where the next value begins. */
  public int position() {
    return size;
  }

  public void appendNull() {
    primitive(VariantKind.NULL, 0, 0);
  }

  public void appendBoolean(boolean value) {
    primitive(value ? VariantKind.TRUE : VariantKind.FALSE, 0, 0);
  }

  /** A whole number in the fewest bytes. */
  public void appendInteger(long value) {
    if (value == (byte) value) {
      appendNumber(VariantKind.INT8, value);
    } else if (value == (short) value) {
      appendNumber(VariantKind.INT16, value);
    } else {
      appendNumber(value == (int) value ? VariantKind.INT32 : VariantKind.INT64, value);
    }
  }

  /** A number of a kind of fixed width that is no decimal; of floats their bits. */
  public void appendNumber(VariantKind kind, long value) {
    primitive(kind, value, kind.widthBytes());
  }

  public void appendDouble(double value) {
    appendNumber(VariantKind.DOUBLE, Double.doubleToRawLongBits(value));
  }

  public void appendFloat(float value) {
    appendNumber(VariantKind.FLOAT, Float.floatToRawIntBits(value));
  }

  /** A decimal of at most 38 digits and a scale of 0 to 38, in the fewest bytes. */
  public void appendDecimal(BigDecimal value) {
    BigInteger unscaled = value.unscaledValue();
    int precision = value.precision();
    if (value.scale() < 0 || value.scale() > 38 || precision > 38) {
      throw EngineException.internal("a decimal of " + precision + " digits in a variant");
    }
    VariantKind kind =
        precision <= 9
            ? VariantKind.DECIMAL4
            : precision <= 18 ? VariantKind.DECIMAL8 : VariantKind.DECIMAL16;
    int width = kind.widthBytes();
    ensure(1 + width);
    buffer[size++] = (byte) (kind.id() << 2);
    buffer[size++] = (byte) value.scale();
    VariantBytes.put(buffer, size, unscaled.longValue(), Math.min(8, width - 1));
    if (kind == VariantKind.DECIMAL16) {
      VariantBytes.put(buffer, size + 8, unscaled.shiftRight(64).longValue(), 8);
    }
    size += width - 1;
  }

  public void appendText(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    appendText(utf8, 0, utf8.length);
  }

  /** Text in UTF-8. */
  public void appendText(byte[] source, int from, int length) {
    if (length < 64) {
      ensure(1 + length);
      buffer[size++] = (byte) (length << 2 | VariantBytes.SHORT_STRING);
      System.arraycopy(source, from, buffer, size, length);
      size += length;
    } else {
      sized(VariantKind.STRING, source, from, length);
    }
  }

  public void appendBinary(byte[] source, int from, int length) {
    sized(VariantKind.BINARY, source, from, length);
  }

  public void appendUuid(UUID value) {
    primitive(VariantKind.UUID, Long.reverseBytes(value.getMostSignificantBits()), 8);
    ensure(8);
    VariantBytes.put(buffer, size, Long.reverseBytes(value.getLeastSignificantBits()), 8);
    size += 8;
  }

  /** The bytes of a value whose ids are those of this dictionary. */
  public void appendRaw(byte[] source, int from, int to) {
    ensure(to - from);
    System.arraycopy(source, from, buffer, size, to - from);
    size += to - from;
  }

  /** A value of another variant, its names brought into this dictionary. */
  public void append(VariantValue value) {
    VariantKind kind = value.kind();
    if (kind != VariantKind.OBJECT && kind != VariantKind.ARRAY) {
      appendRaw(value.data(), value.start(), value.end());
      return;
    }
    int mark = size;
    int count = value.count();
    List<Field> members = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      members.add(new Field(kind == VariantKind.OBJECT ? name(value.name(i)) : 0, size));
      append(value.member(i));
    }
    if (kind == VariantKind.OBJECT) {
      object(mark, members);
    } else {
      array(mark, members.stream().mapToInt(Field::position).toArray(), count);
    }
  }

  /** Makes an array of the members appended since {@code mark}, which begin at these positions. */
  public void array(int mark, int[] positions, int count) {
    int length = size - mark;
    int offsetWidth = VariantBytes.width(length);
    boolean isLarge = count > 255;
    int head = 1 + (isLarge ? 4 : 1) + (count + 1) * offsetWidth;
    shift(mark, head, (long) count * offsetWidth);
    int at = mark;
    int flags = (offsetWidth - 1) | (isLarge ? 4 : 0);
    buffer[at++] = (byte) (flags << 2 | VariantBytes.ARRAY);
    VariantBytes.put(buffer, at, count, isLarge ? 4 : 1);
    at += isLarge ? 4 : 1;
    for (int i = 0; i <= count; i++) {
      VariantBytes.put(buffer, at, i == count ? length : positions[i] - mark, offsetWidth);
      at += offsetWidth;
    }
  }

  /** Makes an object of the fields appended since {@code mark}; names are distinct. */
  public void object(int mark, List<Field> fields) {
    List<Field> ordered = new ArrayList<>(fields);
    ordered.sort(Comparator.comparing(field -> names.get(field.id()), Arrays::compareUnsigned));
    int count = ordered.size();
    int length = size - mark;
    int offsetWidth = VariantBytes.width(length);
    int greatest = 0;
    for (Field field : ordered) {
      greatest = Math.max(greatest, field.id());
    }
    int idWidth = VariantBytes.width(greatest);
    boolean isLarge = count > 255;
    long headBytes = 1L + (isLarge ? 4 : 1) + (long) count * idWidth + (count + 1L) * offsetWidth;
    shift(mark, (int) headBytes, headBytes);
    int at = mark;
    int flags = (offsetWidth - 1) | (idWidth - 1) << 2 | (isLarge ? 16 : 0);
    buffer[at++] = (byte) (flags << 2 | VariantBytes.OBJECT);
    VariantBytes.put(buffer, at, count, isLarge ? 4 : 1);
    at += isLarge ? 4 : 1;
    for (Field field : ordered) {
      VariantBytes.put(buffer, at, field.id(), idWidth);
      at += idWidth;
    }
    for (int i = 0; i <= count; i++) {
      int offset = i == count ? length : ordered.get(i).position() - mark;
      VariantBytes.put(buffer, at, offset, offsetWidth);
      at += offsetWidth;
    }
  }

  /** The value alone, over names that are known to the reader. */
  public byte[] valueBytes() {
    return Arrays.copyOf(buffer, size);
  }

  /** The dictionary and the value. */
  public byte[] build() {
    long textBytes = 0;
    for (byte[] name : names) {
      textBytes += name.length;
    }
    checkSize(textBytes + 5L * names.size() + size);
    int count = names.size();
    int width = VariantBytes.width((int) Math.max(textBytes, count));
    int text = 1 + width + (count + 1) * width;
    byte[] whole = new byte[text + (int) textBytes + size];
    whole[0] = (byte) (VariantBytes.VERSION | (width - 1) << 6);
    VariantBytes.put(whole, 1, count, width);
    int end = 0;
    for (int i = 0; i < count; i++) {
      byte[] name = names.get(i);
      System.arraycopy(name, 0, whole, text + end, name.length);
      end += name.length;
      VariantBytes.put(whole, 1 + width + (i + 1) * width, end, width);
    }
    System.arraycopy(buffer, 0, whole, text + end, size);
    return whole;
  }

  private void primitive(VariantKind kind, long value, int width) {
    ensure(1 + width);
    buffer[size++] = (byte) (kind.id() << 2);
    VariantBytes.put(buffer, size, value, width);
    size += width;
  }

  private void sized(VariantKind kind, byte[] source, int from, int length) {
    ensure(5L + length);
    buffer[size] = (byte) (kind.id() << 2);
    VariantBytes.put(buffer, size + 1, length, 4);
    System.arraycopy(source, from, buffer, size + 5, length);
    size += 5 + length;
  }

  /** Makes room for a head before the members. */
  private void shift(int mark, int head, long estimate) {
    ensure(Math.max(head, estimate));
    System.arraycopy(buffer, mark, buffer, mark + head, size - mark);
    size += head;
  }

  private void ensure(long more) {
    long needed = size + more;
    if (needed <= buffer.length) {
      return;
    }
    checkSize(needed);
    buffer = Arrays.copyOf(buffer, (int) Math.max(needed, buffer.length + (buffer.length >> 1)));
  }

  private static void checkSize(long bytes) {
    if (bytes > VariantLimits.MAX_BYTES) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "a variant takes " + bytes + " bytes, above the limit of " + VariantLimits.MAX_BYTES);
    }
  }
}
