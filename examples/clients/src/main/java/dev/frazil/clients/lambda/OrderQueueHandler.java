package dev.frazil.clients.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A function behind a queue (SQS): the messages of one call are one commit. The id of a message is
 * the key of its row, so a message that is delivered again changes nothing. The body of a message
 * is {@code day,customer,amount}; one that is none is reported, and goes back to the queue alone.
 *
 * <p>The environment variable {@code FRAZIL_URL} names the database.
 */
public final class OrderQueueHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private record Order(String id, LocalDate day, String customer, BigDecimal amount) {}

  private final String url;

  /** Called by Lambda once for each environment of the function. */
  public OrderQueueHandler() throws SQLException {
    this(Objects.requireNonNull(System.getenv("FRAZIL_URL"), "FRAZIL_URL is not set"));
  }

  /** Makes the table where it is missing: what is loaded here does not count to the first call. */
  OrderQueueHandler(String url) throws SQLException {
    this.url = url;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS orders (
            id varchar PRIMARY KEY, day date NOT NULL, customer varchar NOT NULL,
            amount decimal(12,2) NOT NULL) PARTITIONED BY (month(day))""");
    }
  }

  /** Answers with the messages that failed, as the queue's {@code ReportBatchItemFailures} asks. */
  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, @Nullable Context context) {
    List<Order> orders = new ArrayList<>();
    List<Map<String, String>> failures = new ArrayList<>();
    for (Object message : (List<?>) event.getOrDefault("Records", List.of())) {
      Map<?, ?> fields = (Map<?, ?>) message;
      String id = String.valueOf(fields.get("messageId"));
      try {
        orders.add(order(id, String.valueOf(fields.get("body"))));
      } catch (DateTimeParseException | NumberFormatException | IndexOutOfBoundsException e) {
        failures.add(Map.of("itemIdentifier", id));
      }
    }
    try {
      store(orders);
    } catch (SQLException e) {
      throw new IllegalStateException("none of the orders is stored, deliver them again", e);
    }
    return Map.of("batchItemFailures", failures);
  }

  private static Order order(String id, String body) {
    String[] parts = body.split(",", 3);
    return new Order(id, LocalDate.parse(parts[0]), parts[1], new BigDecimal(parts[2]));
  }

  /** One commit, or none of the rows; a conflict with another writer is run again by itself. */
  private void store(List<Order> orders) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO orders VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")) {
      for (Order order : orders) {
        insert.setString(1, order.id());
        insert.setObject(2, order.day());
        insert.setString(3, order.customer());
        insert.setBigDecimal(4, order.amount());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
