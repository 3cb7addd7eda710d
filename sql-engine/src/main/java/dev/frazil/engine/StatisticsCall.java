package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.maintenance.ColumnSketches;
import dev.frazil.plan.Procedure;
import dev.frazil.plan.ProcedureTables;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.Ids;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** {@code CALL system.compute_table_stats}. One thread. */
final class StatisticsCall {
  private final ProcedureCalls calls;

  StatisticsCall(ProcedureCalls calls) {
    this.calls = calls;
  }

  List<List<Object>> run(ProcedureArguments arguments) {
    List<List<Object>> rows = calls.committed(own -> compute(arguments, own));
    // Under a token that was committed before, nothing is known of the file of then.
    return rows == null ? List.of() : rows;
  }

  private List<List<Object>> compute(ProcedureArguments arguments, SessionTransaction own) {
    TableHandle current = calls.table(arguments, Procedure.COMPUTE_TABLE_STATS, own);
    Table table = current.table();
    Long id = arguments.whole("snapshot_id");
    Snapshot snapshot = id == null ? table.currentSnapshot() : table.snapshot(id);
    if (snapshot == null && id != null) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "the table " + current.identifier() + " has no snapshot " + id);
    }
    TableHandle read =
        id == null ? current : new TableHandle(current.identifier(), table, id, true);
    List<Types.NestedField> fields = fields(arguments, read);
    if (snapshot == null) {
      return List.of();
    }
    try (ColumnSketches sketches = ColumnSketches.of(read, snapshot, fields, calls.context())) {
      NotedStatistics noted = new NotedStatistics(current, snapshot, sketches);
      own.transaction().update(current.identifier(), noted::update);
      return List.of(List.of(noted.path()));
    }
  }

  private static List<Types.NestedField> fields(ProcedureArguments arguments, TableHandle read) {
    Set<Types.NestedField> wanted = new LinkedHashSet<>();
    for (String name : arguments.texts("columns")) {
      Types.NestedField field = ProcedureTables.column(read, name);
      if (!ColumnSketches.canTake(field.type())) {
        throw EngineException.unsupported(
            "statistics of the column \"" + field.name() + "\" of type " + field.type());
      }
      wanted.add(field);
    }
    if (wanted.isEmpty()) {
      read.schema().columns().stream()
          .filter(field -> ColumnSketches.canTake(field.type()))
          .forEach(wanted::add);
    }
    if (wanted.isEmpty()) {
      throw EngineException.unsupported(
          "statistics of the table " + read.identifier() + ", whose columns are all nested,");
    }
    return List.copyOf(wanted);
  }

  /** The file, which is written once, and its entry in the table, which may be made again. */
  private static final class NotedStatistics {
    private final TableHandle handle;
    private final Snapshot snapshot;
    private final ColumnSketches sketches;
    private @Nullable StatisticsFile file;

    NotedStatistics(TableHandle handle, Snapshot snapshot, ColumnSketches sketches) {
      this.handle = handle;
      this.snapshot = snapshot;
      this.sketches = sketches;
    }

    String path() {
      return Objects.requireNonNull(file).path();
    }

    /**
     * The snapshot may have expired meanwhile; and one of this transaction holds other rows once it
     * was put behind another commit.
     *
     * @param table as the transaction changes it: what this writes is dropped with the changes
     */
    PendingUpdate<?> update(Table table) {
      Snapshot now = table.snapshot(snapshot.snapshotId());
      if (now == null || !now.manifestListLocation().equals(snapshot.manifestListLocation())) {
        throw new EngineException(
            SqlState.SERIALIZATION_FAILURE,
            "the snapshot "
                + snapshot.snapshotId()
                + " of table "
                + handle.identifier()
                + " is not any longer what statistics were computed of");
      }
      StatisticsFile written = file;
      if (written == null) {
        String name = snapshot.snapshotId() + "-" + Ids.system().uuid() + ".stats";
        String location = ((HasTableOperations) table).operations().metadataFileLocation(name);
        written = sketches.write(table.io().newOutputFile(location));
        file = written;
      }
      return table.updateStatistics().setStatistics(written);
    }
  }
}
