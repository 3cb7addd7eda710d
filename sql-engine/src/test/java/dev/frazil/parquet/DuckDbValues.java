package dev.frazil.parquet;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Query results of DuckDB in the shape of {@link PlainValues}. */
final class DuckDbValues {
  private DuckDbValues() {}

  static Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    execute(connection, "SET TimeZone='UTC'");
    execute(connection, "SET preserve_insertion_order=true");
    return connection;
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static List<List<Object>> query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int width = result.getMetaData().getColumnCount();
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          row.add(plain(result.getObject(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private static Object plain(Object value) throws SQLException {
    if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
      return ((Number) value).longValue();
    } else if (value instanceof BigInteger big) {
      return big.longValueExact();
    } else if (value instanceof LocalDate date) {
      return date.toEpochDay();
    } else if (value instanceof Date date) {
      return date.toLocalDate().toEpochDay();
    } else if (value instanceof LocalTime time) {
      return time.toNanoOfDay() / 1000;
    } else if (value instanceof Time time) {
      return time.toLocalTime().toNanoOfDay() / 1000;
    } else if (value instanceof Timestamp timestamp) {
      return micros(timestamp.toLocalDateTime());
    } else if (value instanceof LocalDateTime timestamp) {
      return micros(timestamp);
    } else if (value instanceof OffsetDateTime timestamp) {
      return micros(timestamp.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
    } else if (value instanceof UUID uuid) {
      return hex(
          ByteBuffer.allocate(16)
              .putLong(uuid.getMostSignificantBits())
              .putLong(uuid.getLeastSignificantBits())
              .array());
    } else if (value instanceof Blob blob) {
      return hex(blob.getBytes(1, (int) blob.length()));
    } else if (value instanceof byte[] bytes) {
      return hex(bytes);
    } else if (value instanceof Array array) {
      return plainAll(Arrays.asList((Object[]) array.getArray()));
    } else if (value instanceof Struct struct) {
      return plainAll(Arrays.asList(struct.getAttributes()));
    } else if (value instanceof Map<?, ?> map) {
      List<Object> entries = new ArrayList<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        entries.add(Arrays.asList(plain(entry.getKey()), plain(entry.getValue())));
      }
      return entries;
    }
    return value;
  }

  private static List<Object> plainAll(List<?> values) throws SQLException {
    List<Object> plain = new ArrayList<>();
    for (Object value : values) {
      plain.add(plain(value));
    }
    return plain;
  }

  private static long micros(LocalDateTime timestamp) {
    return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), timestamp);
  }

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
