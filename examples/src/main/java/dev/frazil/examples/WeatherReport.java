package dev.frazil.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a report does: read, aggregate, print. A read-only connection never conflicts and never
 * blocks.
 *
 * <p>Usage: {@code WeatherReport jdbc:iceberg:s3://bucket/weather}, after {@link LoadAndUpsert}
 */
public final class WeatherReport {
  private WeatherReport() {}

  public static void main(String[] arguments) throws SQLException {
    System.out.print(report(arguments[0]));
  }

  static String report(String url) throws SQLException {
    StringBuilder text = new StringBuilder("year  days  rain mm  warmest  coldest  sunny days\n");
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setReadOnly(true);
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  """
                  SELECT extract(year FROM day) AS year, count(*) AS days,
                    sum(precipitation) AS rain, max(temp_max) AS warmest, min(temp_min) AS coldest,
                    count(CASE WHEN weather = 'sun' THEN 1 END) AS sunny
                  FROM weather GROUP BY extract(year FROM day) ORDER BY year""")) {
        while (rows.next()) {
          text.append(
              "%d  %4d  %7s  %7s  %7s  %10d%n"
                  .formatted(
                      rows.getInt("year"),
                      rows.getLong("days"),
                      rows.getBigDecimal("rain"),
                      rows.getBigDecimal("warmest"),
                      rows.getBigDecimal("coldest"),
                      rows.getLong("sunny")));
        }
      }
    }
    return text.toString();
  }
}
