package dev.frazil.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The shape of a Lambda function: an event in, rows out. Queues deliver an event more than once;
 * the event's id is the idempotency token of its commit, so a second delivery changes nothing.
 */
public final class EventHandler {
  private final String url;

  /**
   * A handler for the database of {@code url}, in which the table {@code orders} is made when
   * missing.
   */
  public EventHandler(String url) throws SQLException {
    this.url = url;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS orders
            (day date NOT NULL, customer varchar NOT NULL, amount bigint NOT NULL)""");
    }
  }

  public static void main(String[] arguments) throws SQLException {
    EventHandler handler = new EventHandler(arguments[0]);
    Map<String, String> event =
        Map.of("id", "event-1", "day", "2026-01-31", "customer", "ann", "amount", "20");
    System.out.println("first delivery:  " + handler.handle(event));
    System.out.println("second delivery: " + handler.handle(event));
  }

  /**
   * Stores the order of the event, once, and answers with the sums of that day.
   *
   * @return one text a customer: {@code name amount}
   */
  public List<String> handle(Map<String, String> event) throws SQLException {
    LocalDate day = LocalDate.parse(event.get("day"));
    Properties properties = new Properties();
    properties.setProperty("idempotencyToken", event.get("id"));
    try (Connection connection = DriverManager.getConnection(url, properties);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO orders VALUES (?, ?, ?)");
        PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT customer, sum(amount) AS amount FROM orders
                WHERE day = ? GROUP BY customer ORDER BY customer""")) {
      insert.setObject(1, day);
      insert.setString(2, event.get("customer"));
      insert.setLong(3, Long.parseLong(event.get("amount")));
      insert.executeUpdate();

      select.setObject(1, day);
      List<String> answer = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          answer.add(rows.getString("customer") + " " + rows.getLong("amount"));
        }
      }
      return answer;
    }
  }
}
