package dev.frazil.jdbc;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.variant.VariantJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns a Java value into the form that the engine wants for a marker's type (that of {@link
 * dev.frazil.plan.ScalarExpression.Literal}). What does not fit is 22003, 22018, 22007 or 22001,
 * never cut: a value that was rounded would match other rows. Only fractions of a microsecond are
 * dropped, and floating-point numbers are rounded to the scale of a decimal.
 */
final class ParameterConversion {
  private static final int MAX_ZEROS = 100_000;

  private ParameterConversion() {}

  /**
   * @param value null or a value that {@link ParameterBinder} has copied
   * @param index the marker, from 1, for messages; 0 for a value that is part of no statement yet
   */
  static @Nullable Object convert(@Nullable Object value, SqlType type, int index)
      throws SQLException {
    if (value == null) {
      return null;
    }
    if (type instanceof SqlType.Primitive primitive) {
      return switch (primitive) {
        case BOOLEAN -> toBoolean(value, type, index);
        case INTEGER -> (int) whole(value, type, index, Integer.MIN_VALUE, Integer.MAX_VALUE);
        case BIGINT -> whole(value, type, index, Long.MIN_VALUE, Long.MAX_VALUE);
        case REAL -> toFloat(value, type, index);
        case DOUBLE -> toDouble(value, type, index);
        case DATE -> TemporalParameters.epochDay(value, type, index);
        case TIME -> TemporalParameters.microsOfDay(value, type, index);
        case TIMESTAMP -> TemporalParameters.localMicros(value, type, index);
        case TIMESTAMP_WITH_TIME_ZONE -> TemporalParameters.instantMicros(value, type, index);
        case TIMESTAMP_NANO -> TemporalParameters.localNanos(value, type, index);
        case TIMESTAMP_NANO_WITH_TIME_ZONE -> TemporalParameters.instantNanos(value, type, index);
        case VARCHAR -> toText(value, type, index);
        case VARBINARY -> toBytes(value, type, index);
        case UUID -> UuidAccessor.toBytes(toUuid(value, type, index));
        case VARIANT -> toVariant(value, type, index);
        case UNKNOWN ->
            throw SqlExceptions.of(
                SqlState.INDETERMINATE_DATATYPE,
                "the type of " + marker(index) + " cannot be told: CAST it");
      };
    }
    if (type instanceof SqlType.DecimalType decimal) {
      return toDecimal(value, decimal, index);
    }
    if (type instanceof SqlType.FixedType fixed) {
      byte[] bytes = toBytes(value, type, index);
      if (bytes.length != fixed.lengthBytes()) {
        throw SqlExceptions.of(
            SqlState.STRING_TOO_LONG,
            marker(index) + " has " + bytes.length + " bytes, but its type is " + type.sqlName());
      }
      return bytes;
    }
    if (type instanceof SqlType.GeospatialType) {
      return GeometryAccessor.parameter(value, type, index);
    }
    if (type instanceof SqlType.ArrayType array) {
      return NestedParameters.toArray(value, array, index);
    }
    if (type instanceof SqlType.RowType row) {
      return NestedParameters.toRow(value, row, index);
    }
    return NestedParameters.toMap(value, (SqlType.MapType) type, index);
  }

  private static Boolean toBoolean(Object value, SqlType type, int index) throws SQLException {
    if (value instanceof Boolean given) {
      return given;
    }
    if (value instanceof Number) {
      long number = whole(value, type, index, 0, 1);
      return number == 1;
    }
    if (value instanceof String text) {
      return TextForms.parseBoolean(text);
    }
    throw misfit(value, type, index);
  }

  private static long whole(Object value, SqlType type, int index, long least, long greatest)
      throws SQLException {
    BigDecimal number = number(value, type, index);
    try {
      if (number.signum() == 0 || number.precision() - (long) number.scale() <= 20) {
        long whole = number.signum() == 0 ? 0 : number.longValueExact();
        if (whole >= least && whole <= greatest) {
          return whole;
        }
      }
    } catch (ArithmeticException e) {
      throw outOfRange(value, type, index, e);
    }
    throw outOfRange(value, type, index, null);
  }

  private static Double toDouble(Object value, SqlType type, int index) throws SQLException {
    if (value instanceof Double || value instanceof Float) {
      return ((Number) value).doubleValue();
    }
    if (value instanceof String text) {
      return TextForms.parseDouble(text);
    }
    double converted = number(value, type, index).doubleValue();
    if (Double.isInfinite(converted)) {
      throw outOfRange(value, type, index, null);
    }
    return converted;
  }

