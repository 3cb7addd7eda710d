package dev.frazil.exec.window;

import dev.frazil.exec.BatchSource;
import dev.frazil.exec.BufferedRows;
import dev.frazil.exec.ExchangeOperator;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.RowLimit;
import dev.frazil.exec.sort.SortOperator;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Window;
import dev.frazil.plan.SortKey;
import dev.frazil.plan.WindowCall;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Window functions: sorts the input by partition and order, which may spill, then evaluates it
 * chunk by chunk. A chunk is whole partitions, or a piece of one where every function can go on
 * from piece to piece; otherwise a partition must fit the memory budget, else 53200.
 */
public final class WindowOperator implements Operator {
  /** The rows and their copy in one piece. */
  private static final int COPIES = 2;

  private static final int POSITION_BYTES = 16;

  /** This share of the budget is kept from the sort, which spills rather than take it. */
  private static final int RESERVED_SHARE = 8;

  private final Window node;
  private final QueryContext context;
  private final Operator sorted;
  private final MemoryReservation reservation;
  private final List<WindowEvaluator> evaluators = new ArrayList<>();
  private final boolean takesPieces;
  private final boolean needsPeers;
  private final BufferedRows pending = new BufferedRows();
  private @Nullable RowBatch last;
  private WindowRows chunk = NoRows.ROWS;
  private int position;
  private boolean continues;
  private boolean started;
  private boolean ended;

  public WindowOperator(Window node, BatchSource input, QueryContext context) {
    this.node = node;
    this.context = context;
    this.reservation = context.memory().open("a window function");
    List<SqlType> types = node.input().columns().stream().map(Column::type).toList();
    boolean pieces = true;
    boolean peers = false;
    for (WindowCall call : node.calls()) {
      WindowEvaluator evaluator = WindowEvaluators.of(call, types, context);
      evaluators.add(evaluator);
      pieces &= evaluator.takesPieces();
      peers |= evaluator.needsPeers();
    }
    this.takesPieces = pieces;
    this.needsPeers = peers;
    List<SortKey> keys = new ArrayList<>();
    node.partitionKeys().forEach(key -> keys.add(new SortKey(key, false, false)));
    keys.addAll(node.order());
    this.sorted =
        keys.isEmpty()
            ? new ExchangeOperator(input, context)
            : new SortOperator(keys, types, new RowLimit(0, RowLimit.ALL), input, context);
  }

  @Override
  public @Nullable RowBatch next() {
    context.cancellation().check();
    if (!started) {
      started = true;
      reserve();
    }
    while (position == chunk.rowCount()) {
      if (ended || !openChunk()) {
        ended = true;
        return null;
      }
    }
    int count = Math.min(RowBatch.TARGET_ROWS, chunk.rowCount() - position);
    List<ColumnVector> columns = new ArrayList<>();
    for (ColumnVector column : chunk.batch().columns()) {
      columns.add(VectorGather.slice(column, position, count));
    }
    for (WindowEvaluator evaluator : evaluators) {
      columns.add(evaluator.evaluate(position, count));
    }
    position += count;
    return new RowBatch(columns, count);
  }

  private void reserve() {
    long share = context.memory().limitBytes() / RESERVED_SHARE;
    if (!reservation.tryGrow(share)) {
      // The budget is tight already: the chunks will ask for what they need.
      reservation.shrink(reservation.bytes());
    }
  }

  /** Gathers the next chunk; false when there are no more rows. */
  private boolean openChunk() {
    boolean continued = continues;
    while (true) {
      RowBatch batch = sorted.next();
      if (batch == null) {
        continues = false;
        return open(null, continued);
      }
      RowBatch dense = RowBatches.compact(batch);
      int cut = pending.rowCount() + dense.rowCount() < RowBatch.TARGET_ROWS ? 0 : cut(dense);
      if (cut == 0 && last != null && pending.rowCount() >= RowBatch.TARGET_ROWS) {
        cut = startsAnew(dense) ? -1 : 0;
      }
      RowBatch previous = dense;
      if (cut == 0) {
        add(dense);
        last = previous;
        continue;
      }
      int kept = Math.max(cut, 0);
      if (kept > 0) {
        add(RowBatches.gather(dense, VectorGather.range(0, kept), kept));
      }
      RowBatch rest =
          RowBatches.gather(
              dense, VectorGather.range(kept, dense.rowCount() - kept), dense.rowCount() - kept);
      continues = takesPieces && isSamePartition(dense, kept);
      boolean opened = open(rest, continued);
      last = rest;
      return opened;
    }
  }

  /** Whether row {@code row} goes on with the partition of the row before it. */
  private boolean isSamePartition(RowBatch batch, int row) {
    RowBatch before = last;
    if (row > 0) {
      return WindowRows.samePartition(batch, row - 1, batch, row, node.partitionKeys());
    }
    return before != null
        && WindowRows.samePartition(before, before.rowCount() - 1, batch, 0, node.partitionKeys());
  }

  private boolean startsAnew(RowBatch batch) {
    RowBatch before = last;
    return before != null && mayCut(before, before.rowCount() - 1, batch, 0);
  }

  /** The last place in the batch, but its start, where a chunk may end; 0 if there is none. */
  private int cut(RowBatch batch) {
    for (int row = batch.rowCount() - 1; row > 0; row--) {
      if (mayCut(batch, row - 1, batch, row)) {
        return row;
      }
    }
    return 0;
  }

  private boolean mayCut(RowBatch left, int leftRow, RowBatch right, int rightRow) {
    if (takesPieces
        && (!needsPeers || !WindowRows.peers(left, leftRow, right, rightRow, node.order()))) {
      return true;
    }
    return !WindowRows.samePartition(left, leftRow, right, rightRow, node.partitionKeys());
  }

  private void add(RowBatch batch) {
    pending.add(batch);
    long perRow = POSITION_BYTES;
    for (WindowEvaluator evaluator : evaluators) {
      perRow += evaluator.bytesPerRow();
    }
    long needed = COPIES * pending.sizeBytes() + perRow * pending.rowCount();
    if (needed > reservation.bytes()) {
      reservation.grow(needed - reservation.bytes());
    }
  }

  /** Opens what is pending; the rest waits for the next chunk. */
  private boolean open(@Nullable RowBatch rest, boolean continued) {
    if (pending.rowCount() == 0) {
      return false;
    }
    RowBatch rows = RowBatches.concat(pending.batches());
    pending.clear();
    chunk = new WindowRows(rows, node.partitionKeys(), node.order(), continued, continues);
    position = 0;
    for (WindowEvaluator evaluator : evaluators) {
      evaluator.open(chunk);
    }
    if (rest != null) {
      pending.add(rest);
    }
    return true;
  }

  @Override
  public void close() {
    pending.clear();
    chunk = NoRows.ROWS;
    sorted.close();
    reservation.close();
  }
}
