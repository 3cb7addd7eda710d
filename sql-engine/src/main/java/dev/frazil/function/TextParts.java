package dev.frazil.function;

import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;

/** Takes texts apart and puts them together. */
final class TextParts {
  private TextParts() {}

  static void left(Arguments in, VectorBuilder out) {
    String text = in.text(0);
    out.appendText(text.substring(0, offset(text, wanted(text, in.integer(1)))));
  }

  static void right(Arguments in, VectorBuilder out) {
    String text = in.text(0);
    int length = text.codePointCount(0, text.length());
    out.appendText(text.substring(offset(text, length - wanted(text, in.integer(1)))));
  }

  /** How many characters of a text a count means. */
  private static int wanted(String text, long count) {
    int length = text.codePointCount(0, text.length());
    return (int) (count >= 0 ? Math.min(count, length) : Math.max(0, length + count));
  }

  private static int offset(String text, int characters) {
    return text.offsetByCodePoints(0, characters);
  }

  static void splitPart(Arguments in, VectorBuilder out) {
    long wanted = in.integer(2);
    if (wanted == 0) {
      throw FunctionErrors.argument("the parts of split_part are counted from 1, or from -1");
    }
    List<String> parts = parts(in.text(0), in.text(1), Integer.MAX_VALUE);
    long index = wanted > 0 ? wanted - 1 : parts.size() + wanted;
    out.appendText(index >= 0 && index < parts.size() ? parts.get((int) index) : "");
  }

  static void split(Arguments in, VectorBuilder out) {
    int limit = in.count() > 2 ? in.integer(2, 1, Integer.MAX_VALUE, "the limit of split") : 0;
    ListVectorBuilder list = (ListVectorBuilder) out;
    int most = limit == 0 ? Integer.MAX_VALUE : limit;
    for (String part : parts(in.text(0), in.text(1), most)) {
      list.elements().appendText(part);
    }
    list.endRow();
  }

  static void toArray(Arguments in, VectorBuilder out) {
    if (in.isNull(0)) {
      out.appendNull();
      return;
    }
    ListVectorBuilder list = (ListVectorBuilder) out;
    String text = in.text(0);
    List<String> parts =
        in.isNull(1)
            ? text.codePoints().mapToObj(Character::toString).toList()
            : parts(text, in.text(1), Integer.MAX_VALUE);
    String none = in.count() > 2 && !in.isNull(2) ? in.text(2) : null;
    for (String part : text.isEmpty() ? List.<String>of() : parts) {
      list.elements().appendValue(part.equals(none) ? null : part);
    }
    list.endRow();
  }

  /** An empty delimiter cuts nowhere. */
  private static List<String> parts(String text, String delimiter, int limit) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    int at = delimiter.isEmpty() ? -1 : text.indexOf(delimiter);
    while (at >= 0 && parts.size() < limit - 1) {
      parts.add(text.substring(from, at));
      from = at + delimiter.length();
      at = text.indexOf(delimiter, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  static void overlay(Arguments in, VectorBuilder out) {
    String text = in.text(0);
    String placed = in.text(1);
    int length = text.codePointCount(0, text.length());
    long start = in.integer(2);
    if (start < 1) {
      throw FunctionErrors.argument("OVERLAY starts at 1 or later, not at " + start);
    }
    long replaced = in.count() > 3 ? in.integer(3) : placed.codePointCount(0, placed.length());
    int from = (int) Math.min(length, start - 1);
    int to = (int) Math.max(0, Math.min(length, from + Math.min(replaced, length)));
    out.appendText(
        text.substring(0, offset(text, from)) + placed + text.substring(offset(text, to)));
  }

  static void reverse(Arguments in, VectorBuilder out) {
    if (out instanceof ListVectorBuilder list) {
      ColumnVector elements = in.elements(0);
      for (int i = in.end(0) - 1; i >= in.start(0); i--) {
        list.elements().appendFrom(elements, i);
      }
      list.endRow();
      return;
    }
    if (out.type() == Primitive.VARBINARY) {
      byte[] bytes = in.bytes(0);
      byte[] reversed = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        reversed[bytes.length - 1 - i] = bytes[i];
      }
      out.appendBytes(reversed);
      return;
    }
    // pairs of surrogates keep their order
    out.appendText(new StringBuilder(in.text(0)).reverse().toString());
  }

  static void concatenate(Arguments in, VectorBuilder out) {
    if (in.isNull(0)) {
      out.appendNull();
      return;
    }
    String separator = in.text(0);
    StringBuilder joined = new StringBuilder();
    boolean first = true;
    if (in.count() == 2 && in.vector(1) instanceof ListVector) {
      ColumnVector elements = in.elements(1);
      for (int i = in.start(1); !in.isNull(1) && i < in.end(1); i++) {
        if (!elements.isNull(i)) {
          joined.append(first ? "" : separator).append(ArrayParts.text(elements, i));
          first = false;
        }
      }
      out.appendText(joined.toString());
      return;
    }
    for (int i = 1; i < in.count(); i++) {
      if (!in.isNull(i)) {
        joined.append(first ? "" : separator).append(in.text(i));
        first = false;
      }
    }
    out.appendText(joined.toString());
  }

  static void format(Arguments in, VectorBuilder out) {
    String pattern = in.text(0);
    StringBuilder text = new StringBuilder();
    int next = 1;
    int position = 0;
    while (position < pattern.length()) {
      char character = pattern.charAt(position++);
      if (character != '%') {
        text.append(character);
        continue;
      }
      int sign = position - 1;
      char kind = position < pattern.length() ? pattern.charAt(position++) : '\0';
      if (kind == '%') {
        text.append('%');
      } else if (kind != 's') {
        throw FunctionErrors.argument(
            "a pattern knows %s and %%, not '"
                + FunctionErrors.shown(pattern.substring(sign))
                + "'");
      } else if (next >= in.count()) {
        throw FunctionErrors.argument(
            "the pattern '" + FunctionErrors.shown(pattern) + "' has more %s than arguments");
      } else {
        text.append(in.text(next++));
      }
    }
    out.appendText(text.toString());
  }
}
