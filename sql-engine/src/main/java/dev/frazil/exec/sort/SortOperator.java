package dev.frazil.exec.sort;

import dev.frazil.exec.BatchSource;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.RowLimit;
import dev.frazil.exec.SpillFile;
import dev.frazil.exec.WorkerThreads;
import dev.frazil.plan.SortKey;
import dev.frazil.type.SqlType;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts all rows, or with a limit keeps the first of them. The workers of the input collect rows
 * side by side; the rows are sorted in as many parts as there are workers and merged. What does not
 * fit the memory budget goes to temporary files as sorted runs. The offset is not skipped here.
 */
public final class SortOperator implements Operator {
  private final BatchSource input;
  private final QueryContext context;
  private final List<SqlType> types;
  private final RowOrder order;
  private final long wanted;
  private final @Nullable FirstRows first;
  private final List<RowCollector> collectors = new ArrayList<>();
  private @Nullable RowBatch rows;
  private int[] sorted = new int[0];
  private int position;
  private @Nullable RunMerge merge;
  private boolean started;

  /**
   * @param keys at least one
   */
  public SortOperator(
      List<SortKey> keys,
      List<SqlType> types,
      RowLimit limit,
      BatchSource input,
      QueryContext context) {
    this(keys, types, limit, input, context, null);
  }

  /**
   * @param keys at least one
   * @param first told how far the wanted rows reach, where there is a limit
   */
  public SortOperator(
      List<SortKey> keys,
      List<SqlType> types,
      RowLimit limit,
      BatchSource input,
      QueryContext context,
      @Nullable FirstRows first) {
    this.first = first;
    this.input = input;
    this.context = context;
    this.types = types;
    this.order = new RowOrder(keys);
    this.wanted = limit.rowsNeeded();
  }

  /** Whether so few rows are wanted that the others are dropped as the rows come. */
  public static boolean dropsRows(RowLimit limit) {
    return limit.rowsNeeded() <= RowCollector.MAX_WANTED;
  }

  @Override
  public @Nullable RowBatch next() {
    context.cancellation().check();
    if (!started) {
      started = true;
      collect();
    }
    RunMerge runs = merge;
    if (runs != null) {
      return runs.next();
    }
    RowBatch all = rows;
    int count = (int) Math.min(RowBatch.TARGET_ROWS, Math.min(wanted, sorted.length) - position);
    if (all == null || count <= 0) {
      return null;
    }
    int[] part = Arrays.copyOfRange(sorted, position, position + count);
    position += count;
    return RowBatches.gather(all, part, count);
  }

  private void collect() {
    input.prepare();
    int count = input.parallelism();
    List<Operator> workers = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        workers.add(input.worker());
        collectors.add(new RowCollector(context, types, order, wanted, first));
      }
      WorkerThreads.run(count, input::stop, i -> collectors.get(i).consume(workers.get(i)));
    } finally {
      workers.forEach(Operator::close);
      input.close();
    }
    if (collectors.stream().anyMatch(RowCollector::hasRuns)) {
      mergeRuns();
    } else {
      sortInMemory(count);
    }
  }

  private void mergeRuns() {
    List<SpillFile> runs = new ArrayList<>();
    for (RowCollector collector : collectors) {
      collector.spill();
      runs.addAll(collector.takeRuns());
    }
    merge = new RunMerge(context, types, order, runs);
  }

  private void sortInMemory(int parts) {
    List<RowBatch> batches = new ArrayList<>();
    for (RowCollector collector : collectors) {
      batches.addAll(collector.batches());
      collector.batches().clear();
    }
    if (batches.isEmpty()) {
      return;
    }
    RowBatch all = RowBatches.concat(batches);
    batches.clear();
    int count = all.rowCount();
    long[] prefixes = new long[count];
    order.prefixes(all, prefixes);
    int[][] partsSorted = new int[parts][];
    WorkerThreads.run(
        parts,
        () -> {},
        i ->
            partsSorted[i] =
                RowSorter.sort(
                    all,
                    order,
                    prefixes,
                    (int) ((long) count * i / parts),
                    (int) ((long) count * (i + 1) / parts)));
    int[] merged = partsSorted[0];
    for (int i = 1; i < parts; i++) {
      merged = RowSorter.merge(all, order, prefixes, merged, partsSorted[i]);
    }
    rows = all;
    sorted = merged;
  }

  @Override
  public void close() {
    rows = null;
    RunMerge runs = merge;
    if (runs != null) {
      runs.close();
    }
    collectors.forEach(RowCollector::close);
    input.close();
  }
}
