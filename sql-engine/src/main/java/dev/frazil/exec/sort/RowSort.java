package dev.frazil.exec.sort;

import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.SortKey;
import dev.frazil.type.SqlType;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts rows that are handed to it, stably as far as they fit in memory; what does not goes to
 * temporary files as sorted runs. First all {@link #add}, then {@link #next} until null. One
 * thread.
 */
public final class RowSort implements Operator {
  /** Of the memory that the statement may hold: what makes the rows needs the rest. */
  private static final int SHARE_OF_MEMORY = 2;

  private final QueryContext context;
  private final List<SqlType> types;
  private final RowOrder order;
  private final RowCollector collector;
  private @Nullable RowBatch rows;
  private int[] sorted = new int[0];
  private int position;
  private @Nullable RunMerge merge;
  private boolean started;

  /**
   * @param keys at least one
   * @param types of the columns of the rows
   */
  public RowSort(List<SortKey> keys, List<SqlType> types, QueryContext context) {
    this.context = context;
    this.types = types;
    this.order = new RowOrder(keys);
    this.collector = new RowCollector(context, types, order, Long.MAX_VALUE, null);
  }

  /** Takes the rows alive of a batch. */
  public void add(RowBatch batch) {
    collector.add(batch);
    if (collector.reservedBytes() > context.memory().limitBytes() / SHARE_OF_MEMORY) {
      collector.spill();
    }
  }

  @Override
  public @Nullable RowBatch next() {
    context.cancellation().check();
    if (!started) {
      started = true;
      begin();
    }
    RunMerge runs = merge;
    if (runs != null) {
      return runs.next();
    }
    RowBatch all = rows;
    int count = Math.min(RowBatch.TARGET_ROWS, sorted.length - position);
    if (all == null || count <= 0) {
      return null;
    }
    int[] part = Arrays.copyOfRange(sorted, position, position + count);
    position += count;
    return RowBatches.gather(all, part, count);
  }

  private void begin() {
    if (collector.hasRuns()) {
      collector.spill();
      merge = new RunMerge(context, types, order, collector.takeRuns());
    } else if (!collector.batches().isEmpty()) {
      RowBatch all = RowBatches.concat(collector.batches());
      collector.batches().clear();
      rows = all;
      sorted = RowSorter.sort(all, order);
    }
  }

  @Override
  public void close() {
    rows = null;
    RunMerge runs = merge;
    if (runs != null) {
      runs.close();
    }
    collector.close();
  }
}
