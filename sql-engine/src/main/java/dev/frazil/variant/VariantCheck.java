package dev.frazil.variant;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Checks bytes before anything believes them: each offset lies where it may, values do not overlap,
 * so that the work is bounded by the size, names are not repeated, text is UTF-8, nesting is at
 * most {@link VariantLimits#MAX_DEPTH}. What has passed can be read without further checks. One
 * object a column: it remembers the dictionary that it saw last. Not thread-safe.
 */
public final class VariantCheck {
  private byte[] lastNames = new byte[0];
  private int nameCount;

  /** Whether names ascend, so that ascending ids are different names. */
  private boolean sorted;

  private byte[][] names = new byte[0][];

  /**
   * Checks {@code data[from..to)} as a dictionary of names; the values checked next belong to it.
   */
  public void names(byte[] data, int from, int to) {
    if (lastNames.length > 0 && Arrays.equals(lastNames, 0, lastNames.length, data, from, to)) {
      return;
    }
    lastNames = new byte[0];
    if (to - from < 3 || (data[from] & VariantBytes.VERSION_MASK) != VariantBytes.VERSION) {
      throw new MalformedVariantException("the metadata has no header of version 1");
    }
    int width = ((data[from] >> 6) & 3) + 1;
    long offsets = from + 1L + width;
    long count = offsets > to ? -1 : VariantBytes.unsigned(data, from + 1, width);
    long text = offsets + (count + 1) * width;
    if (count < 0 || text > to) {
      throw new MalformedVariantException("the metadata names more fields than it has bytes for");
    }
    nameCount = (int) count;
    names = new byte[nameCount][];
    sorted = true;
    int start = VariantBytes.unsigned(data, (int) offsets, width);
    if (start != 0) {
      throw new MalformedVariantException("the first name does not begin at 0");
    }
    for (int i = 0; i < nameCount; i++) {
      int end = VariantBytes.unsigned(data, (int) offsets + (i + 1) * width, width);
      if (end < start || end > to - text) {
        throw new MalformedVariantException("a name lies outside of the metadata");
      }
      names[i] = Arrays.copyOfRange(data, (int) text + start, (int) text + end);
      text(names[i], 0, names[i].length);
      sorted &= i == 0 || Arrays.compareUnsigned(names[i - 1], names[i]) < 0;
      start = end;
    }
    if (start != to - text) {
      throw new MalformedVariantException("the metadata goes on behind its last name");
    }
    if (!sorted && (data[from] & VariantBytes.SORTED_BIT) != 0) {
      throw new MalformedVariantException(
          "the metadata says that its names ascend, but they do not");
    }
    lastNames = Arrays.copyOfRange(data, from, to);
  }

  /** Checks that {@code data[from..to)} is one value over the names checked before. */
  public void value(byte[] data, int from, int to) {
    if (to - from > VariantLimits.MAX_BYTES) {
      throw new MalformedVariantException("a variant of " + (to - from) + " bytes");
    }
    if (value(data, from, to, 0) != to) {
      throw new MalformedVariantException("bytes follow the value");
    }
  }

  /** Checks the value that begins at {@code at}; where it ends. */
  private int value(byte[] data, int at, int to, int depth) {
    if (at >= to) {
      throw new MalformedVariantException("a value without bytes");
    }
    int header = (data[at] & 0xff) >> 2;
    return switch (data[at] & 3) {
      case VariantBytes.PRIMITIVE -> primitive(data, at, to, header);
      case VariantBytes.SHORT_STRING -> {
        int end = within(at + 1L, header, to);
        text(data, at + 1, end);
        yield end;
      }
      default -> container(data, at, to, depth);
    };
  }

  private static int primitive(byte[] data, int at, int to, int id) {
    if (id >= VariantKind.PRIMITIVES) {
      throw new MalformedVariantException("there is no primitive type " + id);
    }
    VariantKind kind = VariantKind.primitive(id);
    int width = kind.widthBytes();
    if (width >= 0) {
      int end = within(at + 1L, width, to);
      if (kind.isDecimal() && (data[at + 1] & 0xff) > 38) {
        throw new MalformedVariantException("a decimal of scale " + (data[at + 1] & 0xff));
      }
      return end;
    }
    int start = within(at + 1L, 4, to);
    int end = within(start, VariantBytes.unsigned(data, at + 1, 4), to);
    if (kind == VariantKind.STRING) {
      text(data, start, end);
    }
    return end;
  }

  private int container(byte[] data, int at, int to, int depth) {
    if (depth >= VariantLimits.MAX_DEPTH) {
      throw new MalformedVariantException(
          "it nests deeper than " + VariantLimits.MAX_DEPTH + " levels");
    }
    Container shape = Container.of(data, at, to);
    boolean isObject = shape.isObject();
    int count = shape.count();
    int size = VariantBytes.unsigned(data, shape.offset(count), shape.offsetWidth());
    int end = within(shape.values(), size, to);
    long taken = 0;
    int previous = 0;
    for (int i = 0; i < count; i++) {
      int offset = VariantBytes.unsigned(data, shape.offset(i), shape.offsetWidth());
      if (offset < 0 || offset >= size) {
        throw new MalformedVariantException("a member lies outside of its container");
      }
      if (!isObject && offset < previous) {
        throw new MalformedVariantException("the elements of an array do not ascend");
      }
      int memberEnd = value(data, shape.values() + offset, end, depth + 1);
      taken += memberEnd - shape.values() - offset;
      if (taken > size) {
        throw new MalformedVariantException("the members of a container overlap");
      }
      previous = memberEnd - shape.values();
    }
    if (isObject) {
      distinctNames(data, shape);
    }
    return end;
  }

  private void distinctNames(byte[] data, Container shape) {
    int before = -1;
    boolean ascending = true;
    for (int i = 0; i < shape.count(); i++) {
      int id = VariantBytes.unsigned(data, shape.id(i), shape.idWidth());
      if (id < 0 || id >= nameCount) {
        throw new MalformedVariantException("a field has the name " + id + " of " + nameCount);
      }
      ascending &=
          before < 0
              || (sorted ? id > before : Arrays.compareUnsigned(names[before], names[id]) < 0);
      before = id;
    }
    if (ascending) {
      return;
    }
    Set<ByteBuffer> seen = new HashSet<>();
    for (int i = 0; i < shape.count(); i++) {
      byte[] name = names[VariantBytes.unsigned(data, shape.id(i), shape.idWidth())];
      if (!seen.add(ByteBuffer.wrap(name))) {
        throw new MalformedVariantException("an object has two fields of one name");
      }
    }
  }

  private static int within(long at, int size, int to) {
    if (size < 0 || at + size > to) {
      throw new MalformedVariantException("a value goes on behind its end");
    }
    return (int) (at + size);
  }

  /** Checks that the bytes are text in UTF-8. */
  public static void text(byte[] data, int from, int to) {
    for (int i = from; i < to; i++) {
      if (data[i] < 0) {
        try {
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data, i, to - i));
        } catch (CharacterCodingException notText) {
          MalformedVariantException malformed =
              new MalformedVariantException("a text is not UTF-8");
          malformed.initCause(notText);
          throw malformed;
        }
        return;
      }
    }
  }
}
