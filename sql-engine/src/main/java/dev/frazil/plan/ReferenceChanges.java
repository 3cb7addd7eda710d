package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableAlteration.DropReference;
import dev.frazil.plan.parser.TableAlteration.SetReference;
import dev.frazil.txn.ReferenceUpdate;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** Branches and tags that ALTER TABLE makes, moves and drops. */
final class ReferenceChanges {
  private final SqlText source;
  private final TableIdentifier identifier;
  private final Table table;

  ReferenceChanges(StatementContext context, TableIdentifier identifier, Table table) {
    this.source = context.parsed().source();
    this.identifier = identifier;
    this.table = table;
  }

  /**
   * CREATE and REPLACE.
   *
   * <p>Errors: 42710 it is there already, 42704 it is not, 22023 no such snapshot or a name or
   * number that does not do, 42809 it is a tag and no branch, or the reverse.
   */
  List<TableChange> set(SetReference set) {
    String name = set.name();
    SnapshotRef before = table.refs().get(name);
    if (before != null && set.mode() == SetReference.Mode.CREATE_IF_NOT_EXISTS) {
      return List.of();
    }
    if (before != null && set.mode() == SetReference.Mode.CREATE) {
      throw new EngineException(
          SqlState.DUPLICATE_OBJECT,
          "table "
              + identifier
              + " has a "
              + kind(before.isBranch())
              + " '"
              + name
              + "' already ("
              + source.position(set.offset())
              + ")");
    }
    if (before == null && set.mode() == SetReference.Mode.REPLACE) {
      throw missing(set.branch(), name, set.offset());
    }
    if (before != null) {
      requireKind(before, set.branch(), name, set.offset());
    } else {
      requireName(name, set.offset());
    }
    if (set.branch() && table.currentSnapshot() == null && !set.hasDetails()) {
      // A branch of an empty table begins with an empty snapshot, as in Iceberg.
      return List.of(new TableChange.Update(target -> target.newFastAppend().toBranch(name)));
    }
    SnapshotRef after = reference(set, before);
    List<TableChange> changes = new ArrayList<>();
    changes.add(new TableChange.Update(ReferenceUpdate.of(table, name, after)));
    if (set.branch()) {
      changes.addAll(ReturningRows.of(identifier, table, name, after.snapshotId()));
    }
    return changes;
  }

  private SnapshotRef reference(SetReference set, @Nullable SnapshotRef before) {
    long snapshotId = snapshot(set);
    SnapshotRef.Builder builder =
        before == null
            ? SnapshotRef.builderFor(
                snapshotId,
                set.branch()
                    ? org.apache.iceberg.SnapshotRefType.BRANCH
                    : org.apache.iceberg.SnapshotRefType.TAG)
            : SnapshotRef.builderFrom(before, snapshotId);
    try {
      if (set.maxRefAgeMillis() != null) {
        builder.maxRefAgeMs(set.maxRefAgeMillis());
      }
      if (set.minSnapshots() != null) {
        builder.minSnapshotsToKeep(set.minSnapshots());
      }
      if (set.maxSnapshotAgeMillis() != null) {
        builder.maxSnapshotAgeMs(set.maxSnapshotAgeMillis());
      }
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "the retention of '" + set.name() + "' does not do: " + e.getMessage(),
          e);
    }
  }

  private long snapshot(SetReference set) {
    Long asked = set.snapshotId();
    if (asked != null && table.snapshot(asked) == null) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE, "table " + identifier + " has no snapshot " + asked);
    }
    Snapshot current = table.currentSnapshot();
    if (asked == null && current == null) {
      throw new EngineException(
          SqlState.OBJECT_NOT_IN_STATE,
          "table "
              + identifier
              + " has no snapshot yet, and a "
              + kind(set.branch())
              + " refers to one: write to the table first");
    }
    return asked != null ? asked : current.snapshotId();
  }

  /** DROP; the branch {@code main} stays. */
  List<TableChange> drop(DropReference drop) {
    SnapshotRef before = table.refs().get(drop.name());
    if (before == null) {
      if (drop.ifExists()) {
        return List.of();
      }
      throw missing(drop.branch(), drop.name(), drop.offset());
    }
    requireKind(before, drop.branch(), drop.name(), drop.offset());
    if (drop.name().equals(SnapshotRef.MAIN_BRANCH)) {
      throw source.unsupported(drop.offset(), "DROP BRANCH main, which is the table itself:");
    }
    return List.of(new TableChange.Update(ReferenceUpdate.of(table, drop.name(), null)));
  }

  private void requireName(String name, int offset) {
    if (name.isEmpty()) {
      throw source.syntaxError(offset, "the name of a branch or tag is empty");
    }
  }

  private void requireKind(SnapshotRef found, boolean branch, String name, int offset) {
    if (found.isBranch() != branch) {
      throw new EngineException(
          SqlState.WRONG_OBJECT_TYPE,
          "'"
              + name
              + "' of table "
              + identifier
              + " is a "
              + kind(found.isBranch())
              + ", not a "
              + kind(branch)
              + " ("
              + source.position(offset)
              + ")");
    }
  }

  private EngineException missing(boolean branch, String name, int offset) {
    return new EngineException(
        SqlState.UNDEFINED_OBJECT,
        "table "
            + identifier
            + " has no "
            + kind(branch)
            + " '"
            + name
            + "' ("
            + source.position(offset)
            + ")"
            + NearestNames.hint(name, table.refs().keySet()));
  }

  private static String kind(boolean branch) {
    return branch ? "branch" : "tag";
  }
}
