package dev.frazil.parquet;

import java.util.List;
import org.apache.iceberg.Metrics;

/**
 * A finished file, as its manifest entry describes it.
 *
 * @param lengthBytes its length
 * @param metrics row count, and sizes, counts and bounds by field id
 * @param splitOffsets where its row groups begin
 */
public record WrittenFile(long lengthBytes, Metrics metrics, List<Long> splitOffsets) {
  public WrittenFile {
    splitOffsets = List.copyOf(splitOffsets);
  }
}
