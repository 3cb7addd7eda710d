package dev.frazil.txn;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PendingUpdate;
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
  private final @Nullable SnapshotRef expected;
  private final @Nullable SnapshotRef wanted;

  /**
   * @param expected what the name stands for when the update is decided on, null for nothing
   * @param wanted what it is to stand for, null for nothing
   */
  public ReferenceUpdate(
      Table table, String name, @Nullable SnapshotRef expected, @Nullable SnapshotRef wanted) {
    this.operations = ((HasTableOperations) table).operations();
    this.name = name;
    this.expected = expected;
    this.wanted = wanted;
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
    SnapshotRef now = base.ref(name);
    if (!Objects.equals(now, expected)) {
      throw expected == null
          ? new ValidationException("'%s' was made", name)
          : new ReferenceMovedException(
              "'" + name + "' was moved from " + shown(expected) + " to " + shown(now));
    }
    if (wanted != null && base.snapshot(wanted.snapshotId()) == null) {
      throw new ValidationException("the snapshot %s has expired", wanted.snapshotId());
    }
    return base;
  }

  private static String shown(@Nullable SnapshotRef ref) {
    return ref == null ? "nothing" : "snapshot " + ref.snapshotId();
  }
}
