package dev.frazil.txn;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.ValidationException;
import org.jspecify.annotations.Nullable;

/**
 * Makes, moves or takes away one branch or tag, the branch {@code main} among them. Where somebody
 * else moved it first the update fails instead of dropping what they committed. Made anew on
 * whatever state the commit finds. One thread.
 */
public final class ReferenceUpdate implements PendingUpdate<Map<String, SnapshotRef>> {
  private final TableOperations operations;
  private final String name;
  private final Known expected;
  private final @Nullable SnapshotRef wanted;

  /**
   * What a name stands for. A snapshot that this transaction made keeps its id when it is made anew
   * on what others committed, so that the id alone does not tell of them.
   *
   * @param parentId of the snapshot; null without one
   */
  private record Known(@Nullable SnapshotRef ref, @Nullable Long parentId) {
    static Known of(@Nullable SnapshotRef ref, LongFunction<@Nullable Snapshot> snapshots) {
      Snapshot snapshot = ref == null ? null : snapshots.apply(ref.snapshotId());
      return new Known(ref, snapshot == null ? null : snapshot.parentId());
    }
  }

  private ReferenceUpdate(Table table, String name, Known expected, @Nullable SnapshotRef wanted) {
    this.operations = ((HasTableOperations) table).operations();
    this.name = name;
    this.expected = expected;
    this.wanted = wanted;
  }

  /**
   * How to make the update, from what the name stands for when it is decided on.
   *
   * @param decidedOn the table as it is then
   * @param wanted what the name is to stand for, null for nothing
   */
  public static Function<Table, PendingUpdate<?>> of(
      Table decidedOn, String name, @Nullable SnapshotRef wanted) {
    Known expected = Known.of(decidedOn.refs().get(name), decidedOn::snapshot);
    return table -> new ReferenceUpdate(table, name, expected, wanted);
  }

  @Override
  public Map<String, SnapshotRef> apply() {
    Map<String, SnapshotRef> refs = new HashMap<>(requireUnmoved().refs());
    if (wanted == null) {
      refs.remove(name);
    } else {
      refs.put(name, wanted);
    }
    return refs;
  }

  @Override
  public void commit() {
    TableMetadata base = requireUnmoved();
    TableMetadata.Builder changed = TableMetadata.buildFrom(base);
    if (wanted == null) {
      changed.removeRef(name);
    } else {
      changed.setRef(name, wanted);
    }
    operations.commit(base, changed.build());
  }

  private TableMetadata requireUnmoved() {
    TableMetadata base = operations.refresh();
    Known now = Known.of(base.ref(name), base::snapshot);
    if (!now.equals(expected)) {
      throw expected.ref() == null
          ? new ValidationException("'%s' was made", name)
          : new ReferenceMovedException(
              "'" + name + "' was moved from " + shown(expected) + " to " + shown(now));
    }
    if (wanted != null && base.snapshot(wanted.snapshotId()) == null) {
      throw new ValidationException(
          "the snapshot %s for '%s' has expired, or was made by this transaction and had to be made"
              + " anew",
          wanted.snapshotId(), name);
    }
    return base;
  }

  private static String shown(Known known) {
    SnapshotRef ref = known.ref();
    return ref == null
        ? "nothing"
        : "snapshot "
            + ref.snapshotId()
            + (known.parentId() == null ? "" : " on " + known.parentId());
  }
}
