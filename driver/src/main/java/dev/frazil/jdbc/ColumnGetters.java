package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.vector.ColumnVector;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Getters by index over the current cell. */
abstract class ColumnGetters extends LabelledResultSet {
  private static final int MAX_DIGITS = 10_000;

  private final int maxFieldSize;

  /** The vector and accessor of the column that {@link #locate} found. */
  @Nullable ColumnVector vector;

  @Nullable ColumnAccessor accessor;

  /** The current row within its batch. */
  int row;

  boolean lastWasNull;

  ColumnGetters(int maxFieldSize) {
    this.maxFieldSize = maxFieldSize;
  }

  /** Finds the cell of a column in the current row; false where it is null. */
  abstract boolean locate(int columnIndex) throws SQLException;

  abstract void checkOpen() throws SQLException;

  private ColumnVector cells() throws SQLException {
    ColumnVector found = vector;
    if (found == null) {
      throw SqlExceptions.closed("result set"); // by another thread since it was located
    }
    return found;
  }

  private ColumnAccessor reader() {
    return Objects.requireNonNull(accessor);
  }

  @Override
  public boolean wasNull() throws SQLException {
    checkOpen();
    return lastWasNull;
  }

  @Override
  public @Nullable String getString(int columnIndex) throws SQLException {
    if (!locate(columnIndex)) {
      return null;
    }
    String text = reader().toText(cells(), row);
    return maxFieldSize > 0 && reader() instanceof TextAccessor && text.length() > maxFieldSize
        ? text.substring(0, maxFieldSize)
        : text;
  }

  @Override
  public @Nullable String getNString(int columnIndex) throws SQLException {
    return getString(columnIndex);
  }

  @Override
  public boolean getBoolean(int columnIndex) throws SQLException {
    return locate(columnIndex) && reader().toBoolean(cells(), row);
  }

