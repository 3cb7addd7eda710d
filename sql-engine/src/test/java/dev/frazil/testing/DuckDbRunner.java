package dev.frazil.testing;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DuckDB in this process, in memory: the independent opinion. */
public final class DuckDbRunner implements AutoCloseable {
  private final Connection connection;

  public DuckDbRunner() {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      update("SET TimeZone = 'UTC'");
    } catch (SQLException e) {
      throw new AssertionError("DuckDB does not open", e);
    }
  }

  public Connection connection() {
    return connection;
  }

  public Answer query(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      List<List<String>> answer = new ArrayList<>();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(ValueText.of(value(rows, i)));
        }
        answer.add(values);
      }
      return new Answer(answer);
    } catch (SQLException e) {
      throw new AssertionError("DuckDB fails on: " + sql, e);
    }
  }

  /** Runs anything. */
  public void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError("DuckDB fails on: " + sql, e);
    }
  }

  public long update(String sql) {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(sql);
    } catch (SQLException e) {
      throw new AssertionError("DuckDB fails on: " + sql, e);
    }
  }

  private static @Nullable Object value(ResultSet rows, int column) throws SQLException {
    String type = rows.getMetaData().getColumnTypeName(column);
    if (rows.getObject(column) == null) {
      return null;
    }
    return switch (type) {
      case "TIMESTAMP" -> rows.getObject(column, LocalDateTime.class);
      case "TIMESTAMP WITH TIME ZONE" -> rows.getObject(column, OffsetDateTime.class).toInstant();
      case "BLOB" -> rows.getBytes(column);
      default -> toJava(rows.getObject(column));
    };
  }

  private static @Nullable Object toJava(@Nullable Object value) throws SQLException {
    if (value instanceof Array array) {
      return toJava((Object[]) array.getArray());
    } else if (value instanceof Struct struct) {
      return toJava(struct.getAttributes());
    }
    return value;
  }

  private static List<@Nullable Object> toJava(Object[] values) throws SQLException {
    List<@Nullable Object> elements = new ArrayList<>();
    for (Object element : values) {
      elements.add(toJava(element));
    }
    return elements;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new AssertionError("DuckDB does not close", e);
    }
  }
}
