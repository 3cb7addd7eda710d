package dev.frazil.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A job that loads a table once and brings it up to date with each later delivery: new days are
 * inserted, corrected ones updated, all in one commit. Run it as often as you like.
 *
 * <p>Usage: {@code LoadAndUpsert jdbc:iceberg:s3://bucket/weather}
 */
public final class LoadAndUpsert {
  private LoadAndUpsert() {}

  /** Rows inserted and updated by the MERGE, and rows of the table afterwards. */
  public record Outcome(long changed, long total) {}

  public static void main(String[] arguments) throws SQLException {
    Outcome outcome = run(arguments[0], WeatherFile.SECOND_DELIVERY);
    System.out.println(outcome.changed() + " days changed, " + outcome.total() + " days in all");
  }

  static Outcome run(String url, String delivery) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS weather ("
              + WeatherFile.COLUMNS
              + ") PARTITIONED BY (year(day))");
      // The delivery and its merge are one transaction: nobody ever sees half of them.
      connection.setAutoCommit(false);
      statement.execute("CREATE TABLE delivery (" + WeatherFile.COLUMNS + ")");
      WeatherFile.insert(connection, "delivery", WeatherFile.read(delivery));
      long changed =
          statement.executeLargeUpdate(
              """
              MERGE INTO weather AS w USING delivery AS d ON w.day = d.day
              WHEN MATCHED AND w.weather <> d.weather THEN UPDATE SET weather = d.weather
              WHEN NOT MATCHED THEN INSERT (day, precipitation, temp_max, temp_min, wind, weather)
                VALUES (d.day, d.precipitation, d.temp_max, d.temp_min, d.wind, d.weather)""");
      statement.execute("DROP TABLE delivery");
      connection.commit();
      try (ResultSet count = statement.executeQuery("SELECT count(*) FROM weather")) {
        count.next();
        return new Outcome(changed, count.getLong(1));
      }
    }
  }
}
