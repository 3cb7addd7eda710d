package dev.frazil.conformance;

import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables that checks read: {@code conf_types} (row 1 the values of {@link Kind}, row 2 nulls,
 * row 3 ones, row 4 zeros), {@code conf_texts} (texts that spell dates), {@code conf_sink} (written
 * by checks, a row each), {@code conf_rows} (1 to 1000) and {@code conf_keyed} (a primary key).
 */
final class Fixture {
  private Fixture() {}

  static void create(Dialect dialect) throws SQLException {
    try (Connection connection = DriverManager.getConnection(dialect.url());
        Statement statement = connection.createStatement()) {
      for (String sql : dialect.prepare()) {
        statement.execute(sql);
      }
      List<Kind> kinds = new ArrayList<>();
      List<String> columns = new ArrayList<>();
      for (Kind kind : Kind.values()) {
        if (dialect.has(kind)) {
          kinds.add(kind);
          columns.add(kind.column() + " " + dialect.type(kind));
        }
      }
      String declared = "(id integer, " + String.join(", ", columns) + ")";
      statement.execute("CREATE TABLE conf_types " + declared);
      statement.execute("CREATE TABLE conf_sink " + declared);
      insertValues(connection, dialect, kinds);
      statement.execute("INSERT INTO conf_types (id) VALUES (2)");
      String named = "INSERT INTO conf_types (id, c_boolean, c_integer, c_bigint, c_varchar)";
      statement.execute(named + " VALUES (3, TRUE, 1, 1, '1')");
      statement.execute(named + " VALUES (4, FALSE, 0, 0, '0')");
      statement.execute("CREATE TABLE conf_texts (d varchar(40), t varchar(40), ts varchar(40))");
      statement.execute(
          "INSERT INTO conf_texts VALUES ('2024-02-29', '12:34:56', '2024-02-29 12:34:56.123456')");
      statement.execute("CREATE TABLE conf_rows (x integer)");
      insertRows(connection);
      statement.execute(
          "CREATE TABLE conf_keyed (id integer NOT NULL, part integer NOT NULL, name varchar(20)"
              + (dialect.lacks(Dialect.Trait.NO_PRIMARY_KEY) ? ")" : ", PRIMARY KEY (part, id))"));
      statement.execute("INSERT INTO conf_keyed VALUES (1, 1, 'one')");
    }
  }

  private static void insertValues(Connection connection, Dialect dialect, List<Kind> kinds)
      throws SQLException {
    List<String> values = new ArrayList<>();
    for (Kind kind : kinds) {
      boolean bound =
          dialect.temporalsByParameter()
              && (kind == Kind.DATE || kind == Kind.TIME || kind == Kind.TIMESTAMP);
      values.add(bound ? "?" : dialect.literal(kind));
    }
    String sql = "INSERT INTO conf_types VALUES (1, " + String.join(", ", values) + ")";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      if (dialect.temporalsByParameter()) {
        insert.setDate(1, Date.valueOf("2024-02-29"));
        insert.setTime(2, Time.valueOf("12:34:56"));
        insert.setTimestamp(3, Timestamp.valueOf("2024-02-29 12:34:56.123456"));
      }
      insert.executeUpdate();
    }
  }

  private static void insertRows(Connection connection) throws SQLException {
    StringBuilder rows = new StringBuilder("INSERT INTO conf_rows VALUES (1)");
    for (int row = 2; row <= 1000; row++) {
      rows.append(", (").append(row).append(")");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(rows.toString());
    }
  }
}
