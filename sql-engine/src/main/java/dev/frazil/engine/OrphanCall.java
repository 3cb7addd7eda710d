package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.maintenance.OrphanFileScan;
import dev.frazil.maintenance.OrphanFileScan.Mismatch;
import dev.frazil.plan.Procedure;
import dev.frazil.plan.TableHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code CALL system.remove_orphan_files}. One thread. */
final class OrphanCall {
  private final ProcedureCalls calls;

  OrphanCall(ProcedureCalls calls) {
    this.calls = calls;
  }

  List<List<Object>> run(ProcedureArguments arguments) {
    SessionTransaction own = calls.session().transactions().ofStatement();
    TableHandle table = calls.table(arguments, Procedure.REMOVE_ORPHAN_FILES, own);
    OrphanFileScan scan =
        new OrphanFileScan(
            calls.session().catalog(),
            calls.session().fileAges(),
            table.identifier(),
            table.table(),
            calls.context());
    Set<String> orphans =
        scan.find(
            arguments.timeMillis("older_than"),
            arguments.text("location"),
            mismatch(arguments.text("prefix_mismatch_mode")));
    if (!arguments.flag("dry_run", true) && !orphans.isEmpty()) {
      orphans = scan.delete(orphans);
    }
    List<List<Object>> rows = new ArrayList<>();
    orphans.forEach(orphan -> rows.add(List.of(orphan)));
    return rows;
  }

  private static Mismatch mismatch(@Nullable String mode) {
    return switch (mode == null ? "ERROR" : mode.toUpperCase(Locale.ROOT)) {
      case "ERROR" -> Mismatch.ERROR;
      case "IGNORE" -> Mismatch.IGNORE;
      case "DELETE" ->
          throw EngineException.unsupported("remove_orphan_files with prefix_mismatch_mode DELETE");
      default ->
          throw new EngineException(
              SqlState.INVALID_PARAMETER_VALUE,
              "prefix_mismatch_mode '" + mode + "' is neither 'ERROR' nor 'IGNORE'");
    };
  }
}
