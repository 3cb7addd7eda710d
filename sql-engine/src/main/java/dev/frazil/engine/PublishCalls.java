package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.Procedure;
import dev.frazil.plan.TableHandle;
import dev.frazil.txn.PickedSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * The procedures that bring a snapshot which is not in the table, as it is now, into it. One
 * thread.
 */
final class PublishCalls {
  private final ProcedureCalls calls;

  PublishCalls(ProcedureCalls calls) {
    this.calls = calls;
  }

  /** {@code cherrypick_snapshot}. */
  List<List<Object>> cherrypick(ProcedureArguments arguments) {
    long id = Objects.requireNonNull(arguments.whole("snapshot_id"));
    return picked(
        arguments,
        Procedure.CHERRYPICK_SNAPSHOT,
        table -> {
          SnapshotCalls.requireSnapshot(table, id);
          return id;
        });
  }

  /** {@code publish_changes}: the one snapshot that was staged under an id. */
  List<List<Object>> publish(ProcedureArguments arguments) {
    String id = Objects.requireNonNull(arguments.text("wap_id"));
    return picked(
        arguments,
        Procedure.PUBLISH_CHANGES,
        table -> {
          List<Snapshot> staged = new ArrayList<>();
          for (Snapshot snapshot : table.snapshots()) {
            if (id.equals(snapshot.summary().get(PickedSnapshot.STAGED_ID))) {
              staged.add(snapshot);
            }
          }
          if (staged.size() != 1) {
            throw new EngineException(
                SqlState.INVALID_PARAMETER_VALUE,
                "the table "
                    + table.name()
                    + (staged.isEmpty()
                        ? " has no snapshot with the wap.id '"
                        : " has " + staged.size() + " snapshots with the wap.id '")
                    + id
                    + "'"
                    + (staged.isEmpty() ? "" : ": publish each by cherrypick_snapshot"));
          }
          return staged.get(0).snapshotId();
        });
  }

  private interface Source {
    long of(Table table);
  }

  private List<List<Object>> picked(
      ProcedureArguments arguments, Procedure procedure, Source source) {
    long[] picked = new long[1];
    Table after =
        calls.committed(
            own -> {
              TableHandle handle = calls.table(arguments, procedure, own);
              picked[0] = source.of(handle.table());
              own.transaction()
                  .update(handle.identifier(), target -> new PickedSnapshot(target, picked[0]));
              calls.requireRulesOfPicked(handle, picked[0], own);
              new PublishedKeys(calls, own).check(handle, picked[0]);
              return own.load(handle.identifier()).orElseThrow();
            });
    if (after == null) {
      return List.of();
    }
    return List.of(
        List.of(picked[0], Objects.requireNonNull(after.currentSnapshot()).snapshotId()));
  }
}