  @Override
  public byte getByte(int columnIndex) throws SQLException {
    return (byte) whole(columnIndex, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
  }

  @Override
  public short getShort(int columnIndex) throws SQLException {
    return (short) whole(columnIndex, Short.MIN_VALUE, Short.MAX_VALUE, "short");
  }

  @Override
  public int getInt(int columnIndex) throws SQLException {
    return (int) whole(columnIndex, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
  }

  @Override
  public long getLong(int columnIndex) throws SQLException {
    return locate(columnIndex) ? reader().toLong(cells(), row) : 0;
  }

  private long whole(int columnIndex, long least, long greatest, String target)
      throws SQLException {
    long value = getLong(columnIndex);
    if (value < least || value > greatest) {
      throw SqlExceptions.of(
          SqlState.NUMERIC_OUT_OF_RANGE,
          "the value " + value + " of column " + columnIndex + " does not fit a " + target);
    }
    return value;
  }

  @Override
  public float getFloat(int columnIndex) throws SQLException {
    return ObjectConversion.narrowed(getDouble(columnIndex));
  }

  @Override
  public double getDouble(int columnIndex) throws SQLException {
    return locate(columnIndex) ? reader().toDouble(cells(), row) : 0;
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int columnIndex) throws SQLException {
    return locate(columnIndex) ? reader().toDecimal(cells(), row) : null;
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(int columnIndex, int scale) throws SQLException {
    BigDecimal value = getBigDecimal(columnIndex);
    if (value == null) {
      return null;
    }
    // Bounds first: expanding 1e999999999 would not end.
    if (value.precision() - (long) value.scale() + scale > MAX_DIGITS || scale < -MAX_DIGITS) {
      throw SqlExceptions.of(
          SqlState.NUMERIC_OUT_OF_RANGE,
          "a number of more than " + MAX_DIGITS + " digits with a scale of " + scale);
    }
    return value.setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  public byte @Nullable [] getBytes(int columnIndex) throws SQLException {
    if (!locate(columnIndex)) {
      return null;
    }
    byte[] bytes = reader().toBytes(cells(), row);
    return maxFieldSize > 0 && bytes.length > maxFieldSize
        ? Arrays.copyOf(bytes, maxFieldSize)
        : bytes;
  }

  @Override
  public @Nullable Date getDate(int columnIndex) throws SQLException {
    return getDate(columnIndex, null);
  }

  @Override
  public @Nullable Date getDate(int columnIndex, @Nullable Calendar calendar) throws SQLException {
    return locate(columnIndex) ? ObjectConversion.date(reader(), cells(), row, calendar) : null;
  }

  @Override
  public @Nullable Time getTime(int columnIndex) throws SQLException {
    return getTime(columnIndex, null);
  }

  @Override
  public @Nullable Time getTime(int columnIndex, @Nullable Calendar calendar) throws SQLException {
    return locate(columnIndex) ? ObjectConversion.time(reader(), cells(), row, calendar) : null;
  }

  @Override
  public @Nullable Timestamp getTimestamp(int columnIndex) throws SQLException {
    return getTimestamp(columnIndex, null);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int columnIndex, @Nullable Calendar calendar)
      throws SQLException {
    return locate(columnIndex)
        ? ObjectConversion.timestamp(reader(), cells(), row, calendar)
        : null;
  }

  @Override
  public @Nullable Object getObject(int columnIndex) throws SQLException {
    if (!locate(columnIndex)) {
      return null;
    }
    return isLimited(Object.class)
        ? limited(columnIndex, Object.class)
        : reader().toObject(cells(), row);
  }

  /** Whether the size of fields may shorten what is read as that class. */
  private boolean isLimited(Class<?> type) {
    return maxFieldSize > 0
        && ((reader() instanceof TextAccessor && type.isAssignableFrom(String.class))
            || (reader() instanceof BinaryAccessor && type.isAssignableFrom(byte[].class)));
  }

  private <T> @Nullable T limited(int columnIndex, Class<T> type) throws SQLException {
    return type.cast(
        reader() instanceof TextAccessor ? getString(columnIndex) : getBytes(columnIndex));
  }

  @Override
  public @Nullable Object getObject(int columnIndex, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    if (!locate(columnIndex)) {
      return null;
    }
    Class<?> target = NestedConversion.target(map, reader().type());
    return target == null ? getObject(columnIndex) : getObject(columnIndex, target);
  }

  @Override
  public <T> @Nullable T getObject(int columnIndex, @Nullable Class<T> type) throws SQLException {
    if (type == null) {
      throw SqlExceptions.invalid("the class to convert to is null");
    }
    if (!locate(columnIndex)) {
      return null;
    }
    return isLimited(type)
        ? limited(columnIndex, type)
        : ObjectConversion.to(type, reader(), cells(), row);
  }

  @Override
  public @Nullable InputStream getAsciiStream(int columnIndex) throws SQLException {
    String text = getString(columnIndex);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  @Deprecated
  public @Nullable InputStream getUnicodeStream(int columnIndex) throws SQLException {
    String text = getString(columnIndex);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_16BE));
  }

  @Override
  public @Nullable InputStream getBinaryStream(int columnIndex) throws SQLException {
    byte[] bytes = getBytes(columnIndex);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  @Override
  public @Nullable Reader getCharacterStream(int columnIndex) throws SQLException {
    String text = getString(columnIndex);
    return text == null ? null : new StringReader(text);
  }

  @Override
  public @Nullable Reader getNCharacterStream(int columnIndex) throws SQLException {
    return getCharacterStream(columnIndex);
  }

  @Override
  public @Nullable Blob getBlob(int columnIndex) throws SQLException {
    byte[] bytes = getBytes(columnIndex);
    return bytes == null ? null : new JdbcBlob(bytes);
  }

  @Override
  public @Nullable Clob getClob(int columnIndex) throws SQLException {
    return getNClob(columnIndex);
  }

  @Override
  public @Nullable NClob getNClob(int columnIndex) throws SQLException {
    String text = getString(columnIndex);
    return text == null ? null : new JdbcClob(text);
  }

  @Override
  public @Nullable Array getArray(int columnIndex) throws SQLException {
    if (!locate(columnIndex)) {
      return null;
    }
    if (reader().toObject(cells(), row) instanceof Array array) {
      return array;
    }
    throw reader().noConversion("java.sql.Array");
  }

  @Override
  public @Nullable URL getURL(int columnIndex) throws SQLException {
    String text = getString(columnIndex);
    return text == null ? null : TextForms.parseUrl(text);
  }

  @Override
  public @Nullable Ref getRef(int columnIndex) throws SQLException {
    throw SqlExceptions.unsupported("the type REF");
  }

  @Override
  public @Nullable RowId getRowId(int columnIndex) throws SQLException {
    throw SqlExceptions.unsupported("the type ROWID");
  }

  @Override
  public @Nullable SQLXML getSQLXML(int columnIndex) throws SQLException {
    throw SqlExceptions.unsupported("the type SQLXML");
  }
}
