package dev.frazil.parquet;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;

/**
 * How a file is written.
 *
 * @param properties table properties ({@code write.parquet.*}); unknown ones are ignored
 * @param metrics which bounds and counts the manifest entry gets
 */
public record ParquetWriterOptions(Map<String, String> properties, MetricsConfig metrics) {
  private static final String PREFIX = "write.parquet.";
  private static final String DELETE_PREFIX = "write.delete.parquet.";

  public ParquetWriterOptions {
    properties = Map.copyOf(properties);
  }

  /** Options of a data file of a table. */
  public static ParquetWriterOptions of(Map<String, String> tableProperties, Schema schema) {
    return new ParquetWriterOptions(
        tableProperties, MetricsConfig.from(tableProperties, schema, SortOrder.unsorted()));
  }

  /** Options of a position delete file: those of data files where it has none of its own. */
  public static ParquetWriterOptions ofPositionDeletes(Map<String, String> tableProperties) {
    Map<String, String> properties = new HashMap<>(tableProperties);
    tableProperties.forEach(
        (name, value) -> {
          if (name.startsWith(DELETE_PREFIX)) {
            properties.put(PREFIX + name.substring(DELETE_PREFIX.length()), value);
          }
        });
    return new ParquetWriterOptions(properties, MetricsConfig.forPositionDelete());
  }
}
