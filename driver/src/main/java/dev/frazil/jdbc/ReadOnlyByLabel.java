package dev.frazil.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/** Updates by label, and of rows: results are read-only, so all of it is 0A000. */
abstract class ReadOnlyByLabel implements ResultSet {

  static SQLException readOnly() {
    return SqlExceptions.unsupported("changing rows through a ResultSet (use UPDATE)");
  }

  @Override
  public void updateNull(@Nullable String column) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBoolean(@Nullable String column, boolean value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateByte(@Nullable String column, byte value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateShort(@Nullable String column, short value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateInt(@Nullable String column, int value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateLong(@Nullable String column, long value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateFloat(@Nullable String column, float value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateDouble(@Nullable String column, double value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBigDecimal(@Nullable String column, @Nullable BigDecimal value)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateString(@Nullable String column, @Nullable String value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBytes(@Nullable String column, byte @Nullable [] value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateDate(@Nullable String column, @Nullable Date value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateTime(@Nullable String column, @Nullable Time value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateTimestamp(@Nullable String column, @Nullable Timestamp value)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateAsciiStream(@Nullable String column, @Nullable InputStream value, int length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBinaryStream(@Nullable String column, @Nullable InputStream value, int length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateCharacterStream(@Nullable String column, @Nullable Reader value, int length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateObject(@Nullable String column, @Nullable Object value, int scaleOrLength)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateObject(@Nullable String column, @Nullable Object value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void insertRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void deleteRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void refreshRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void cancelRowUpdates() throws SQLException {
    throw readOnly();
  }

  @Override
  public void moveToInsertRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void moveToCurrentRow() throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateRef(@Nullable String column, @Nullable Ref value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBlob(@Nullable String column, @Nullable Blob value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateClob(@Nullable String column, @Nullable Clob value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateArray(@Nullable String column, @Nullable Array value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateRowId(@Nullable String column, @Nullable RowId value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNString(@Nullable String column, @Nullable String value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNClob(@Nullable String column, @Nullable NClob value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateSQLXML(@Nullable String column, @Nullable SQLXML value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNCharacterStream(@Nullable String column, @Nullable Reader value, long length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateAsciiStream(@Nullable String column, @Nullable InputStream value, long length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBinaryStream(@Nullable String column, @Nullable InputStream value, long length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateCharacterStream(@Nullable String column, @Nullable Reader value, long length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBlob(@Nullable String column, @Nullable InputStream value, long length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateClob(@Nullable String column, @Nullable Reader value, long length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNClob(@Nullable String column, @Nullable Reader value, long length)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNCharacterStream(@Nullable String column, @Nullable Reader value)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateAsciiStream(@Nullable String column, @Nullable InputStream value)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBinaryStream(@Nullable String column, @Nullable InputStream value)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateCharacterStream(@Nullable String column, @Nullable Reader value)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateBlob(@Nullable String column, @Nullable InputStream value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateClob(@Nullable String column, @Nullable Reader value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateNClob(@Nullable String column, @Nullable Reader value) throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateObject(
      @Nullable String column,
      @Nullable Object value,
      @Nullable SQLType targetType,
      int scaleOrLength)
      throws SQLException {
    throw readOnly();
  }

  @Override
  public void updateObject(
      @Nullable String column, @Nullable Object value, @Nullable SQLType targetType)
      throws SQLException {
    throw readOnly();
  }
}
