package dev.frazil.txn;

import dev.frazil.storage.TimeSource;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a table had grown to when its maintenance was claimed last, as each snapshot's summary
 * carries it on: a commit that finds the table grown by enough since claims the next maintenance by
 * writing the count anew. As commits come one after the other, one of many writers does; whoever
 * claims and dies costs the table one round. All of it is in memory at a commit: no request.
 *
 * @param sequenceNumber of the commit that claimed
 * @param dataFiles that the table had then
 * @param dataBytes of these
 * @param deleteFiles that it had then
 * @param isDue whether this commit claims
 */
record MaintenanceCount(
    long sequenceNumber, long dataFiles, long dataBytes, long deleteFiles, boolean isDue) {
  /** In the summaries of snapshots. */
  static final String SUMMARY = "frazil.maintained-at";

  /** So many new files, small on average, are worth being put together. */
  static final long FILES = 32;

  /** So many new delete files are worth being applied or put together. */
  static final long DELETE_FILES = 16;

  /** So many commits apart, snapshots are looked at. */
  static final long COMMITS = 64;

  /** So many snapshots that may go are worth a commit. */
  static final int SNAPSHOTS = 32;

  /** Other engines do not carry the count on. */
  private static final int LONGEST_LOOK_BACK = 1_000;

  private static final double SMALL_SHARE = 0.75;
  private static final int FIRST_SEQUENCED_VERSION = 2;
  private static final MaintenanceCount NONE = new MaintenanceCount(0, 0, 0, 0, false);

  /**
   * The count for the newest of a commit's own snapshots; null where nothing is to be counted: the
   * commit made none on the main branch, or the table is not maintained.
   */
  static @Nullable MaintenanceCount of(TableMetadata metadata, Set<Long> own, boolean maintained) {
    Snapshot current = metadata.currentSnapshot();
    if (current == null
        || !own.contains(current.snapshotId())
        || metadata.formatVersion() < FIRST_SEQUENCED_VERSION
        || !MaintenanceSettings.of(metadata).enabled()) {
      return null;
    }
    MaintenanceCount now = of(current);
    MaintenanceCount last = last(metadata, current, own).limitedTo(now);
    if (maintained) {
      return now;
    }
    return now.isDueSince(last, metadata) ? now.due() : last;
  }

  private static MaintenanceCount of(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    return new MaintenanceCount(
        snapshot.sequenceNumber(),
        total(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP),
        total(summary, SnapshotSummary.TOTAL_FILE_SIZE_PROP),
        total(summary, SnapshotSummary.TOTAL_DELETE_FILES_PROP),
        false);
  }

  private static long total(Map<String, String> summary, String name) {
    return PropertyUtil.propertyAsLong(summary, name, 0);
  }

  private static MaintenanceCount last(TableMetadata metadata, Snapshot current, Set<Long> own) {
    int seen = 0;
    for (Snapshot snapshot : SnapshotUtil.ancestorsOf(current.snapshotId(), metadata::snapshot)) {
      String text = snapshot.summary().get(SUMMARY);
      if (text != null && !own.contains(snapshot.snapshotId())) {
        return parse(text);
      }
      if (++seen > LONGEST_LOOK_BACK) {
        break;
      }
    }
    return NONE;
  }

  /** A text that is none is as if the table had never been maintained. */
  private static MaintenanceCount parse(String text) {
    if (!text.matches("[0-9]{1,18}(:[0-9]{1,18}){3}")) {
      return NONE;
    }
    String[] parts = text.split(":", -1);
    return new MaintenanceCount(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        false);
  }

  String text() {
    return sequenceNumber + ":" + dataFiles + ":" + dataBytes + ":" + deleteFiles;
  }

  private MaintenanceCount due() {
    return new MaintenanceCount(sequenceNumber, dataFiles, dataBytes, deleteFiles, true);
  }

  /** Files may have gone since: by TRUNCATE, by a compaction that somebody called. */
  private MaintenanceCount limitedTo(MaintenanceCount now) {
    return new MaintenanceCount(
        Math.min(sequenceNumber, now.sequenceNumber()),
        Math.min(dataFiles, now.dataFiles()),
        Math.min(dataBytes, now.dataBytes()),
        Math.min(deleteFiles, now.deleteFiles()),
        false);
  }

  private boolean isDueSince(MaintenanceCount last, TableMetadata metadata) {
    long newFiles = dataFiles - last.dataFiles();
    long target =
        MaintenanceSettings.whole(
            metadata.properties(),
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    boolean areSmall = dataBytes - last.dataBytes() < newFiles * SMALL_SHARE * target;
    return (newFiles >= FILES && areSmall)
        || deleteFiles - last.deleteFiles() >= DELETE_FILES
        || (sequenceNumber - last.sequenceNumber() >= COMMITS
            && ExpirableSnapshots.of(metadata, TimeSource.system().nowMillis()).count()
                >= SNAPSHOTS);
  }
}