  private static Float toFloat(Object value, SqlType type, int index) throws SQLException {
    double given = toDouble(value, type, index);
    float narrowed = (float) given;
    if (Float.isInfinite(narrowed) && !Double.isInfinite(given)) {
      throw outOfRange(value, type, index, null);
    }
    return narrowed;
  }

  private static BigDecimal toDecimal(Object value, SqlType.DecimalType type, int index)
      throws SQLException {
    BigDecimal number = number(value, type, index);
    if (number.precision() - (long) number.scale() > SqlType.DecimalType.MAX_PRECISION
        && number.signum() != 0) {
      throw outOfRange(value, type, index, null);
    }
    boolean inexact = value instanceof Double || value instanceof Float;
    BigDecimal scaled;
    try {
      scaled =
          number.setScale(type.scale(), inexact ? RoundingMode.HALF_UP : RoundingMode.UNNECESSARY);
    } catch (ArithmeticException e) {
      throw SqlExceptions.of(
          SqlState.NUMERIC_OUT_OF_RANGE,
          marker(index)
              + " has more digits after the point than its type "
              + type.sqlName()
              + " holds; round it first",
          e);
    }
    if (scaled.precision() > type.precision()) {
      throw outOfRange(value, type, index, null);
    }
    return scaled;
  }

  /** Any number, text that spells one, or a boolean as 0 and 1. */
  static BigDecimal number(Object value, SqlType type, int index) throws SQLException {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (Double.isNaN(number) || Double.isInfinite(number)) {
        throw outOfRange(value, type, index, null);
      }
      return new BigDecimal(value.toString());
    }
    if (value instanceof Number whole) {
      return BigDecimal.valueOf(whole.longValue());
    }
    if (value instanceof Boolean flag) {
      return flag ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    if (value instanceof String text) {
      return TextForms.parseDecimal(text);
    }
    throw misfit(value, type, index);
  }

  private static String toText(Object value, SqlType type, int index) throws SQLException {
    if (value instanceof BigDecimal decimal) {
      if (Math.abs((long) decimal.scale()) > MAX_ZEROS) {
        throw outOfRange(value, type, index, null); // its digits would fill the memory
      }
      return decimal.toPlainString();
    }
    if (value instanceof String text) {
      return wellFormed(text, index);
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof UUID) {
      return value.toString();
    }
    return TemporalParameters.text(value, type, index);
  }

  /** Half of a surrogate pair is no character: UTF-8 has no bytes for it, and '?' is another. */
  private static String wellFormed(String text, int index) throws SQLException {
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at); // of half of a pair the half
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        throw SqlExceptions.of(
            SqlState.INVALID_CAST,
            marker(index) + " has half of a surrogate pair at position " + (at + 1));
      }
      at += Character.charCount(codePoint);
    }
    return text;
  }

  private static byte[] toBytes(Object value, SqlType type, int index) throws SQLException {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    if (value instanceof UUID uuid) {
      return UuidAccessor.toBytes(uuid);
    }
    throw misfit(value, type, index);
  }

  private static UUID toUuid(Object value, SqlType type, int index) throws SQLException {
    if (value instanceof UUID uuid) {
      return uuid;
    }
    if (value instanceof String text) {
      return TextForms.parseUuid(text);
    }
    if (value instanceof byte[] bytes && bytes.length == 16) {
      return UuidAccessor.toUuid(bytes);
    }
    throw misfit(value, type, index);
  }

  /** JSON text, or a number or boolean. */
  private static byte[] toVariant(Object value, SqlType type, int index) throws SQLException {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      try {
        return VariantJson.parse(toText(value, type, index));
      } catch (EngineException e) {
        throw SqlExceptions.of(e.state(), marker(index) + ": " + e.getMessage(), e);
      }
    }
    throw misfit(value, type, index);
  }

  static String marker(int index) {
    return index == 0 ? "a value of the array or row" : "parameter " + index;
  }

  static SQLException misfit(Object value, SqlType type, int index) {
    return SqlExceptions.of(
        SqlState.INVALID_CAST,
        marker(index)
            + " is a "
            + value.getClass().getName()
            + ", which does not fit the type "
            + type.sqlName());
  }

  private static SQLException outOfRange(
      Object value, SqlType type, int index, @Nullable Throwable cause) {
    String shown = value.toString();
    return SqlExceptions.of(
        SqlState.NUMERIC_OUT_OF_RANGE,
        marker(index)
            + " has the value "
            + (shown.length() <= 60 ? shown : shown.substring(0, 60) + "...")
            + ", which does not fit the type "
            + type.sqlName(),
        cause);
  }
}
