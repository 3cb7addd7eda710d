package dev.frazil.plan.stats;

import dev.frazil.plan.TableHandle;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;

/**
 * What the metadata of a snapshot tells without reading a manifest.
 *
 * @param rowCount rows, or a guess where the writer left no count
 */
public record TableStatistics(double rowCount) {
  /** Where the writer of a snapshot told no row count. */
  private static final double UNKNOWN_ROWS = 100_000;

  /** The statistics of the snapshot that a handle reads. */
  public static TableStatistics of(TableHandle handle) {
    Long snapshotId = handle.snapshotId();
    if (snapshotId == null) {
      return new TableStatistics(0);
    }
    Snapshot snapshot = handle.table().snapshot(snapshotId);
    Map<String, String> summary = snapshot == null ? Map.of() : snapshot.summary();
    String records = summary == null ? null : summary.get(SnapshotSummary.TOTAL_RECORDS_PROP);
    if (records == null) {
      return new TableStatistics(UNKNOWN_ROWS);
    }
    try {
      double rows = (double) Long.parseLong(records);
      String deletes = summary.get(SnapshotSummary.TOTAL_POS_DELETES_PROP);
      if (deletes != null) {
        rows -= Math.min(rows, (double) Long.parseLong(deletes));
      }
      return new TableStatistics(rows);
    } catch (NumberFormatException e) {
      return new TableStatistics(UNKNOWN_ROWS);
    }
  }
}
