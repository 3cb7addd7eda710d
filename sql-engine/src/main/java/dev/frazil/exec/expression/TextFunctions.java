package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.function.FunctionErrors;
import dev.frazil.kernel.LikeMatcher;
import dev.frazil.kernel.TextKernels;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorBuilder;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The functions of text and of byte strings, a row at a time. */
final class TextFunctions {
  private TextFunctions() {}

  /** The function of that name over operands of these types, if it is one of text. */
  static Optional<RowFunction> of(ScalarFunction function, boolean binary) {
    return switch (function) {
      case UPPER ->
          Optional.of(
              (operands, row, result) -> {
                ByteSlice text = ByteSlice.of(operands.get(0), row);
                result.appendBytes(TextKernels.upper(text.data(), text.from(), text.to()));
              });
      case LOWER ->
          Optional.of(
              (operands, row, result) -> {
                ByteSlice text = ByteSlice.of(operands.get(0), row);
                result.appendBytes(TextKernels.lower(text.data(), text.from(), text.to()));
              });
      case SUBSTRING ->
          Optional.of((operands, row, result) -> substring(operands, row, result, binary));
      case CHAR_LENGTH ->
          Optional.of(
              (operands, row, result) -> {
                ByteSlice text = ByteSlice.of(operands.get(0), row);
                appendNumber(result, TextKernels.length(text.data(), text.from(), text.to()));
              });
      case OCTET_LENGTH ->
          Optional.of(
              (operands, row, result) ->
                  appendNumber(result, ByteSlice.of(operands.get(0), row).lengthBytes()));
      case TRIM_BOTH ->
          Optional.of((operands, row, result) -> trim(operands, row, result, true, true));
      case TRIM_LEADING ->
          Optional.of((operands, row, result) -> trim(operands, row, result, true, false));
      case TRIM_TRAILING ->
          Optional.of((operands, row, result) -> trim(operands, row, result, false, true));
      case POSITION ->
          Optional.of(
              (operands, row, result) -> appendNumber(result, position(operands, row, binary)));
      case REPLACE -> Optional.of(TextFunctions::replace);
      case STARTS_WITH -> Optional.of(TextFunctions::startsWith);
      case CONCAT -> Optional.of(TextFunctions::concat);
      case LIKE -> Optional.of((operands, row, result) -> like(operands, row, result, false));
      case ILIKE -> Optional.of((operands, row, result) -> like(operands, row, result, true));
      // not exhaustive on purpose: the other functions are not of text
      default -> Optional.empty();
    };
  }

  private static void substring(
      List<ColumnVector> operands, int row, VectorBuilder result, boolean binary) {
    ByteSlice text = ByteSlice.of(operands.get(0), row);
    long start = integer(operands.get(1), row);
    long end = Long.MAX_VALUE;
    if (operands.size() > 2) {
      long length = integer(operands.get(2), row);
      if (length < 0) {
        throw new EngineException(
            SqlState.INVALID_PARAMETER_VALUE,
            "the length of SUBSTRING must not be negative: " + length);
      }
      end = start > 0 && length > Long.MAX_VALUE - start ? Long.MAX_VALUE : start + length;
    }
    // positions before the first count towards the length, as in ISO 9075
    long skip = Math.max(start, 1) - 1;
    long take = Math.max(0, end - Math.max(start, 1));
    if (binary) {
      int from = (int) Math.min(text.to(), text.from() + Math.min(skip, text.lengthBytes()));
      int to = (int) (from + Math.min(take, text.to() - from));
      result.appendBytes(text.data(), from, to - from);
      return;
    }
    int from = TextKernels.advance(text.data(), text.from(), text.to(), skip);
    int to =
        take >= text.to() - from
            ? text.to()
            : TextKernels.advance(text.data(), from, text.to(), take);
    result.appendBytes(text.data(), from, to - from);
  }

