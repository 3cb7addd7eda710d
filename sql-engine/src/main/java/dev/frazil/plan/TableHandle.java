package dev.frazil.plan;

import dev.frazil.txn.TravelPoint;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * A table as one statement sees it.
 *
 * @param identifier its full name
 * @param table metadata as of the transaction's read point, own uncommitted changes included
 * @param snapshotId the snapshot to read: the current one, or that of a time travel; null for a
 *     table without any
 * @param timeTravel whether the snapshot was asked for by the statement; such a table cannot be
 *     written
 * @param point what the statement called the snapshot of a time travel, where that can come to mean
 *     another one
 */
public record TableHandle(
    TableIdentifier identifier,
    Table table,
    @Nullable Long snapshotId,
    boolean timeTravel,
    @Nullable TravelPoint point) {

  public TableHandle(
      TableIdentifier identifier, Table table, @Nullable Long snapshotId, boolean timeTravel) {
    this(identifier, table, snapshotId, timeTravel, null);
  }

  /** The same, by what the statement calls the snapshot. */
  TableHandle calledBy(TravelPoint name) {
    return new TableHandle(identifier, table, snapshotId, timeTravel, name);
  }

  /**
   * The columns to read: those of the table, or those that it had when the snapshot of a time
   * travel was written. Field ids of a scan refer to it.
   */
  public Schema schema() {
    if (timeTravel && snapshotId != null && !MetadataScan.isMetadata(table)) {
      return SnapshotUtil.schemaFor(table, snapshotId);
    }
    return table.schema();
  }
}
