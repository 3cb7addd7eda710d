package dev.frazil.exec.expression;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Text to values of the other types; blanks around the text do not count. */
final class TextParsing {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,9})?");
  private static final Pattern UUID_TEXT =
      Pattern.compile("\\p{XDigit}{8}-(\\p{XDigit}{4}-){3}\\p{XDigit}{12}");

  private TextParsing() {}

  static void appendNumber(ColumnVector source, int row, VectorBuilder result) {
    String text = ByteSlice.of(source, row).text().strip();
    SqlType type = result.type();
    if (NumberConversions.isFloating(type)) {
      double value = parseDouble(text, type);
      NumberConversions.appendFloating(value, result);
      return;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw ConversionErrors.notA(type, text);
    }
    NumberConversions.appendExact(new BigDecimal(text), result);
  }

  private static double parseDouble(String text, SqlType type) {
    if (NUMBER.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      if (Double.isInfinite(value)) {
        throw ConversionErrors.outOfRange(text, type);
      }
      return value;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw ConversionErrors.notA(type, text);
    };
  }

  static void appendBoolean(ColumnVector source, int row, VectorBuilder result) {
    String text = ByteSlice.of(source, row).text().strip();
    switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> result.appendBoolean(true);
      case "false", "f", "no", "n", "off", "0" -> result.appendBoolean(false);
      default -> throw ConversionErrors.notA(result.type(), text);
    }
  }

  static void appendUuid(ColumnVector source, int row, VectorBuilder result) {
    String text = ByteSlice.of(source, row).text().strip();
    if (!UUID_TEXT.matcher(text).matches()) {
      throw ConversionErrors.notA(result.type(), text);
    }
    UUID uuid = UUID.fromString(text);
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    result.appendBytes(bytes.array());
  }
}
