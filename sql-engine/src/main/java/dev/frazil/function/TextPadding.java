package dev.frazil.function;

import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.VectorBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes texts longer and shorter at their ends. */
final class TextPadding {
  private TextPadding() {}

  static void pad(Arguments in, VectorBuilder out, boolean atStart) {
    if (out.type() == Primitive.VARBINARY) {
      out.appendBytes(padBytes(in, atStart));
    } else {
      out.appendText(pad(in, atStart));
    }
  }

  private static byte[] padBytes(Arguments in, boolean atStart) {
    byte[] bytes = in.bytes(0);
    byte[] filler = in.bytes(2);
    long wanted = Math.max(0, in.integer(1));
    if (wanted <= bytes.length) {
      return Arrays.copyOf(bytes, (int) wanted);
    } else if (filler.length == 0) {
      throw FunctionErrors.argument("nothing to fill up with: the third argument has no bytes");
    }
    FunctionErrors.checkLength(wanted, atStart ? "lpad" : "rpad");
    byte[] padded = new byte[(int) wanted];
    int missing = (int) wanted - bytes.length;
    for (int i = 0; i < missing; i++) {
      padded[atStart ? i : bytes.length + i] = filler[i % filler.length];
    }
    System.arraycopy(bytes, 0, padded, atStart ? missing : 0, bytes.length);
    return padded;
  }

  private static String pad(Arguments in, boolean atStart) {
    String text = in.text(0);
    long wanted = Math.max(0, in.integer(1));
    String filler = in.count() > 2 ? in.text(2) : " ";
    int length = text.codePointCount(0, text.length());
    if (wanted <= length) {
      return text.substring(0, text.offsetByCodePoints(0, (int) wanted));
    }
    if (filler.isEmpty()) {
      return text;
    }
    FunctionErrors.checkLength(wanted, atStart ? "lpad" : "rpad");
    int missing = (int) wanted - length;
    int fillerLength = filler.codePointCount(0, filler.length());
    String fill =
        filler.repeat(missing / fillerLength)
            + filler.substring(0, filler.offsetByCodePoints(0, missing % fillerLength));
    return atStart ? fill + text : text + fill;
  }

  static void repeat(Arguments in, VectorBuilder out) {
    if (out.type() != Primitive.VARCHAR) {
      ArrayParts.repeat(in, out);
      return;
    }
    String text = in.text(0);
    long times = Math.max(0, in.integer(1));
    long bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > 0) {
      FunctionErrors.checkLength(
          times > FunctionErrors.MAX_LENGTH_BYTES ? Long.MAX_VALUE : bytes * times, "repeat");
    }
    out.appendText(bytes == 0 ? "" : text.repeat((int) times));
  }

  static String trim(Arguments in, boolean atStart, boolean atEnd) {
    int[] codes = in.text(0).codePoints().toArray();
    String stripped = in.count() > 1 ? in.text(1) : " ";
    int from = 0;
    int to = codes.length;
    while (atStart && from < to && stripped.indexOf(codes[from]) >= 0) {
      from++;
    }
    while (atEnd && from < to && stripped.indexOf(codes[to - 1]) >= 0) {
      to--;
    }
    return new String(codes, from, to - from);
  }
}
