package dev.frazil.examples;

import dev.frazil.jdbc.ColumnBatches;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a job does that looks at every value: it reads columns as primitive arrays, a batch at a
 * time, in place of a getter call for each cell.
 *
 * <p>Usage: {@code ColumnarTotals jdbc:iceberg:s3://bucket/weather}, after {@link LoadAndUpsert}
 */
public final class ColumnarTotals {
  private ColumnarTotals() {}

  public static void main(String[] arguments) throws SQLException {
    rainByYear(arguments[0]).forEach((year, rain) -> System.out.println(year + "  " + rain));
  }

  /** The sum of a decimal column, by the year of a date column. */
  static Map<Integer, BigDecimal> rainByYear(String url) throws SQLException {
    Map<Integer, Long> unscaled = new TreeMap<>();
    int scale;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT day, precipitation FROM weather")) {
      scale = rows.getMetaData().getScale(2);
      ColumnBatches batches = rows.unwrap(ColumnBatches.class);
      for (ColumnBatches.Batch batch = batches.next(); batch != null; batch = batches.next()) {
        int[] days = batch.column(1).ints(); // days since 1970-01-01
        long[] rain = batch.column(2).longs(); // unscaled, as its type has 18 digits at most
        boolean[] unknown = batch.column(2).nulls(); // null when no row is
        for (int i = 0; i < batch.rowCount(); i++) {
          if (unknown == null || !unknown[i]) {
            unscaled.merge(LocalDate.ofEpochDay(days[i]).getYear(), rain[i], Math::addExact);
          }
        }
      }
    }
    Map<Integer, BigDecimal> totals = new TreeMap<>();
    unscaled.forEach((year, sum) -> totals.put(year, BigDecimal.valueOf(sum, scale)));
    return totals;
  }
}
