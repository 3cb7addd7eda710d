package dev.frazil.parquet;

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
  public ParquetWriterOptions {
    properties = Map.copyOf(properties);
  }

  /** Options of a data file of a table. */
  public static ParquetWriterOptions of(Map<String, String> tableProperties, Schema schema) {
    return new ParquetWriterOptions(
        tableProperties, MetricsConfig.from(tableProperties, schema, SortOrder.unsorted()));
  }

  /** Options of a position delete file. */
  public static ParquetWriterOptions ofPositionDeletes(Map<String, String> tableProperties) {
    return new ParquetWriterOptions(tableProperties, MetricsConfig.forPositionDelete());
  }
}
