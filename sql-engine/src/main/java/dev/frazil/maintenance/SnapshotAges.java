package dev.frazil.maintenance;

import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.ObjectStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/**
 * Which snapshots a reader may still be at: those that were the newest ones not long ago. A
 * snapshot was until its successor came; how long ago that is, its own timestamp and the date of
 * its manifest list by the store's clock must agree on, since writers have clocks of their own. One
 * thread.
 */
final class SnapshotAges {
  private final ObjectStore store;
  private final long nowMillis;
  private final long limitMillis;
  private final Map<Long, Boolean> recent = new HashMap<>();

  /** All snapshots up to this sequence number were written long ago. */
  private long oldSequenceNumber = -1;

  /**
   * @param nowMillis by the clock of the store
   * @param readerMillis how long a reader may take
   */
  SnapshotAges(ObjectStore store, long nowMillis, long readerMillis) {
    this.store = store;
    this.nowMillis = nowMillis;
    this.limitMillis = nowMillis - readerMillis;
  }

  long nowMillis() {
    return nowMillis;
  }

  /** Whether it, or what followed it, is recent. */
  boolean mayBeRead(TableMetadata metadata, Snapshot snapshot) {
    if (isRecent(snapshot)) {
      return true;
    }
    for (Snapshot child : metadata.snapshots()) {
      Long parent = child.parentId();
      if (parent != null && parent == snapshot.snapshotId() && isRecent(child)) {
        return true;
      }
    }
    // A rollback makes an old snapshot follow a newer one.
    List<HistoryEntry> log = metadata.snapshotLog();
    for (int i = 0; i + 1 < log.size(); i++) {
      if (log.get(i).snapshotId() == snapshot.snapshotId()
          && log.get(i + 1).timestampMillis() > limitMillis) {
        return true;
      }
    }
    return false;
  }

  private boolean isRecent(Snapshot snapshot) {
    if (snapshot.timestampMillis() > limitMillis) {
      return true;
    }
    long sequenceNumber = snapshot.sequenceNumber();
    if (sequenceNumber > 0 && sequenceNumber <= oldSequenceNumber) {
      return false;
    }
    boolean isRecent = recent.computeIfAbsent(snapshot.snapshotId(), id -> isRecentFile(snapshot));
    if (!isRecent) {
      oldSequenceNumber = Math.max(oldSequenceNumber, sequenceNumber);
    }
    return isRecent;
  }

  /** One whose date cannot be told counts as recent. */
  private boolean isRecentFile(Snapshot snapshot) {
    String list = snapshot.manifestListLocation();
    return list == null
        || store.head(list).map(ObjectInfo::modifiedAtMillis).orElse(Long.MAX_VALUE) > limitMillis;
  }
}
