package dev.frazil.maintenance;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * Takes snapshots and refs out of the metadata of a table, by the rules of Iceberg's {@code
 * ExpireSnapshots}, but by the clock of the store, and never one that a reader may still be at.
 * Made anew on whatever state the commit finds. One thread.
 */
final class SnapshotRemoval implements PendingUpdate<List<Snapshot>> {
  private final TableOperations operations;
  private final SnapshotExpiry.Request request;
  private final SnapshotAges ages;
  private TableMetadata base;
  private List<Snapshot> removed = List.of();

  SnapshotRemoval(TableOperations operations, SnapshotExpiry.Request request, SnapshotAges ages) {
    this.operations = operations;
    this.request = request;
    this.ages = ages;
    this.base = operations.current();
  }

  /** What {@link #commit} took away. */
  List<Snapshot> removed() {
    return removed;
  }

  /** The state that it was taken from. */
  TableMetadata base() {
    return base;
  }

  @Override
  public List<Snapshot> apply() {
    base = operations.refresh();
    Map<String, SnapshotRef> refs = keptRefs();
    Set<Long> kept = new HashSet<>();
    for (Map.Entry<String, SnapshotRef> ref : refs.entrySet()) {
      if (request.snapshotIds().contains(ref.getValue().snapshotId())) {
        throw new EngineException(
            SqlState.INVALID_PARAMETER_VALUE,
            "the snapshot "
                + ref.getValue().snapshotId()
                + " cannot expire: '"
                + ref.getKey()
                + "' refers to it");
      }
      kept.add(ref.getValue().snapshotId());
    }
    if (!request.byIdOnly()) {
      keepOfBranches(refs, kept);
      keepUnreferenced(refs, kept);
      keepStates(kept);
    }
    List<Snapshot> old = new ArrayList<>();
    for (Snapshot snapshot : base.snapshots()) {
      long id = snapshot.snapshotId();
      boolean isNamed = request.snapshotIds().contains(id);
      boolean goes = isNamed || (!request.byIdOnly() && !kept.contains(id));
      if (goes && !ages.mayBeRead(base, snapshot)) {
        old.add(snapshot);
      }
    }
    return old;
  }

  @Override
  public void commit() {
    List<Snapshot> old = apply();
    Map<String, SnapshotRef> refs = keptRefs();
    TableMetadata.Builder after = TableMetadata.buildFrom(base);
    if (!request.byIdOnly()) {
      base.refs().keySet().stream().filter(ref -> !refs.containsKey(ref)).forEach(after::removeRef);
    }
    Set<Long> ids = new HashSet<>();
    old.forEach(snapshot -> ids.add(snapshot.snapshotId()));
    after.removeSnapshots(ids);
    operations.commit(base, after.build());
    removed = old;
  }

  private Map<String, SnapshotRef> keptRefs() {
    long defaultAge =
        base.propertyAsLong(TableProperties.MAX_REF_AGE_MS, TableProperties.MAX_REF_AGE_MS_DEFAULT);
    Map<String, SnapshotRef> kept = new HashMap<>();
    base.refs()
        .forEach(
            (name, ref) -> {
              Snapshot snapshot = base.snapshot(ref.snapshotId());
              long maxAge = orElse(ref.maxRefAgeMs(), defaultAge);
              boolean isYoung =
                  snapshot != null && ages.nowMillis() - snapshot.timestampMillis() <= maxAge;
              if (name.equals(SnapshotRef.MAIN_BRANCH) || request.byIdOnly() || isYoung) {
                kept.put(name, ref);
              }
            });
    return kept;
  }

  private void keepOfBranches(Map<String, SnapshotRef> refs, Set<Long> kept) {
    for (SnapshotRef ref : refs.values()) {
      if (!ref.isBranch()) {
        continue;
      }
      Long maxAge = ref.maxSnapshotAgeMs();
      long olderThan = maxAge != null ? ages.nowMillis() - maxAge : olderThan();
      Integer fewest = ref.minSnapshotsToKeep();
      long minCount = fewest != null ? fewest : retainLast();
      long count = 0;
      boolean successorIsYoung = false;
      for (Snapshot ancestor : SnapshotUtil.ancestorsOf(ref.snapshotId(), base::snapshot)) {
        if (count >= minCount && ancestor.timestampMillis() < olderThan) {
          if (successorIsYoung && keepsStates()) {
            kept.add(ancestor.snapshotId());
          }
          break;
        }
        successorIsYoung = ancestor.timestampMillis() >= olderThan;
        kept.add(ancestor.snapshotId());
        count++;
      }
    }
  }

  /**
   * Whether what the table was since then stays, and not only what was made since then: unless the
   * call names a time of its own, the database can be restored to any state of that age.
   */
  private boolean keepsStates() {
    return request.olderThanMillis() == null;
  }

  /** What was the current snapshot at any time since then, also by a rollback. */
  private void keepStates(Set<Long> kept) {
    if (!keepsStates()) {
      return;
    }
    List<HistoryEntry> log = base.snapshotLog();
    for (int i = 0; i < log.size(); i++) {
      boolean stoodLater = i + 1 == log.size() || log.get(i + 1).timestampMillis() >= olderThan();
      if (stoodLater) {
        kept.add(log.get(i).snapshotId());
      }
    }
  }

  /** Snapshots of no branch and no tag, such as staged ones. */
  private void keepUnreferenced(Map<String, SnapshotRef> refs, Set<Long> kept) {
    Set<Long> referenced = new HashSet<>();
    for (SnapshotRef ref : refs.values()) {
      referenced.add(ref.snapshotId());
      if (ref.isBranch()) {
        SnapshotUtil.ancestorsOf(ref.snapshotId(), base::snapshot)
            .forEach(ancestor -> referenced.add(ancestor.snapshotId()));
      }
    }
    for (Snapshot snapshot : base.snapshots()) {
      if (!referenced.contains(snapshot.snapshotId())
          && snapshot.timestampMillis() >= olderThan()) {
        kept.add(snapshot.snapshotId());
      }
    }
  }

  private long olderThan() {
    Long given = request.olderThanMillis();
    return given != null
        ? given
        : ages.nowMillis()
            - base.propertyAsLong(
                TableProperties.MAX_SNAPSHOT_AGE_MS, TableProperties.MAX_SNAPSHOT_AGE_MS_DEFAULT);
  }

  private long retainLast() {
    Long given = request.retainLast();
    return given != null
        ? given
        : base.propertyAsInt(
            TableProperties.MIN_SNAPSHOTS_TO_KEEP, TableProperties.MIN_SNAPSHOTS_TO_KEEP_DEFAULT);
  }

  private static long orElse(@Nullable Long value, long otherwise) {
    return value == null ? otherwise : value;
  }
}
