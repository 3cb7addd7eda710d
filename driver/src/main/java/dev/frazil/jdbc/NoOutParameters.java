package dev.frazil.jdbc;

import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call without OUT parameters: what a procedure answers is a result set. Thread-safe. */
interface NoOutParameters extends CallableStatement {
  private static SQLException output() {
    return SqlExceptions.unsupported(
        "an OUT parameter: what a procedure answers is a result set, which executeQuery gives");
  }

  @Override
  default void registerOutParameter(int index, int type) throws SQLException {
    throw output();
  }

  @Override
  default void registerOutParameter(int index, int type, int number) throws SQLException {
    throw output();
  }

  @Override
  default boolean wasNull() throws SQLException {
    throw output();
  }

  @Override
  default String getString(int index) throws SQLException {
    throw output();
  }

  @Override
  default boolean getBoolean(int index) throws SQLException {
    throw output();
  }

  @Override
  default byte getByte(int index) throws SQLException {
    throw output();
  }

  @Override
  default short getShort(int index) throws SQLException {
    throw output();
  }

  @Override
  default int getInt(int index) throws SQLException {
    throw output();
  }

  @Override
  default long getLong(int index) throws SQLException {
    throw output();
  }

  @Override
  default float getFloat(int index) throws SQLException {
    throw output();
  }

  @Override
  default double getDouble(int index) throws SQLException {
    throw output();
  }

  @Override
  @Deprecated
  default BigDecimal getBigDecimal(int index, int scale) throws SQLException {
    throw output();
  }

  @Override
  default byte[] getBytes(int index) throws SQLException {
    throw output();
  }

  @Override
  default Date getDate(int index) throws SQLException {
    throw output();
  }

  @Override
  default Time getTime(int index) throws SQLException {
    throw output();
  }

  @Override
  default Timestamp getTimestamp(int index) throws SQLException {
    throw output();
  }

  @Override
  default Object getObject(int index) throws SQLException {
    throw output();
  }

  @Override
  default BigDecimal getBigDecimal(int index) throws SQLException {
    throw output();
  }

  @Override
  default Object getObject(int index, @Nullable Map<String, Class<?>> classes) throws SQLException {
    throw output();
  }

  @Override
  default Ref getRef(int index) throws SQLException {
    throw output();
  }

  @Override
  default Blob getBlob(int index) throws SQLException {
    throw output();
  }

  @Override
  default Clob getClob(int index) throws SQLException {
    throw output();
  }

  @Override
  default Array getArray(int index) throws SQLException {
    throw output();
  }

  @Override
  default Date getDate(int index, @Nullable Calendar calendar) throws SQLException {
    throw output();
  }

  @Override
  default Time getTime(int index, @Nullable Calendar calendar) throws SQLException {
    throw output();
  }

  @Override
  default Timestamp getTimestamp(int index, @Nullable Calendar calendar) throws SQLException {
    throw output();
  }

  @Override
  default void registerOutParameter(int index, int type, @Nullable String typeName)
      throws SQLException {
    throw output();
  }

  @Override
  default URL getURL(int index) throws SQLException {
    throw output();
  }

  @Override
  default RowId getRowId(int index) throws SQLException {
    throw output();
  }

  @Override
  default NClob getNClob(int index) throws SQLException {
    throw output();
  }

  @Override
  default SQLXML getSQLXML(int index) throws SQLException {
    throw output();
  }

  @Override
  default String getNString(int index) throws SQLException {
    throw output();
  }

  @Override
  default Reader getNCharacterStream(int index) throws SQLException {
    throw output();
  }

  @Override
  default Reader getCharacterStream(int index) throws SQLException {
    throw output();
  }

  @Override
  default <T> T getObject(int index, @Nullable Class<T> type) throws SQLException {
    throw output();
  }

  @Override
  default void registerOutParameter(int index, @Nullable SQLType type) throws SQLException {
    throw output();
  }

  @Override
  default void registerOutParameter(int index, @Nullable SQLType type, int number)
      throws SQLException {
    throw output();
  }

  @Override
  default void registerOutParameter(int index, @Nullable SQLType type, @Nullable String typeName)
      throws SQLException {
    throw output();
  }
}
