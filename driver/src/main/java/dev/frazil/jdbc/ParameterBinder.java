package dev.frazil.jdbc;

import dev.frazil.engine.ParameterValues;
import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.type.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of the markers of one prepared statement, checked as they are set, so that the error names
 * the call that is wrong. Mutable objects are copied. Not thread-safe.
 */
final class ParameterBinder {
  private static final SqlType WIDEST =
      new SqlType.DecimalType(SqlType.DecimalType.MAX_PRECISION, 0);

  private final List<SqlType> types;
  private final @Nullable Object[] values;
  private final boolean[] given;

  ParameterBinder(List<SqlType> types) {
    this.types = List.copyOf(types);
    this.values = new @Nullable Object[types.size()];
    this.given = new boolean[types.size()];
  }

  /** Sets marker {@code index}, from 1. */
  void set(int index, @Nullable Object value) throws SQLException {
    if (index < 1 || index > values.length) {
      throw SqlExceptions.invalid(
          "there is no parameter " + index + "; the statement has " + values.length);
    }
    values[index - 1] = ParameterConversion.convert(simplified(value), types.get(index - 1), index);
    given[index - 1] = true;
  }

  /**
   * A time stamp as the calendar's zone shows it, or the instant itself where the marker is one.
   */
  void setTimestamp(int index, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    boolean instant = isInstant(index);
    set(index, value == null || instant ? value : LegacyDates.toLocalDateTime(value, calendar));
  }

  /**
   * A day as the calendar's zone shows it, or its beginning there where the marker is an instant.
   */
  void setDate(int index, @Nullable Date value, @Nullable Calendar calendar) throws SQLException {
    LocalDate day = value == null ? null : LegacyDates.toLocalDate(value, calendar);
    if (day != null && isInstant(index)) {
      set(index, day.atStartOfDay(LegacyDates.zone(calendar)));
    } else {
      set(index, day);
    }
  }

  private boolean isInstant(int index) {
    return index >= 1 && index <= values.length && Timestamps.hasZone(types.get(index - 1));
  }

  /**
   * {@code setObject} with a target type of {@link Types}: numbers, booleans, dates and times are
   * converted to it first, for every other type the marker's own decides. A scale that is not
   * negative rounds decimals.
   */
  void set(int index, @Nullable Object value, int targetType, int scale) throws SQLException {
    Object given = simplified(value);
    Object converted =
        switch (targetType) {
          case Types.REF, Types.ROWID, Types.DATALINK, Types.REF_CURSOR, Types.SQLXML ->
              throw SqlExceptions.unsupported("the type code " + targetType + " of java.sql.Types");
          case Types.TINYINT -> small(given, Byte.MIN_VALUE, Byte.MAX_VALUE, index);
          case Types.SMALLINT -> small(given, Short.MIN_VALUE, Short.MAX_VALUE, index);
          case Types.INTEGER -> converted(given, SqlType.Primitive.INTEGER, index);
          case Types.BIGINT -> converted(given, SqlType.Primitive.BIGINT, index);
          case Types.REAL -> converted(given, SqlType.Primitive.REAL, index);
          case Types.FLOAT, Types.DOUBLE -> converted(given, SqlType.Primitive.DOUBLE, index);
          case Types.BIT, Types.BOOLEAN -> converted(given, SqlType.Primitive.BOOLEAN, index);
          case Types.DATE -> converted(given, SqlType.Primitive.DATE, index);
          case Types.TIME -> converted(given, SqlType.Primitive.TIME, index);
          case Types.DECIMAL, Types.NUMERIC -> decimal(given, scale, index);
          default -> given;
        };
    set(index, converted);
  }

  private static @Nullable Object converted(
      @Nullable Object value, SqlType.Primitive target, int index) throws SQLException {
    return NestedValues.toJavaTime(ParameterConversion.convert(value, target, index), target);
  }

  private static @Nullable Object small(@Nullable Object value, int least, int greatest, int index)
      throws SQLException {
    Object converted = ParameterConversion.convert(value, SqlType.Primitive.INTEGER, index);
    if (converted instanceof Integer number && (number < least || number > greatest)) {
      throw SqlExceptions.of(
          SqlState.NUMERIC_OUT_OF_RANGE,
          ParameterConversion.marker(index)
              + " has the value "
              + number
              + ", which is not between "
              + least
              + " and "
              + greatest);
    }
    return converted;
  }

