package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.maintenance.ManifestRewrite;
import dev.frazil.plan.Procedure;
import dev.frazil.plan.TableHandle;
import dev.frazil.txn.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** {@code CALL system.rewrite_manifests}. One thread. */
final class ManifestCall {
  private final ProcedureCalls calls;

  ManifestCall(ProcedureCalls calls) {
    this.calls = calls;
  }

  private record Outcome(int rewritten, int added) {}

  List<List<Object>> run(ProcedureArguments arguments) {
    arguments.flag("use_caching", false); // nothing is cached between steps here
    Outcome outcome = calls.committed(own -> rewrite(arguments, own));
    return List.of(outcome == null ? List.of(0, 0) : List.of(outcome.rewritten(), outcome.added()));
  }

  private Outcome rewrite(ProcedureArguments arguments, SessionTransaction own) {
    TableHandle handle = calls.table(arguments, Procedure.REWRITE_MANIFESTS, own);
    Table table = handle.table();
    int specId = specId(arguments, table);
    if (new ManifestRewrite(table, specId, Long.MAX_VALUE).manifestCount() == 0) {
      return new Outcome(0, 0);
    }
    Transaction transaction = own.transaction();
    Set<String> before = manifests(table);
    transaction.update(
        handle.identifier(),
        current -> new ManifestRewrite(current, specId, Long.MAX_VALUE).update());
    Set<String> after = manifests(transaction.load(handle.identifier()).orElseThrow());
    int kept = (int) before.stream().filter(after::contains).count();
    return new Outcome(before.size() - kept, after.size() - kept);
  }

  private static int specId(ProcedureArguments arguments, Table table) {
    Long given = arguments.whole("spec_id");
    if (given == null) {
      return table.spec().specId();
    }
    if (given < 0 || given > Integer.MAX_VALUE) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE, "spec_id = " + given + " is no id of a partitioning");
    }
    return given.intValue();
  }

  private static Set<String> manifests(Table table) {
    Set<String> paths = new HashSet<>();
    Snapshot current = table.currentSnapshot();
    if (current != null) {
      current.allManifests(table.io()).forEach(manifest -> paths.add(manifest.path()));
    }
    return paths;
  }
}
