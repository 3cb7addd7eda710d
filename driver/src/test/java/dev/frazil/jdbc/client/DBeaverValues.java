package dev.frazil.jdbc.client;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How DBeaver 24.2 reads cells of each kind of type and binds them again: the value handlers of
 * {@code org.jkiss.dbeaver.model.impl.jdbc.data.handlers}.
 */
final class DBeaverValues {
  /** A cell of the grid; bytes are a {@link ByteBuffer}, arrays a list, so that they compare. */
  record Cell(String name, int type, @Nullable Object value) {}

  private DBeaverValues() {}

  /** The row that the result set stands on. */
  static List<Cell> fetch(ResultSet rows) throws SQLException {
    ResultSetMetaData metaData = rows.getMetaData();
    List<Cell> cells = new ArrayList<>();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      int type = metaData.getColumnType(i);
      cells.add(new Cell(metaData.getColumnName(i), type, fetch(rows, type, i)));
    }
    return cells;
  }

  private static @Nullable Object fetch(ResultSet rows, int type, int index) throws SQLException {
    switch (type) {
      case Types.BOOLEAN: // JDBCBooleanValueHandler
        boolean truth = rows.getBoolean(index);
        return rows.wasNull() ? null : truth;
      case Types.INTEGER: // JDBCNumberValueHandler reads INTEGER with more precision
        long number = rows.getLong(index);
        return rows.wasNull() ? null : number;
      case Types.DATE: // JDBCDateTimeValueHandler
        return rows.getDate(index);
      case Types.TIME:
        return rows.getTime(index);
      case Types.ARRAY: // JDBCCollection.makeCollectionFromArray
        Array array = (Array) rows.getObject(index);
        if (array == null) {
          return null;
        }
        List<Object> elements = new ArrayList<>();
        array.getBaseTypeName();
        try (ResultSet items = array.getResultSet()) {
          while (items.next()) {
            elements.add(items.getObject(2));
          }
        }
        return elements;
      case Types.BINARY, Types.VARBINARY: // JDBCContentValueHandler
        byte[] bytes = (byte[]) rows.getObject(index);
        return bytes == null ? null : ByteBuffer.wrap(bytes);
      default: // strings, other numbers, timestamps and objects
        return rows.getObject(index);
    }
  }

  /** JDBC...ValueHandler.bindParameter. */
  static void bind(PreparedStatement statement, int index, Cell cell) throws SQLException {
    Object value = cell.value();
    if (value == null) {
      statement.setNull(index, cell.type());
      return;
    }
    switch (cell.type()) {
      case Types.BOOLEAN -> statement.setBoolean(index, (Boolean) value);
      case Types.VARCHAR -> statement.setString(index, value.toString());
      case Types.BIGINT, Types.INTEGER -> statement.setLong(index, ((Number) value).longValue());
      case Types.DOUBLE -> statement.setDouble(index, ((Number) value).doubleValue());
      case Types.REAL -> statement.setFloat(index, ((Number) value).floatValue());
      case Types.DECIMAL -> statement.setBigDecimal(index, (BigDecimal) value);
      case Types.DATE -> statement.setDate(index, (Date) value);
      case Types.TIME -> statement.setTime(index, (Time) value);
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
          statement.setTimestamp(index, timestamp(value));
      case Types.BINARY, Types.VARBINARY -> // JDBCContentBytes.bindParameter
          statement.setBytes(index, ((ByteBuffer) value).array());
      case Types.ARRAY -> // JDBCCollection.getArrayValue, JDBCArrayValueHandler.bindParameter
          statement.setObject(
              index,
              statement.getConnection().createArrayOf("varchar", ((List<?>) value).toArray()),
              Types.ARRAY);
      default -> statement.setObject(index, value, cell.type()); // JDBCObjectValueHandler
    }
  }

  /** JDBCDateTimeValueHandler.getTimestampValue: it drops the offset of an OffsetDateTime. */
  private static Timestamp timestamp(Object value) {
    if (value instanceof OffsetDateTime moment) {
      return Timestamp.valueOf(moment.toLocalDateTime());
    }
    return (Timestamp) value;
  }

  /** The text of a cell in an export to CSV. */
  static String text(Cell cell) {
    Object value = cell.value();
    return value instanceof ByteBuffer bytes
        ? Arrays.toString(bytes.array())
        : String.valueOf(value);
  }
}
