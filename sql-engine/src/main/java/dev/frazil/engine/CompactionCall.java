package dev.frazil.engine;

import dev.frazil.dml.ZOrder;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.maintenance.CompactionOptions;
import dev.frazil.maintenance.DanglingDeletes;
import dev.frazil.maintenance.DataFileCompaction;
import dev.frazil.maintenance.DataFileCompaction.FileGroup;
import dev.frazil.plan.Procedure;
import dev.frazil.plan.ProcedureTables;
import dev.frazil.plan.TableHandle;
import dev.frazil.txn.RewrittenDeletes;
import dev.frazil.txn.RewrittenFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** {@code CALL system.rewrite_data_files}. One thread. */
final class CompactionCall {
  private static final Procedure PROCEDURE = Procedure.REWRITE_DATA_FILES;

  private final ProcedureCalls calls;

  CompactionCall(ProcedureCalls calls) {
    this.calls = calls;
  }

  /** What was done; adds up over the commits. */
  private record Outcome(int rewritten, int added, long rewrittenBytes, int failed, int deletes) {
    static final Outcome NOTHING = new Outcome(0, 0, 0, 0, 0);

    static Outcome of(RewrittenFiles files) {
      long bytes = files.removed().stream().mapToLong(DataFile::fileSizeInBytes).sum();
      return new Outcome(
          files.removed().size(), files.added().size(), bytes, 0, files.removedDeletes().size());
    }

    static Outcome failed(int files) {
      return new Outcome(0, 0, 0, files, 0);
    }

    Outcome plus(Outcome other) {
      return new Outcome(
          rewritten + other.rewritten,
          added + other.added,
          rewrittenBytes + other.rewrittenBytes,
          failed + other.failed,
          deletes + other.deletes);
    }
  }

  /** A transaction's view of the work. */
  private record Work(
      SessionTransaction own,
      TableHandle table,
      DataFileCompaction compaction,
      Expression filter) {}

  List<List<Object>> run(ProcedureArguments arguments) {
    String strategy = strategy(arguments);
    Planned planned =
        calls.committed(
            own -> {
              Work work = work(arguments, strategy, own);
              CompactionOptions options = options(arguments, work.table());
              boolean partial = options.partialProgress();
              if (calls.session().idempotencyToken() != null) {
                refuseSecondCommit(partial, "partial-progress.enabled");
                refuseSecondCommit(options.removesDangling(), "remove-dangling-deletes");
              }
              List<FileGroup> groups =
                  together(work.compaction().plan(work.filter()), options.mostCommits());
              boolean together = groups.size() <= 1 || !partial;
              return together
                  ? new Planned(List.of(), rewrite(work, groups), options.removesDangling())
                  : new Planned(groups, Outcome.NOTHING, options.removesDangling());
            });
    Outcome outcome =
        planned == null
            ? Outcome.NOTHING
            : planned
                .done()
                .plus(oneByOne(arguments, strategy, planned.groups()))
                .plus(planned.removesDangling() ? withoutDangling(arguments) : Outcome.NOTHING);
    return List.of(
        List.of(
            outcome.rewritten(),
            outcome.added(),
            outcome.rewrittenBytes(),
            outcome.failed(),
            outcome.deletes()));
  }

  private static void refuseSecondCommit(boolean asked, String option) {
    if (asked) {
      throw EngineException.unsupported(
          option + " = true beside an idempotency token, which names a single commit,");
    }
  }

  /** As few as there may be commits. */
  private static List<FileGroup> together(List<FileGroup> groups, long mostCommits) {
    if (groups.size() <= mostCommits) {
      return groups;
    }
    List<FileGroup> fewer = new ArrayList<>();
    for (int i = 0; i < mostCommits; i++) {
      int from = (int) (groups.size() * (long) i / mostCommits);
      int to = (int) (groups.size() * (i + 1L) / mostCommits);
      fewer.add(
          new FileGroup(
              groups.subList(from, to).stream().flatMap(group -> group.files().stream()).toList()));
    }
    return fewer;
  }

  /** In a commit of its own, as Spark does. */
  private Outcome withoutDangling(ProcedureArguments arguments) {
    Outcome done =
        calls.committed(
            own -> {
              TableHandle table = calls.table(arguments, PROCEDURE, own);
              RewrittenDeletes dangling = DanglingDeletes.of(table);
              if (dangling.removed().isEmpty()) {
                return Outcome.NOTHING;
              }
              own.transaction().rows().rewriteDeletes(table.identifier(), dangling);
              return new Outcome(0, 0, 0, 0, dangling.removed().size());
            });
    return done == null ? Outcome.NOTHING : done;
  }

