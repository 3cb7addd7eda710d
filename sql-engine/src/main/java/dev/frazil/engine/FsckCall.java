package dev.frazil.engine;

import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.maintenance.OrphanFileScan;
import dev.frazil.maintenance.OrphanFileScan.Mismatch;
import dev.frazil.maintenance.TableCheck;
import dev.frazil.maintenance.TableRepair;
import dev.frazil.plan.Procedure;
import dev.frazil.plan.ProcedureTables;
import dev.frazil.plan.TableHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;

/** {@code CALL system.fsck}: looks first, then repairs what it found. One thread. */
final class FsckCall {
  private final ProcedureCalls calls;

  FsckCall(ProcedureCalls calls) {
    this.calls = calls;
  }

  List<List<Object>> run(ProcedureArguments arguments) {
    boolean dryRun = arguments.flag("dry_run", true);
    SessionTransaction own = calls.session().transactions().ofStatement();
    TableIdentifier identifier = ProcedureTables.newTable(arguments.table(), own);
    DatabaseRoot root = own.transaction().snapshot().root();
    Optional<TablePointer> pointer = root.table(identifier);
    String location =
        pointer
            .map(TablePointer::metadataLocation)
            .orElseGet(() -> metadataLocation(ProcedureTables.table(arguments.table(), own)));
    TableCheck check = new TableCheck(calls.session().catalog(), calls.context());
    TableMetadata metadata = check.look(location);
    boolean repairs = !dryRun && metadata != null;
    if (repairs && check.findings().stream().anyMatch(TableCheck.Finding::isRepairable)) {
      calls.committed(
          writing -> {
            TableHandle table = calls.table(arguments, Procedure.FSCK, writing);
            writing
                .transaction()
                .update(table.identifier(), current -> new TableRepair(current, check));
            return table;
          });
    }
    List<List<Object>> rows = new ArrayList<>();
    for (TableCheck.Finding finding : check.findings()) {
      String repair =
          !finding.isRepairable() ? "none" : dryRun ? "would leave the table" : "left the table";
      rows.add(List.of(finding.problem().name(), finding.location(), finding.detail(), repair));
    }
    if (metadata != null) {
      addOrphans(arguments, dryRun, rows);
    }
    return rows;
  }

  private static String metadataLocation(TableHandle table) {
    return ((HasTableOperations) table.table()).operations().current().metadataFileLocation();
  }

  private void addOrphans(ProcedureArguments arguments, boolean dryRun, List<List<Object>> rows) {
    SessionTransaction own = calls.session().transactions().ofStatement();
    if (!dryRun) {
      own.prepareWrite("CALL system.fsck");
    }
    TableHandle table = ProcedureTables.table(arguments.table(), own);
    OrphanFileScan scan =
        new OrphanFileScan(
            calls.session().catalog(),
            calls.session().fileAges(),
            table.identifier(),
            table.table(),
            calls.context());
    Set<String> orphans;
    try {
      orphans = scan.find(null, null, Mismatch.IGNORE);
      if (!dryRun && !orphans.isEmpty()) {
        orphans = scan.delete(orphans);
      }
    } catch (EngineException e) {
      if (e.state() != SqlState.OBJECT_NOT_IN_STATE && e.state() != SqlState.IO_ERROR) {
        throw e;
      }
      String why = String.valueOf(e.getMessage());
      rows.add(List.of("ORPHANS_UNKNOWN", table.table().location(), why, "none"));
      return;
    }
    for (String orphan : orphans) {
      rows.add(
          List.of(
              "ORPHAN_FILE",
              orphan,
              "no snapshot, statistics entry or metadata log names it",
              dryRun ? "would be deleted" : "deleted"));
    }
  }
}
