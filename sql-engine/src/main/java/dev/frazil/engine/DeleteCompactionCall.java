package dev.frazil.engine;

import dev.frazil.maintenance.DeleteCompactionOptions;
import dev.frazil.maintenance.FileSizes;
import dev.frazil.maintenance.PositionDeleteCompaction;
import dev.frazil.plan.Procedure;
import dev.frazil.plan.TableHandle;
import dev.frazil.txn.RewrittenDeletes;
import java.util.List;
import org.apache.iceberg.DeleteFile;

/** {@code CALL system.rewrite_position_delete_files}. One thread. */
final class DeleteCompactionCall {
  private static final List<Object> NOTHING = List.of(0, 0, 0L, 0L);

  private final ProcedureCalls calls;

  DeleteCompactionCall(ProcedureCalls calls) {
    this.calls = calls;
  }

  List<List<Object>> run(ProcedureArguments arguments) {
    List<Object> done = calls.committed(own -> rewrite(arguments, own));
    return List.of(done == null ? NOTHING : done);
  }

  private List<Object> rewrite(ProcedureArguments arguments, SessionTransaction own) {
    TableHandle table = calls.table(arguments, Procedure.REWRITE_POSITION_DELETE_FILES, own);
    FileSizes sizes = DeleteCompactionOptions.of(arguments.options("options"), table.table());
    PositionDeleteCompaction compaction = new PositionDeleteCompaction(table, sizes);
    PositionDeleteCompaction.Plan plan =
        compaction.plan(calls.filter(arguments.text("where"), table, own));
    if (plan.isEmpty()) {
      return NOTHING;
    }
    RewrittenDeletes files =
        compaction.rewrite(plan, calls.session().executor().store(), calls.context(), own::stage);
    own.transaction().rows().rewriteDeletes(table.identifier(), files);
    return List.of(
        files.removed().size(),
        files.added().size(),
        lengthBytes(files.removed()),
        lengthBytes(files.added()));
  }

  private static long lengthBytes(List<DeleteFile> files) {
    return files.stream().mapToLong(PositionDeleteCompaction::lengthBytes).sum();
  }
}
