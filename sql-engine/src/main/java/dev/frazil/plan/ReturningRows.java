package dev.frazil.plan;

import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.txn.PickedSnapshot;
import dev.frazil.txn.TableDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadata.MetadataLogEntry;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of an older snapshot have to satisfy that a table or branch goes back to: columns
 * that are NOT NULL by now, keys and checks that came since. Nothing where these are as they were,
 * which the metadata file that brought the snapshot tells.
 */
public final class ReturningRows {
  private final TableIdentifier identifier;
  private final Table table;
  private final String branch;
  private final Snapshot snapshot;
  private final List<TableChange.Require> required = new ArrayList<>();

  private ReturningRows(TableIdentifier identifier, Table table, String branch, Snapshot snapshot) {
    this.identifier = identifier;
    this.table = table;
    this.branch = branch;
    this.snapshot = snapshot;
  }

  /**
   * To be asked once the branch holds the rows. Keys of rows that were only staged are looked at in
   * any case, for nobody has done that.
   *
   * @param table as it was before
   * @param branch that has the rows of the snapshot
   */
  public static List<TableChange.Require> of(
      TableIdentifier identifier, Table table, String branch, long snapshotId) {
    List<TableChange.Require> required =
        new ArrayList<>(withoutKeysOfStaged(identifier, table, branch, snapshotId));
    Snapshot snapshot = table.snapshot(snapshotId);
    if (snapshot != null && isStaged(table, snapshot)) {
      ReturningRows rows = new ReturningRows(identifier, table, branch, snapshot);
      rows.requireKeys();
      rows.required.removeAll(required);
      required.addAll(rows.required);
    }
    return required;
  }

  /** Whether it, or what it stands on, was staged under an id and is on no branch yet. */
  private static boolean isStaged(Table table, Snapshot snapshot) {
    Set<Long> onBranches = new HashSet<>();
    for (SnapshotRef ref : table.refs().values()) {
      if (ref.isBranch()) {
        for (Snapshot each : SnapshotUtil.ancestorsOf(ref.snapshotId(), table::snapshot)) {
          onBranches.add(each.snapshotId());
        }
      }
    }
    for (Snapshot each : SnapshotUtil.ancestorsOf(snapshot.snapshotId(), table::snapshot)) {
      if (onBranches.contains(each.snapshotId())) {
        return false;
      } else if (each.summary().containsKey(PickedSnapshot.STAGED_ID)) {
        return true;
      }
    }
    return false;
  }

  /**
   * As {@link #of}, for who looks at the keys of staged rows himself.
   *
   * @param branch that has the rows of the snapshot, beside others or alone
   */
  public static List<TableChange.Require> withoutKeysOfStaged(
      TableIdentifier identifier, Table table, String branch, long snapshotId) {
    boolean isHead =
        table.refs().values().stream()
            .anyMatch(ref -> ref.isBranch() && ref.snapshotId() == snapshotId);
    Snapshot snapshot = table.snapshot(snapshotId);
    if (isHead || snapshot == null) {
      return List.of();
    }
    ReturningRows rows = new ReturningRows(identifier, table, branch, snapshot);
    rows.require();
    return rows.required;
  }

  /** To be asked of a table whose newest snapshot brought rows that nobody looked at. */
  public static List<TableChange.Require> ofNewest(TableIdentifier identifier, Table table) {
    Snapshot newest = table.currentSnapshot();
    if (newest == null) {
      return List.of();
    }
    ReturningRows rows = new ReturningRows(identifier, table, SnapshotRef.MAIN_BRANCH, newest);
    rows.requireChecks();
    rows.requireKeys();
    return rows.required;
  }

  private void require() {
    Integer schemaId = snapshot.schemaId();
    Schema then = schemaId == null ? null : table.schemas().get(schemaId);
    Schema now = table.schema();
    if (then != null && then.schemaId() != now.schemaId()) {
      requireValues(then, now);
    }
    if (then == null
        || !then.identifierFieldIds().equals(now.identifierFieldIds())
        || !hadTheseRules()) {
      requireChecks();
      requireKeys();
    }
  }

