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

/** As {@link NoOutParameters}, of parameters by their name. Thread-safe. */
interface NoNamedOutParameters extends CallableStatement {
  private static SQLException output() {
    return SqlExceptions.unsupported(
        "an OUT parameter: what a procedure answers is a result set, which executeQuery gives");
  }

  @Override
  default void registerOutParameter(@Nullable String name, int type) throws SQLException {
    throw output();
  }

  @Override
  default void registerOutParameter(@Nullable String name, int type, int number)
      throws SQLException {
    throw output();
  }

  @Override
  default void registerOutParameter(@Nullable String name, int type, @Nullable String typeName)
      throws SQLException {
    throw output();
  }

  @Override
  default String getString(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default boolean getBoolean(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default byte getByte(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default short getShort(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default int getInt(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default long getLong(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default float getFloat(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default double getDouble(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default byte[] getBytes(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default Date getDate(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default Time getTime(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default Timestamp getTimestamp(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default Object getObject(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default BigDecimal getBigDecimal(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default Object getObject(@Nullable String name, @Nullable Map<String, Class<?>> classes)
      throws SQLException {
    throw output();
  }

  @Override
  default Ref getRef(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default Blob getBlob(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default Clob getClob(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default Array getArray(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default Date getDate(@Nullable String name, @Nullable Calendar calendar) throws SQLException {
    throw output();
  }

  @Override
  default Time getTime(@Nullable String name, @Nullable Calendar calendar) throws SQLException {
    throw output();
  }

  @Override
  default Timestamp getTimestamp(@Nullable String name, @Nullable Calendar calendar)
      throws SQLException {
    throw output();
  }

  @Override
  default URL getURL(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default RowId getRowId(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default NClob getNClob(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default SQLXML getSQLXML(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default String getNString(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default Reader getNCharacterStream(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default Reader getCharacterStream(@Nullable String name) throws SQLException {
    throw output();
  }

  @Override
  default <T> T getObject(@Nullable String name, @Nullable Class<T> type) throws SQLException {
    throw output();
  }

  @Override
  default void registerOutParameter(@Nullable String name, @Nullable SQLType type)
      throws SQLException {
    throw output();
  }

  @Override
  default void registerOutParameter(@Nullable String name, @Nullable SQLType type, int number)
      throws SQLException {
    throw output();
  }

  @Override
  default void registerOutParameter(
      @Nullable String name, @Nullable SQLType type, @Nullable String typeName)
      throws SQLException {
    throw output();
  }
}