  private static void trim(
      List<ColumnVector> operands, int row, VectorBuilder result, boolean start, boolean end) {
    ByteSlice text = ByteSlice.of(operands.get(0), row);
    int[] stripped = ByteSlice.of(operands.get(1), row).text().codePoints().toArray();
    byte[] data = text.data();
    int from = text.from();
    int to = text.to();
    if (stripped.length == 1 && stripped[0] < 0x80) {
      while (start && from < to && data[from] == stripped[0]) {
        from++;
      }
      while (end && from < to && data[to - 1] == stripped[0]) {
        to--;
      }
      result.appendBytes(data, from, to - from);
      return;
    }
    int[] codes = text.text().codePoints().toArray();
    int first = 0;
    int last = codes.length;
    while (start && first < last && contains(stripped, codes[first])) {
      first++;
    }
    while (end && first < last && contains(stripped, codes[last - 1])) {
      last--;
    }
    result.appendText(new String(codes, first, last - first));
  }

  private static boolean contains(int[] codes, int wanted) {
    return Arrays.stream(codes).anyMatch(code -> code == wanted);
  }

  private static int position(List<ColumnVector> operands, int row, boolean binary) {
    ByteSlice needle = ByteSlice.of(operands.get(0), row);
    ByteSlice text = ByteSlice.of(operands.get(1), row);
    int at =
        TextKernels.indexOf(
            text.data(), text.from(), text.to(), needle.data(), needle.from(), needle.to());
    if (at < 0) {
      return 0;
    }
    return 1 + (binary ? at - text.from() : TextKernels.length(text.data(), text.from(), at));
  }

  private static void replace(List<ColumnVector> operands, int row, VectorBuilder result) {
    ByteSlice text = ByteSlice.of(operands.get(0), row);
    ByteSlice wanted = ByteSlice.of(operands.get(1), row);
    ByteSlice replacement = ByteSlice.of(operands.get(2), row);
    if (wanted.lengthBytes() == 0) {
      result.appendBytes(text.data(), text.from(), text.lengthBytes());
      return;
    }
    ByteArrayOutputStream replaced = new ByteArrayOutputStream();
    int from = text.from();
    while (true) {
      int at =
          TextKernels.indexOf(
              text.data(), from, text.to(), wanted.data(), wanted.from(), wanted.to());
      if (at < 0) {
        break;
      }
      replaced.write(text.data(), from, at - from);
      replaced.write(replacement.data(), replacement.from(), replacement.lengthBytes());
      FunctionErrors.checkLength(replaced.size(), "replace");
      from = at + wanted.lengthBytes();
    }
    replaced.write(text.data(), from, text.to() - from);
    result.appendBytes(replaced.toByteArray());
  }

  private static void startsWith(List<ColumnVector> operands, int row, VectorBuilder result) {
    ByteSlice text = ByteSlice.of(operands.get(0), row);
    ByteSlice prefix = ByteSlice.of(operands.get(1), row);
    result.appendBoolean(
        prefix.lengthBytes() <= text.lengthBytes()
            && Arrays.equals(
                text.data(),
                text.from(),
                text.from() + prefix.lengthBytes(),
                prefix.data(),
                prefix.from(),
                prefix.to()));
  }

  private static void concat(List<ColumnVector> operands, int row, VectorBuilder result) {
    int length = 0;
    for (ColumnVector operand : operands) {
      length = Math.addExact(length, ByteSlice.of(operand, row).lengthBytes());
    }
    byte[] joined = new byte[length];
    int at = 0;
    for (ColumnVector operand : operands) {
      ByteSlice part = ByteSlice.of(operand, row);
      System.arraycopy(part.data(), part.from(), joined, at, part.lengthBytes());
      at += part.lengthBytes();
    }
    result.appendBytes(joined);
  }

  private static void like(
      List<ColumnVector> operands, int row, VectorBuilder result, boolean ignoreCase) {
    ByteSlice text = ByteSlice.of(operands.get(0), row);
    String pattern = ByteSlice.of(operands.get(1), row).text();
    String escape = operands.size() > 2 ? ByteSlice.of(operands.get(2), row).text() : null;
    LikeMatcher matcher = LikeMatcher.compile(pattern, escape, ignoreCase);
    result.appendBoolean(matcher.matches(text.data(), text.from(), text.to()));
  }

  /** An operand of kind INT or LONG. */
  static long integer(ColumnVector vector, int row) {
    return vector instanceof IntVector ints
        ? ints.values()[row]
        : ((LongVector) vector).values()[row];
  }

  private static void appendNumber(VectorBuilder result, long value) {
    if (result.type() == SqlType.Primitive.INTEGER) {
      result.appendInt((int) value);
    } else {
      result.appendLong(value);
    }
  }
}
