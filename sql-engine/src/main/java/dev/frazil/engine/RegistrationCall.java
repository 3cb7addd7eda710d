package dev.frazil.engine;

import dev.frazil.plan.Procedure;
import dev.frazil.plan.ProcedureTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/** {@code CALL system.register_table}. One thread. */
final class RegistrationCall {
  private final ProcedureCalls calls;

  RegistrationCall(ProcedureCalls calls) {
    this.calls = calls;
  }

  List<List<Object>> run(ProcedureArguments arguments) {
    List<Object> row =
        calls.committed(
            own -> {
              own.prepareWrite("CALL system." + Procedure.REGISTER_TABLE.sqlName());
              TableIdentifier identifier = ProcedureTables.newTable(arguments.table(), own);
              String location = Objects.requireNonNull(arguments.text("metadata_file"));
              return row(own.transaction().definitions().registerTable(identifier, location));
            });
    // Under a token that was committed before, nothing is known of the table of then.
    return row == null ? List.of() : List.of(row);
  }

  private static List<Object> row(Table table) {
    Snapshot current = table.currentSnapshot();
    List<Object> row = new ArrayList<>(Arrays.asList(null, null, null));
    if (current != null) {
      Map<String, String> summary = current.summary();
      row.set(0, current.snapshotId());
      row.set(1, count(summary, SnapshotSummary.TOTAL_RECORDS_PROP));
      row.set(2, count(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP));
    }
    return row;
  }

  private static Long count(Map<String, String> summary, String name) {
    return Long.parseLong(summary.getOrDefault(name, "0"));
  }
}