  /** What was done at once, and what is left to be done group by group. */
  private record Planned(List<FileGroup> groups, Outcome done, boolean removesDangling) {}

  private Outcome oneByOne(ProcedureArguments arguments, String strategy, List<FileGroup> groups) {
    Outcome all = Outcome.NOTHING;
    for (FileGroup group : groups) {
      Set<String> wanted = group.locations();
      Outcome one;
      try {
        one =
            calls.committed(
                own -> {
                  Work work = work(arguments, strategy, own);
                  return rewrite(work, work.compaction().planOf(wanted));
                });
      } catch (EngineException e) {
        if (e.state() != SqlState.SERIALIZATION_FAILURE) {
          throw e;
        }
        one = Outcome.failed(wanted.size());
      }
      all = one == null ? all : all.plus(one);
    }
    return all;
  }

  private Work work(ProcedureArguments arguments, String strategy, SessionTransaction own) {
    TableHandle table = calls.table(arguments, PROCEDURE, own);
    String order = arguments.text("sort_order");
    List<Types.NestedField> curve = curve(order, table);
    SortOrder sorted = null;
    if (strategy.equals("sort") && curve.isEmpty()) {
      sorted = order == null ? table.table().sortOrder() : ProcedureTables.sortOrder(table, order);
      if (sorted.isUnsorted()) {
        throw invalid(
            "the table " + table.identifier() + " has no sort order: give one as sort_order");
      }
    }
    DataFileCompaction compaction =
        new DataFileCompaction(table, options(arguments, table), sorted, curve);
    return new Work(own, table, compaction, calls.filter(arguments.text("where"), table, own));
  }

  private static String strategy(ProcedureArguments arguments) {
    String order = arguments.text("sort_order");
    String given = arguments.text("strategy");
    String strategy =
        given == null ? (order == null ? "binpack" : "sort") : given.toLowerCase(Locale.ROOT);
    if (!strategy.equals("binpack") && !strategy.equals("sort")) {
      throw invalid("the strategy '" + given + "' is neither 'binpack' nor 'sort'");
    }
    if (order != null && strategy.equals("binpack")) {
      throw invalid("the strategy 'binpack' takes no sort_order; use 'sort'");
    }
    return strategy;
  }

  /** The columns of {@code zorder(...)} that are not the same in a whole partition. */
  private static List<Types.NestedField> curve(@Nullable String order, TableHandle table) {
    List<Types.NestedField> asked = order == null ? null : ProcedureTables.zOrder(table, order);
    if (asked == null) {
      return List.of();
    }
    Set<Integer> partitions = table.table().spec().identitySourceIds();
    List<Types.NestedField> curve = new ArrayList<>();
    for (Types.NestedField field : asked) {
      if (!ZOrder.canTake(field.type())) {
        throw EngineException.unsupported(
            "zorder of the column \"" + field.name() + "\" of type " + field.type());
      }
      if (curve.contains(field)) {
        throw invalid("zorder names the column \"" + field.name() + "\" twice");
      }
      if (!partitions.contains(field.fieldId())) {
        curve.add(field);
      }
    }
    if (curve.isEmpty()) {
      throw invalid("zorder names only columns that are the same in a whole partition");
    }
    return curve;
  }

  private static CompactionOptions options(ProcedureArguments arguments, TableHandle table) {
    String order = arguments.text("sort_order");
    boolean onCurve = order != null && ProcedureTables.zOrder(table, order) != null;
    return CompactionOptions.of(arguments.options("options"), table.table(), onCurve);
  }

  private Outcome rewrite(Work work, List<FileGroup> groups) {
    if (groups.isEmpty()) {
      return Outcome.NOTHING;
    }
    QueryContext context = calls.context();
    RewrittenFiles files =
        work.compaction()
            .rewrite(groups, calls.session().executor().store(), context, work.own()::stage);
    work.own().transaction().rows().rewrite(work.table().identifier(), files);
    return Outcome.of(files);
  }

  private static EngineException invalid(String problem) {
    return new EngineException(SqlState.INVALID_PARAMETER_VALUE, problem);
  }
}
