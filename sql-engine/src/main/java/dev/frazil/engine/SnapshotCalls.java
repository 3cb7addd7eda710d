package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.Procedure;
import dev.frazil.plan.TableHandle;
import dev.frazil.txn.ReferenceUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * The procedures that move a table or a branch to another of its snapshots. Where another commit
 * moved it since the call looked, none of them drops that commit: 40001. One thread.
 */
final class SnapshotCalls {
  private final ProcedureCalls calls;

  SnapshotCalls(ProcedureCalls calls) {
    this.calls = calls;
  }

  /** {@code rollback_to_snapshot}: to an ancestor of what the table is. */
  List<List<Object>> rollbackToSnapshot(ProcedureArguments arguments) {
    long id = Objects.requireNonNull(arguments.whole("snapshot_id"));
    return moved(
        arguments,
        Procedure.ROLLBACK_TO_SNAPSHOT,
        table -> {
          requireSnapshot(table, id);
          Snapshot current = table.currentSnapshot();
          if (current == null || !SnapshotUtil.isAncestorOf(table, id)) {
            throw new EngineException(
                SqlState.INVALID_PARAMETER_VALUE,
                "the snapshot "
                    + id
                    + " is no ancestor of what the table "
                    + table.name()
                    + " is: set_current_snapshot goes to any");
          }
          return id;
        });
  }

  /** {@code rollback_to_timestamp}: to the last ancestor before a time. */
  List<List<Object>> rollbackToTimestamp(ProcedureArguments arguments) {
    long millis = Objects.requireNonNull(arguments.timeMillis("timestamp"));
    return moved(
        arguments,
        Procedure.ROLLBACK_TO_TIMESTAMP,
        table -> {
          Snapshot found = null;
          for (Snapshot ancestor : SnapshotUtil.currentAncestors(table)) {
            if (ancestor.timestampMillis() < millis
                && (found == null || ancestor.timestampMillis() > found.timestampMillis())) {
              found = ancestor;
            }
          }
          if (found == null) {
            throw new EngineException(
                SqlState.INVALID_PARAMETER_VALUE,
                "the table "
                    + table.name()
                    + " has no snapshot older than "
                    + Instant.ofEpochMilli(millis));
          }
          return found.snapshotId();
        });
  }

  /** {@code set_current_snapshot}: to any snapshot, by its id, branch or tag. */
  List<List<Object>> setCurrentSnapshot(ProcedureArguments arguments) {
    Long id = arguments.whole("snapshot_id");
    String ref = arguments.text("ref");
    if ((id == null) == (ref == null)) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "set_current_snapshot takes either snapshot_id or ref, not "
              + (id == null ? "neither" : "both"));
    }
    return moved(
        arguments,
        Procedure.SET_CURRENT_SNAPSHOT,
        table -> {
          if (id != null) {
            requireSnapshot(table, id);
            return id;
          }
          return reference(table, Objects.requireNonNull(ref)).snapshotId();
        });
  }

  private interface Destination {
    long of(Table table);
  }

  private List<List<Object>> moved(
      ProcedureArguments arguments, Procedure procedure, Destination destination) {
    List<Object> row =
        calls.committed(
            own -> {
              TableHandle handle = calls.table(arguments, procedure, own);
              Table table = handle.table();
              SnapshotRef before = table.refs().get(SnapshotRef.MAIN_BRANCH);
              long to = destination.of(table);
              SnapshotRef after =
                  before == null
                      ? SnapshotRef.branchBuilder(to).build()
                      : SnapshotRef.builderFrom(before, to).build();
              own.transaction()
                  .update(
                      handle.identifier(),
                      ReferenceUpdate.of(table, SnapshotRef.MAIN_BRANCH, after));
              calls.requireRules(handle, SnapshotRef.MAIN_BRANCH, to, own);
              if (!isOnABranch(table, to)) {
                new PublishedKeys(calls, own).check(handle, to);
              }
              return Arrays.<Object>asList(before == null ? null : before.snapshotId(), to);
            });
    return row == null ? List.of() : List.of(row);
  }

  /** {@code fast_forward}: a branch to the head of another one that descends from it. */
  List<List<Object>> fastForward(ProcedureArguments arguments) {
    String branch = Objects.requireNonNull(arguments.text("branch"));
    String to = Objects.requireNonNull(arguments.text("to"));
    List<Object> row =
        calls.committed(
            own -> {
              TableHandle handle = calls.table(arguments, Procedure.FAST_FORWARD, own);
              Table table = handle.table();
              SnapshotRef before = table.refs().get(branch);
              SnapshotRef head = reference(table, to);
              long id = head.snapshotId();
              if (before != null && !before.isBranch()) {
                throw new EngineException(
                    SqlState.WRONG_OBJECT_TYPE,
                    "'" + branch + "' of table " + table.name() + " is a tag, which does not move");
              }
              if (before != null
                  && before.snapshotId() != id
                  && !SnapshotUtil.isAncestorOf(table, id, before.snapshotId())) {
                throw new EngineException(
                    SqlState.OBJECT_NOT_IN_STATE,
                    "'"
                        + branch
                        + "' of table "
                        + table.name()
                        + " cannot be moved to '"
                        + to
                        + "', which does not descend from it: it would lose commits");
              }
              SnapshotRef after =
                  before == null
                      ? SnapshotRef.branchBuilder(id).build()
                      : SnapshotRef.builderFrom(before, id).build();
              if (!after.equals(before)) {
                own.transaction()
                    .update(handle.identifier(), ReferenceUpdate.of(table, branch, after));
                calls.requireRules(handle, branch, id, own);
              }
              return Arrays.<Object>asList(branch, before == null ? null : before.snapshotId(), id);
            });
    return row == null ? List.of() : List.of(row);
  }

  /** {@code ancestors_of}: newest first. */
  List<List<Object>> ancestorsOf(ProcedureArguments arguments) {
    TableHandle handle = calls.tableToRead(arguments);
    Table table = handle.table();
    Long given = arguments.whole("snapshot_id");
    Snapshot current = table.currentSnapshot();
    List<List<Object>> rows = new ArrayList<>();
    Long from = given != null ? given : current == null ? null : current.snapshotId();
    if (from != null) {
      requireSnapshot(table, from);
      for (Snapshot ancestor : SnapshotUtil.ancestorsOf(from, table::snapshot)) {
        rows.add(List.of(ancestor.snapshotId(), ancestor.timestampMillis()));
      }
    }
    return rows;
  }

  /** Whether each of its commits was checked when it came, as those of staged ones are not. */
  private static boolean isOnABranch(Table table, long snapshotId) {
    return table.refs().values().stream()
        .anyMatch(
            ref ->
                ref.isBranch() && SnapshotUtil.isAncestorOf(table, ref.snapshotId(), snapshotId));
  }

  static void requireSnapshot(Table table, long id) {
    if (table.snapshot(id) == null) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE, "the table " + table.name() + " has no snapshot " + id);
    }
  }

  private static SnapshotRef reference(Table table, String name) {
    @Nullable SnapshotRef ref = table.refs().get(name);
    if (ref == null) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "the table " + table.name() + " has no branch or tag '" + name + "'");
    }
    return ref;
  }
}
