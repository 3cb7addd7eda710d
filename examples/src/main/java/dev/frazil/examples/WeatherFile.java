package dev.frazil.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/**
 * The weather data that ships with the examples (see DATA.md beside it), and how to load it by
 * JDBC.
 */
final class WeatherFile {
  /** Three years, as first published. */
  static final String FIRST_DELIVERY = "seattle-weather-first.csv";

  /** Four years, corrected. */
  static final String SECOND_DELIVERY = "seattle-weather-second.csv";

  /** The columns of a table of weather. */
  static final String COLUMNS =
      """
      day date NOT NULL, precipitation decimal(5,1), temp_max decimal(4,1), \
      temp_min decimal(4,1), wind decimal(4,1), weather varchar""";

  private WeatherFile() {}

  /** One day: millimetres, degrees Celsius, metres a second. */
  record Day(
      LocalDate day,
      BigDecimal precipitation,
      BigDecimal temperatureMaximum,
      BigDecimal temperatureMinimum,
      BigDecimal wind,
      String weather) {}

  static List<Day> read(String name) {
    InputStream stream = WeatherFile.class.getResourceAsStream(name);
    if (stream == null) {
      throw new IllegalArgumentException("no data file " + name);
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(WeatherFile::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Inserts days in one batch, which is one commit. */
  static int insert(Connection connection, String table, List<Day> days) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?, ?, ?, ?)")) {
      for (Day day : days) {
        insert.setObject(1, day.day());
        insert.setBigDecimal(2, day.precipitation());
        insert.setBigDecimal(3, day.temperatureMaximum());
        insert.setBigDecimal(4, day.temperatureMinimum());
        insert.setBigDecimal(5, day.wind());
        insert.setString(6, day.weather());
        insert.addBatch();
      }
      return insert.executeBatch().length;
    }
  }

  private static Day parse(String line) {
    List<String> cells = List.of(line.split(",", -1));
    return new Day(
        LocalDate.parse(cells.get(0)),
        new BigDecimal(cells.get(1)),
        new BigDecimal(cells.get(2)),
        new BigDecimal(cells.get(3)),
        new BigDecimal(cells.get(4)),
        cells.get(5));
  }
}
