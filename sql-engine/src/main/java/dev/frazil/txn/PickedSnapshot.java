package dev.frazil.txn;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CherrypickAncestorCommitException;
import org.apache.iceberg.exceptions.DuplicateWAPCommitException;
import org.apache.iceberg.exceptions.ValidationException;

/**
 * Applies the changes of one snapshot to the table as it is now, as Iceberg's {@code cherrypick}
 * does: the snapshot itself becomes current where it stands on the current one, else its appended
 * files, or the partitions that it replaced dynamically, are committed anew. Made anew on whatever
 * state the commit finds. One thread.
 */
public final class PickedSnapshot implements PendingUpdate<Snapshot> {
  /** What the summary of a staged snapshot calls its id. */
  public static final String STAGED_ID = SnapshotTarget.STAGED_ID;

  private final Table table;
  private final long snapshotId;

  public PickedSnapshot(Table table, long snapshotId) {
    this.table = table;
    this.snapshotId = snapshotId;
  }

  @Override
  public Snapshot apply() {
    return table.manageSnapshots().cherrypick(snapshotId).apply();
  }

  @Override
  public void commit() {
    try {
      table.manageSnapshots().cherrypick(snapshotId).commit();
    } catch (CherrypickAncestorCommitException | DuplicateWAPCommitException e) {
      throw new EngineException(
          SqlState.OBJECT_NOT_IN_STATE,
          "the snapshot " + snapshotId + " is in the table " + table.name() + " already",
          e);
    } catch (ValidationException e) {
      throw new EngineException(
          SqlState.OBJECT_NOT_IN_STATE,
          "the snapshot "
              + snapshotId
              + " cannot be applied to the table "
              + table.name()
              + " as it is now: "
              + e.getMessage(),
          e);
    }
  }
}
