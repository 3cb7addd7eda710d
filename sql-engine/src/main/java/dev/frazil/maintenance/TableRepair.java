package dev.frazil.maintenance;

import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;

/**
 * Takes out of a table what a check found lost, and what nothing needs: snapshots that no branch or
 * tag names, and entries of statistics. Deletes no file. One thread.
 */
public final class TableRepair implements PendingUpdate<TableMetadata> {
  private final TableOperations operations;
  private final TableCheck check;

  public TableRepair(Table table, TableCheck check) {
    this.operations = ((HasTableOperations) table).operations();
    this.check = check;
  }

  @Override
  public TableMetadata apply() {
    TableMetadata base = operations.refresh();
    Set<Long> going = new HashSet<>(check.brokenSnapshots());
    for (SnapshotRef ref : base.refs().values()) {
      going.remove(ref.snapshotId());
    }
    going.removeIf(id -> base.snapshot(id) == null);
    TableMetadata.Builder repaired = TableMetadata.buildFrom(base);
    if (!going.isEmpty()) {
      repaired.removeSnapshots(going);
    }
    check.lostStatistics().forEach(repaired::removeStatistics);
    check.lostPartitionStatistics().forEach(repaired::removePartitionStatistics);
    return repaired.build();
  }

  @Override
  public void commit() {
    operations.commit(operations.current(), apply());
  }
}
