package dev.frazil.engine;

import dev.frazil.maintenance.FileKind;
import dev.frazil.maintenance.SnapshotExpiry;
import dev.frazil.plan.Procedure;
import dev.frazil.plan.TableHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/** {@code CALL system.expire_snapshots}. One thread. */
final class ExpiryCall {
  private final ProcedureCalls calls;

  ExpiryCall(ProcedureCalls calls) {
    this.calls = calls;
  }

  private record Committed(SnapshotExpiry expiry, TableIdentifier table) {}

  List<List<Object>> run(ProcedureArguments arguments) {
    SnapshotExpiry.Request request =
        new SnapshotExpiry.Request(
            arguments.timeMillis("older_than"),
            arguments.whole("retain_last"),
            arguments.ids("snapshot_ids"));
    // An unknown outcome is 08007, and nothing is deleted.
    Committed committed =
        calls.committed(
            own -> {
              TableHandle table = calls.table(arguments, Procedure.EXPIRE_SNAPSHOTS, own);
              SnapshotExpiry expiry =
                  new SnapshotExpiry(
                      calls.session().executor().store(), calls.session().fileAges(), request);
              own.transaction()
                  .update(
                      table.identifier(),
                      current ->
                          expiry.removal(
                              own.transaction().snapshot().root(), table.identifier(), current));
              return new Committed(expiry, table.identifier());
            });
    Map<FileKind, Long> deleted = Map.of();
    if (committed != null) {
      Optional<Table> now = calls.session().transactions().ofStatement().load(committed.table());
      if (now.isPresent()) {
        deleted = committed.expiry().deleteUnreachable(now.get(), calls.context());
      }
    }
    List<Object> row = new ArrayList<>();
    for (FileKind kind : FileKind.values()) {
      if (kind != FileKind.METADATA) {
        row.add(deleted.getOrDefault(kind, 0L));
      }
    }
    return List.of(row);
  }
}