  /** Whether keys and checks were these when the snapshot came; false where nobody knows. */
  private boolean hadTheseRules() {
    TableMetadata now = ((HasTableOperations) table).operations().current();
    for (MetadataLogEntry entry : now.previousFiles()) {
      if (entry.timestampMillis() >= snapshot.timestampMillis()) {
        try {
          TableMetadata then = TableMetadataParser.read(table.io(), entry.file());
          return then.snapshot(snapshot.snapshotId()) != null
              && TableDefinition.hasSameRules(then, now);
        } catch (NotFoundException e) {
          // Old metadata files may be gone, and then the rows tell.
          return false;
        }
      }
    }
    return false;
  }

  private void requireValues(Schema then, Schema now) {
    Map<Integer, Integer> parents = TypeUtil.indexParents(now.asStruct());
    Map<Integer, Types.NestedField> fields = new TreeMap<>(TypeUtil.indexById(now.asStruct()));
    for (Types.NestedField field : fields.values()) {
      Types.NestedField before = then.findField(field.fieldId());
      Integer parent = parents.get(field.fieldId());
      boolean isNew = before == null && (parent == null || then.findField(parent) != null);
      if (field.isOptional()
          || (before == null ? !isNew || field.initialDefault() != null : before.isRequired())) {
        continue;
      }
      String condition = before == null ? null : isNull(then, field.fieldId());
      add(
          " FOR VERSION AS OF " + snapshot.snapshotId(),
          condition == null ? "" : " WHERE " + condition,
          SqlState.NOT_NULL_VIOLATION,
          "the column '"
              + now.findColumnName(field.fieldId())
              + "' is NOT NULL by now, and a row has no value there");
    }
  }

  /** That a field has no value where the rows around it have one; null inside of a collection. */
  private static @Nullable String isNull(Schema then, int fieldId) {
    Map<Integer, Integer> parents = TypeUtil.indexParents(then.asStruct());
    List<String> path = new ArrayList<>();
    List<String> conditions = new ArrayList<>();
    for (Integer id = fieldId; id != null; id = parents.get(id)) {
      Types.NestedField field = Objects.requireNonNull(then.findField(id));
      if (id != fieldId && !field.type().isStructType()) {
        return null;
      }
      path.add(0, field.name());
    }
    for (int i = 1; i < path.size(); i++) {
      conditions.add(AlteredTable.reference(path.subList(0, i)) + " IS NOT NULL");
    }
    conditions.add(AlteredTable.reference(path) + " IS NULL");
    return String.join(" AND ", conditions);
  }

  private void requireChecks() {
    new TreeMap<>(table.properties())
        .forEach(
            (name, condition) -> {
              if (name.startsWith(TableCheck.PREFIX)) {
                required.add(
                    new TableChange.Require(
                        "SELECT 1 FROM "
                            + AlteredTable.text(identifier)
                            + onBranch()
                            + " AS "
                            + QueryText.quote(identifier.name())
                            + " WHERE NOT ("
                            + condition
                            + "\n) LIMIT 1",
                        SqlState.CHECK_VIOLATION,
                        problem(
                            "a row does not satisfy the constraint \""
                                + name.substring(TableCheck.PREFIX.length())
                                + "\"")));
              }
            });
  }

  private void requireKeys() {
    for (UniqueKey key : UniqueKey.enforced(table)) {
      List<String> names =
          key.columns().stream()
              .map(column -> AlteredTable.reference(List.of(column.name())))
              .toList();
      add(
          onBranch(),
          names.stream()
                  .map(name -> name + " IS NOT NULL")
                  .collect(Collectors.joining(" AND ", " WHERE ", ""))
              + " GROUP BY "
              + String.join(", ", names)
              + " HAVING count(*) > 1",
          SqlState.UNIQUE_VIOLATION,
          "values of " + key.name() + " stand in more than one row");
    }
  }

  private String onBranch() {
    return branch.equals(SnapshotRef.MAIN_BRANCH) ? "" : " @ " + QueryText.quote(branch);
  }

  private void add(String version, String behind, SqlState state, String problem) {
    required.add(
        new TableChange.Require(
            "SELECT 1 FROM "
                + AlteredTable.text(identifier)
                + version
                + " AS "
                + QueryText.quote(AlteredTable.ALIAS)
                + behind
                + " LIMIT 1",
            state,
            problem(problem)));
  }

  private String problem(String what) {
    return "'"
        + branch
        + "' of table "
        + identifier
        + " cannot have the rows of snapshot "
        + snapshot.snapshotId()
        + ": "
        + what;
  }
}
