package dev.frazil.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/** All setters of {@code PreparedStatement}, in terms of {@link ParameterBinder}. */
abstract class ParameterSetters extends JdbcStatement implements PreparedStatement {

  ParameterSetters(JdbcConnection connection, ResultSetKind kind) {
    super(connection, kind);
  }

  abstract ParameterBinder binder() throws SQLException;

  private static @Nullable String ascii(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.US_ASCII);
  }

  private static @Nullable String utf8(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private static int code(@Nullable SQLType type) {
    Integer code = type == null ? null : type.getVendorTypeNumber();
    return code == null ? Types.OTHER : code;
  }

  @Override
  public void setNull(int index, int sqlType) throws SQLException {
    binder().set(index, null);
  }

  @Override
  public void setBoolean(int index, boolean value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setByte(int index, byte value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setShort(int index, short value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setInt(int index, int value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setLong(int index, long value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setFloat(int index, float value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setDouble(int index, double value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setBigDecimal(int index, @Nullable BigDecimal value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setString(int index, @Nullable String value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setBytes(int index, byte @Nullable [] value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setDate(int index, @Nullable Date value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setTime(int index, @Nullable Time value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setTimestamp(int index, @Nullable Timestamp value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    binder().set(index, ascii(ParameterBinder.readExactly(value, length)));
  }

  @Override
  @Deprecated
  public void setUnicodeStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    binder().set(index, utf8(ParameterBinder.readExactly(value, length)));
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    binder().set(index, ParameterBinder.readExactly(value, length));
  }

  @Override
  public void setObject(int index, @Nullable Object value, int targetType) throws SQLException {
    binder().set(index, value, targetType, -1);
  }

  @Override
  public void setObject(int index, @Nullable Object value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader value, int length)
      throws SQLException {
    binder().set(index, ParameterBinder.readExactly(value, length));
  }

  @Override
  public void setRef(int index, @Nullable Ref value) throws SQLException {
    binder().set(index, onlyNull(value, "REF"));
  }

  private static @Nullable Object onlyNull(@Nullable Object value, String type)
      throws SQLException {
    if (value != null) {
      throw SqlExceptions.unsupported("the type " + type);
    }
    return null;
  }

  @Override
  public void setBlob(int index, @Nullable Blob value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setClob(int index, @Nullable Clob value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setArray(int index, @Nullable Array value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setDate(int index, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    binder().setDate(index, value, calendar);
  }

  @Override
  public void setTime(int index, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    binder().set(index, value == null ? null : LegacyDates.toLocalTime(value, calendar));
  }

  @Override
  public void setTimestamp(int index, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    binder().setTimestamp(index, value, calendar);
  }

  @Override
  public void setNull(int index, int sqlType, @Nullable String typeName) throws SQLException {
    binder().set(index, null);
  }

  @Override
  public void setURL(int index, @Nullable URL value) throws SQLException {
    binder().set(index, value == null ? null : value.toString());
  }

  @Override
  public void setRowId(int index, @Nullable RowId value) throws SQLException {
    binder().set(index, onlyNull(value, "ROWID"));
  }

  @Override
  public void setNString(int index, @Nullable String value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setNCharacterStream(int index, @Nullable Reader value, long length)
      throws SQLException {
    binder().set(index, ParameterBinder.readExactly(value, length));
  }

  @Override
  public void setNClob(int index, @Nullable NClob value) throws SQLException {
    binder().set(index, value);
  }

  @Override
  public void setClob(int index, @Nullable Reader value, long length) throws SQLException {
    binder().set(index, ParameterBinder.readExactly(value, length));
  }

  @Override
  public void setBlob(int index, @Nullable InputStream value, long length) throws SQLException {
    binder().set(index, ParameterBinder.readExactly(value, length));
  }

  @Override
  public void setNClob(int index, @Nullable Reader value, long length) throws SQLException {
    binder().set(index, ParameterBinder.readExactly(value, length));
  }

  @Override
  public void setSQLXML(int index, @Nullable SQLXML value) throws SQLException {
    binder().set(index, onlyNull(value, "SQLXML"));
  }

  @Override
  public void setObject(int index, @Nullable Object value, int targetType, int scale)
      throws SQLException {
    binder().set(index, value, targetType, scale);
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream value, long length)
      throws SQLException {
    binder().set(index, ascii(ParameterBinder.readExactly(value, length)));
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream value, long length)
      throws SQLException {
    binder().set(index, ParameterBinder.readExactly(value, length));
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader value, long length)
      throws SQLException {
    binder().set(index, ParameterBinder.readExactly(value, length));
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream value) throws SQLException {
    binder().set(index, ascii(ParameterBinder.read(value)));
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream value) throws SQLException {
    binder().set(index, ParameterBinder.read(value));
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader value) throws SQLException {
    binder().set(index, ParameterBinder.read(value));
  }

  @Override
  public void setNCharacterStream(int index, @Nullable Reader value) throws SQLException {
    binder().set(index, ParameterBinder.read(value));
  }

  @Override
  public void setClob(int index, @Nullable Reader value) throws SQLException {
    binder().set(index, ParameterBinder.read(value));
  }

  @Override
  public void setBlob(int index, @Nullable InputStream value) throws SQLException {
    binder().set(index, ParameterBinder.read(value));
  }

  @Override
  public void setNClob(int index, @Nullable Reader value) throws SQLException {
    binder().set(index, ParameterBinder.read(value));
  }

  @Override
  public void setObject(int index, @Nullable Object value, @Nullable SQLType targetType, int scale)
      throws SQLException {
    binder().set(index, value, code(targetType), scale);
  }

  @Override
  public void setObject(int index, @Nullable Object value, @Nullable SQLType targetType)
      throws SQLException {
    binder().set(index, value, code(targetType), -1);
  }
}