  private static @Nullable Object decimal(@Nullable Object value, int scale, int index)
      throws SQLException {
    if (value == null) {
      return null;
    }
    BigDecimal number = ParameterConversion.number(value, WIDEST, index);
    if (scale < 0) {
      return value instanceof Double || value instanceof Float ? value : number;
    }
    if (number.precision() - (long) number.scale() > SqlType.DecimalType.MAX_PRECISION) {
      return number; // too large for any decimal, which the marker's type tells
    }
    return number.setScale(
        Math.min(scale, SqlType.DecimalType.MAX_PRECISION), RoundingMode.HALF_UP);
  }

  /** The values of one execution; every marker must have been set. */
  ParameterValues values() throws SQLException {
    for (int i = 0; i < given.length; i++) {
      if (!given[i]) {
        throw SqlExceptions.invalid("parameter " + (i + 1) + " is not set");
      }
    }
    return new ParameterValues(new ArrayList<>(Arrays.asList(values)));
  }

  void clear() {
    Arrays.fill(values, null);
    Arrays.fill(given, false);
  }

  /** A value that will not change any more, in a class that the conversions know. */
  static @Nullable Object simplified(@Nullable Object value) throws SQLException {
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    if (value instanceof Timestamp || value instanceof Date || value instanceof Time) {
      return value; // converted at once
    }
    if (value instanceof java.util.Date date) {
      return Timestamp.from(date.toInstant());
    }
    if (value instanceof Calendar calendar) {
      try {
        return calendar.toInstant();
      } catch (IllegalArgumentException e) {
        throw SqlExceptions.of(
            SqlState.INVALID_DATETIME_FORMAT,
            "the calendar is not lenient and has a field that is out of range: " + e.getMessage(),
            e);
      }
    }
    if (value instanceof Year year) {
      return year.getValue();
    }
    if (value instanceof URL || value instanceof URI) {
      return value.toString();
    }
    if (value instanceof Character character) {
      return character.toString();
    }
    if (value instanceof Clob clob) {
      // Not by getSubString: that of an empty SerialClob has no position 1.
      return read(clob.getCharacterStream());
    }
    if (value instanceof Blob blob) {
      return read(blob.getBinaryStream());
    }
    if (value instanceof InputStream stream) {
      return read(stream);
    }
    if (value instanceof Reader reader) {
      return read(reader);
    }
    if (value instanceof Ref || value instanceof RowId || value instanceof SQLXML) {
      throw SqlExceptions.unsupported("a parameter of class " + value.getClass().getName());
    }
    return value;
  }

  static int length(long length) throws SQLException {
    if (length < 0 || length > Integer.MAX_VALUE - 16) {
      throw SqlExceptions.of(
          SqlState.LIMIT_EXCEEDED, "a value may have at most 2 GB, not " + length + " bytes");
    }
    return (int) length;
  }

  static byte @Nullable [] read(@Nullable InputStream stream) throws SQLException {
    return read(stream, Integer.MAX_VALUE);
  }

  /** The first {@code length} bytes; 22023 where there are fewer, or the length is negative. */
  static byte @Nullable [] readExactly(@Nullable InputStream stream, long length)
      throws SQLException {
    byte[] bytes = stream == null ? null : read(stream, checked(length));
    if (bytes != null && bytes.length != length) {
      throw SqlExceptions.invalid(
          "the stream ended after " + bytes.length + " bytes instead of " + length);
    }
    return bytes;
  }

  private static byte @Nullable [] read(@Nullable InputStream stream, int most)
      throws SQLException {
    if (stream == null) {
      return null;
    }
    try {
      return stream.readNBytes(most);
    } catch (IOException e) {
      throw SqlExceptions.of(SqlState.IO_ERROR, "the stream of a parameter failed", e);
    }
  }

  static @Nullable String read(@Nullable Reader reader) throws SQLException {
    return read(reader, Integer.MAX_VALUE);
  }

  /** The first {@code length} characters; 22023 where there are fewer, or it is negative. */
  static @Nullable String readExactly(@Nullable Reader reader, long length) throws SQLException {
    String text = reader == null ? null : read(reader, checked(length));
    if (text != null && text.length() != length) {
      throw SqlExceptions.invalid(
          "the reader ended after " + text.length() + " characters instead of " + length);
    }
    return text;
  }

  private static @Nullable String read(@Nullable Reader reader, int most) throws SQLException {
    if (reader == null) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    char[] buffer = new char[4096];
    try {
      while (text.length() < most) {
        int count = reader.read(buffer, 0, Math.min(buffer.length, most - text.length()));
        if (count < 0) {
          break;
        }
        text.append(buffer, 0, count);
      }
    } catch (IOException e) {
      throw SqlExceptions.of(SqlState.IO_ERROR, "the reader of a parameter failed", e);
    }
    return text.toString();
  }

  private static int checked(long length) throws SQLException {
    if (length < 0) {
      throw SqlExceptions.invalid("the length of a stream is " + length);
    }
    return length(length);
  }
}
