package dev.frazil.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/** A call whose parameters are set by their number. Thread-safe. */
interface NoNamedParameters extends CallableStatement {
  private static SQLException named() {
    return SqlExceptions.unsupported(
        "a parameter by its name: set it by its number, and write table => ? where its argument"
            + " stands");
  }

  @Override
  default void setURL(@Nullable String name, @Nullable URL value) throws SQLException {
    throw named();
  }

  @Override
  default void setNull(@Nullable String name, int type) throws SQLException {
    throw named();
  }

  @Override
  default void setBoolean(@Nullable String name, boolean value) throws SQLException {
    throw named();
  }

  @Override
  default void setByte(@Nullable String name, byte value) throws SQLException {
    throw named();
  }

  @Override
  default void setShort(@Nullable String name, short value) throws SQLException {
    throw named();
  }

  @Override
  default void setInt(@Nullable String name, int value) throws SQLException {
    throw named();
  }

  @Override
  default void setLong(@Nullable String name, long value) throws SQLException {
    throw named();
  }

  @Override
  default void setFloat(@Nullable String name, float value) throws SQLException {
    throw named();
  }

  @Override
  default void setDouble(@Nullable String name, double value) throws SQLException {
    throw named();
  }

  @Override
  default void setBigDecimal(@Nullable String name, @Nullable BigDecimal value)
      throws SQLException {
    throw named();
  }

  @Override
  default void setString(@Nullable String name, @Nullable String value) throws SQLException {
    throw named();
  }

  @Override
  default void setBytes(@Nullable String name, byte @Nullable [] value) throws SQLException {
    throw named();
  }

  @Override
  default void setDate(@Nullable String name, @Nullable Date value) throws SQLException {
    throw named();
  }

  @Override
  default void setTime(@Nullable String name, @Nullable Time value) throws SQLException {
    throw named();
  }

  @Override
  default void setTimestamp(@Nullable String name, @Nullable Timestamp value) throws SQLException {
    throw named();
  }

  @Override
  default void setAsciiStream(@Nullable String name, @Nullable InputStream value, int number)
      throws SQLException {
    throw named();
  }

  @Override
  default void setBinaryStream(@Nullable String name, @Nullable InputStream value, int number)
      throws SQLException {
    throw named();
  }

  @Override
  default void setObject(@Nullable String name, @Nullable Object value, int type, int number)
      throws SQLException {
    throw named();
  }

  @Override
  default void setObject(@Nullable String name, @Nullable Object value, int type)
      throws SQLException {
    throw named();
  }

  @Override
  default void setObject(@Nullable String name, @Nullable Object value) throws SQLException {
    throw named();
  }

  @Override
  default void setCharacterStream(@Nullable String name, @Nullable Reader value, int number)
      throws SQLException {
    throw named();
  }

  @Override
  default void setDate(@Nullable String name, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    throw named();
  }

  @Override
  default void setTime(@Nullable String name, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    throw named();
  }

  @Override
  default void setTimestamp(
      @Nullable String name, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    throw named();
  }

  @Override
  default void setNull(@Nullable String name, int type, @Nullable String typeName)
      throws SQLException {
    throw named();
  }

  @Override
  default void setRowId(@Nullable String name, @Nullable RowId value) throws SQLException {
    throw named();
  }

  @Override
  default void setNString(@Nullable String name, @Nullable String value) throws SQLException {
    throw named();
  }

  @Override
  default void setNCharacterStream(@Nullable String name, @Nullable Reader value, long length)
      throws SQLException {
    throw named();
  }

  @Override
  default void setNClob(@Nullable String name, @Nullable NClob value) throws SQLException {
    throw named();
  }

  @Override
  default void setClob(@Nullable String name, @Nullable Reader value, long length)
      throws SQLException {
    throw named();
  }

  @Override
  default void setBlob(@Nullable String name, @Nullable InputStream value, long length)
      throws SQLException {
    throw named();
  }

  @Override
  default void setNClob(@Nullable String name, @Nullable Reader value, long length)
      throws SQLException {
    throw named();
  }

  @Override
  default void setSQLXML(@Nullable String name, @Nullable SQLXML value) throws SQLException {
    throw named();
  }

  @Override
  default void setBlob(@Nullable String name, @Nullable Blob value) throws SQLException {
    throw named();
  }

  @Override
  default void setClob(@Nullable String name, @Nullable Clob value) throws SQLException {
    throw named();
  }

  @Override
  default void setAsciiStream(@Nullable String name, @Nullable InputStream value, long length)
      throws SQLException {
    throw named();
  }

  @Override
  default void setBinaryStream(@Nullable String name, @Nullable InputStream value, long length)
      throws SQLException {
    throw named();
  }

  @Override
  default void setCharacterStream(@Nullable String name, @Nullable Reader value, long length)
      throws SQLException {
    throw named();
  }

  @Override
  default void setAsciiStream(@Nullable String name, @Nullable InputStream value)
      throws SQLException {
    throw named();
  }

  @Override
  default void setBinaryStream(@Nullable String name, @Nullable InputStream value)
      throws SQLException {
    throw named();
  }

  @Override
  default void setCharacterStream(@Nullable String name, @Nullable Reader value)
      throws SQLException {
    throw named();
  }

  @Override
  default void setNCharacterStream(@Nullable String name, @Nullable Reader value)
      throws SQLException {
    throw named();
  }

  @Override
  default void setClob(@Nullable String name, @Nullable Reader value) throws SQLException {
    throw named();
  }

  @Override
  default void setBlob(@Nullable String name, @Nullable InputStream value) throws SQLException {
    throw named();
  }

  @Override
  default void setNClob(@Nullable String name, @Nullable Reader value) throws SQLException {
    throw named();
  }

  @Override
  default void setObject(@Nullable String name, @Nullable Object value, @Nullable SQLType type)
      throws SQLException {
    throw named();
  }

  @Override
  default void setObject(
      @Nullable String name, @Nullable Object value, @Nullable SQLType type, int number)
      throws SQLException {
    throw named();
  }
}
