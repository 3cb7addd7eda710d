package dev.frazil.txn;

import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * Where the snapshot of a change of rows goes.
 *
 * @param branch whose head it becomes
 * @param stagedAs the id under which it is staged for {@code publish_changes}, without becoming the
 *     head of anything; null for a change that is seen at once
 */
record SnapshotTarget(String branch, @Nullable String stagedAs) {
  /** What the summary of a staged snapshot calls its id; so does Spark. */
  static final String STAGED_ID = "wap.id";

  <U extends SnapshotUpdate<U>> U direct(U update) {
    U directed = CallerThread.updating(update).toBranch(branch);
    return stagedAs == null ? directed : directed.stageOnly().set(STAGED_ID, stagedAs);
  }

  /** The snapshot that the change stands on; null for none. */
  @Nullable Snapshot head(Table table) {
    return SnapshotUtil.latestSnapshot(table, branch);
  }
}
