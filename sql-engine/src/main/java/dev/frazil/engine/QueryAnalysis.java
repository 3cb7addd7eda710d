package dev.frazil.engine;

import dev.frazil.exec.NodeProfile;
import dev.frazil.exec.Operator;
import dev.frazil.exec.OperatorFactory;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.QueryProfile;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalPlanText;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.storage.TimeSource;
import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** EXPLAIN ANALYZE: runs a query to its end, drops its rows, and tells what each operator did. */
final class QueryAnalysis {
  private static final double NANOS_PER_MILLI = 1e6;

  private QueryAnalysis() {}

  /**
   * The lines of the plan with the figures of this run.
   *
   * @param planningNanos what finding the plan took
   */
  static List<String> lines(
      PlannedStatement.Query query, QueryContext statement, long planningNanos) {
    QueryProfile profile = new QueryProfile();
    QueryContext context = statement.profiled(profile);
    long start = TimeSource.system().monotonicNanos();
    long rows = 0;
    try (Operator root = OperatorFactory.create(query.root(), context)) {
      for (RowBatch batch = root.next(); batch != null; batch = root.next()) {
        context.cancellation().check();
        rows += batch.selectedCount();
      }
    }
    long nanos = TimeSource.system().monotonicNanos() - start;
    List<String> lines = new ArrayList<>(plan(query, profile));
    lines.add("Planning: " + millis(planningNanos));
    lines.add(
        "Execution: "
            + millis(nanos)
            + ", "
            + count(rows, "row")
            + ", "
            + context.threads()
            + " threads, "
            + bytes(context.memory().peakBytes())
            + " of memory reserved at most"
            + spilled(context.counters()));
    return lines;
  }

  /** The plan with what each of its operators did. */
  static List<String> plan(PlannedStatement.Query query, QueryProfile profile) {
    return PhysicalPlanText.lines(query, node -> remarks(node, profile.find(node)));
  }

  private static List<String> remarks(PhysicalNode node, Optional<NodeProfile> found) {
    if (found.isEmpty()) {
      return List.of("not run by an operator of its own");
    }
    NodeProfile profile = found.get();
    List<String> remarks = new ArrayList<>();
    remarks.add(
        count(profile.rows(), "row")
            + " in "
            + count(profile.batches(), "batch")
            + ", "
            + millis(profile.ownNanos())
            + held(profile.memory(), "memory")
            + held(profile.memory().buffers(), "buffers")
            + spilled(profile.counters()));
    if (node instanceof PhysicalNode.TableScan) {
      remarks.addAll(scan(profile.counters()));
    }
    return remarks;
  }

  private static String held(MemoryBudget budget, String what) {
    return budget.peakBytes() > 0 ? ", " + bytes(budget.peakBytes()) + " of " + what : "";
  }

  private static List<String> scan(QueryCounters counters) {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "files: "
            + counters.value(Counter.FILES_READ)
            + " read of "
            + counters.value(Counter.FILES_PLANNED)
            + " planned, "
            + counters.value(Counter.FILES_PRUNED_BY_PARTITION)
            + " pruned by partition, "
            + counters.value(Counter.FILES_PRUNED_BY_BOUNDS)
            + " by bounds"
            + fromMetrics(counters)
            + "; row groups: "
            + pruned(counters, Counter.ROW_GROUPS, Counter.ROW_GROUPS_PRUNED)
            + "; pages: "
            + pruned(counters, Counter.PAGES, Counter.PAGES_PRUNED));
    remarks.add(
        "rows: "
            + counters.value(Counter.ROWS_SCANNED)
            + " scanned, "
            + counters.value(Counter.ROWS_DELETED)
            + " deleted ones skipped; read: "
            + bytes(counters.value(Counter.BYTES_READ))
            + " in "
            + count(counters.value(Counter.READ_REQUESTS), "request"));
    return remarks;
  }

  private static String fromMetrics(QueryCounters counters) {
    long files = counters.value(Counter.FILES_FROM_METRICS);
    return files > 0 ? ", " + files + " answered from metrics" : "";
  }

  private static String pruned(QueryCounters counters, Counter all, Counter pruned) {
    return counters.value(pruned) + " of " + counters.value(all) + " pruned";
  }

  private static String spilled(QueryCounters counters) {
    long spilled = counters.value(Counter.BYTES_SPILLED);
    return spilled > 0 ? ", " + bytes(spilled) + " spilled" : "";
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : thing.endsWith("ch") ? "es" : "s");
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.2f ms", nanos / NANOS_PER_MILLI);
  }

  private static String bytes(long bytes) {
    if (bytes < 1 << 10) {
      return bytes + " B";
    }
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.1f KB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1048576.0);
  }
}
