package dev.frazil.txn;

import dev.frazil.catalog.CommitSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;

/**
 * The oldest snapshots of a table whose history is one line, as many as may go by its properties:
 * an expiry of these needs to look at few files only. None for a table with staged snapshots,
 * branches, rollbacks, or tags on old snapshots. Without any request. Immutable.
 *
 * @param oldest first the oldest
 * @param left first the oldest; never empty where the former is not
 */
public record ExpirableSnapshots(List<Snapshot> oldest, List<Snapshot> left) {
  /** In the summary of a snapshot that took files in which stood before. */
  public static final String ADDED_FILES = "frazil.added-files";

  /** In summaries of snapshots that hold files which others wrote or committed before. */
  private static final List<String> BROUGHT_BACK =
      List.of(
          SnapshotSummary.SOURCE_SNAPSHOT_ID_PROP,
          SnapshotSummary.PUBLISHED_WAP_ID_PROP,
          ADDED_FILES);

  private static final ExpirableSnapshots NONE = new ExpirableSnapshots(List.of(), List.of());

  /** By the clock of the caller: whether readers may still be at them is not looked at. */
  public static ExpirableSnapshots of(TableMetadata metadata, long nowMillis) {
    boolean ownsFiles =
        metadata.propertyAsBoolean(TableProperties.GC_ENABLED, TableProperties.GC_ENABLED_DEFAULT);
    List<Snapshot> line = line(metadata);
    if (!ownsFiles || line.size() != metadata.snapshots().size() || !saysNumbers(metadata)) {
      return NONE;
    }
    SnapshotRef main = metadata.ref(SnapshotRef.MAIN_BRANCH);
    Integer ownCount = main == null ? null : main.minSnapshotsToKeep();
    Long ownAge = main == null ? null : main.maxSnapshotAgeMs();
    int fewest =
        ownCount != null
            ? ownCount
            : metadata.propertyAsInt(
                TableProperties.MIN_SNAPSHOTS_TO_KEEP,
                TableProperties.MIN_SNAPSHOTS_TO_KEEP_DEFAULT);
    long age =
        ownAge != null
            ? ownAge
            : metadata.propertyAsLong(
                TableProperties.MAX_SNAPSHOT_AGE_MS, TableProperties.MAX_SNAPSHOT_AGE_MS_DEFAULT);
    boolean countsToo = ownAge == null && !MaintenanceSettings.saysAge(metadata);
    int most = MaintenanceSettings.of(metadata).maxSnapshots();
    Set<Long> named = new HashSet<>();
    metadata.refs().values().forEach(ref -> named.add(ref.snapshotId()));
    int gone = 0;
    while (line.size() - gone > Math.max(1, fewest)) {
      Snapshot snapshot = line.get(gone);
      // What the database was since then stays restorable: the snapshot was current until the next.
      boolean isOld = nowMillis - line.get(gone + 1).timestampMillis() > age;
      boolean isBeyond = countsToo && line.size() - gone > most;
      if (named.contains(snapshot.snapshotId()) || !(isOld || isBeyond)) {
        break;
      }
      gone++;
    }
    return new ExpirableSnapshots(line.subList(0, gone), line.subList(gone, line.size()));
  }

  public ExpirableSnapshots {
    oldest = List.copyOf(oldest);
    left = List.copyOf(left);
  }

  /**
   * Whether no snapshot after the first that is left can hold a file again that one before it had
   * let go: those of Frazil's own statements cannot, as each of their files has a name of its own.
   */
  public boolean bringNothingBack() {
    return left.stream()
        .skip(1)
        .map(Snapshot::summary)
        .allMatch(
            summary ->
                summary.containsKey(CommitSummary.COMMIT_ID)
                    && BROUGHT_BACK.stream().noneMatch(summary::containsKey));
  }

  /** How many may go. */
  public int count() {
    return oldest.size();
  }

  /** The same with fewer to go. */
  public ExpirableSnapshots atMost(int count) {
    if (oldest.size() <= count) {
      return this;
    }
    List<Snapshot> stay = new ArrayList<>(oldest.subList(count, oldest.size()));
    stay.addAll(left);
    return new ExpirableSnapshots(oldest.subList(0, count), stay);
  }

  /** Who says how many stay, or how long, in other than numbers keeps them all. */
  private static boolean saysNumbers(TableMetadata metadata) {
    return metadata
            .properties()
            .getOrDefault(TableProperties.MIN_SNAPSHOTS_TO_KEEP, "1")
            .matches("-?[0-9]{1,9}")
        && metadata
            .properties()
            .getOrDefault(TableProperties.MAX_SNAPSHOT_AGE_MS, "1")
            .matches("-?[0-9]{1,18}");
  }

  private static List<Snapshot> line(TableMetadata metadata) {
    List<Snapshot> line = new ArrayList<>();
    Snapshot snapshot = metadata.currentSnapshot();
    while (snapshot != null && line.size() <= metadata.snapshots().size()) {
      line.add(snapshot);
      Long parent = snapshot.parentId();
      snapshot = parent == null ? null : metadata.snapshot(parent);
    }
    Collections.reverse(line);
    return line;
  }
}
