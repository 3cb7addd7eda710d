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
 * from piece to piece; another partition that does not fit the memory budget is a {@link
 * LargePartition}.
 */
public final class WindowOperator implements Operator {
  /** The rows and their copy in one piece. */
  static final int COPIES = 2;

  static final int POSITION_BYTES = 16;

  /** This share of the budget is kept from the sort, which spills rather than take it. */
  private static final int RESERVED_SHARE = 8;

  private final Window node;
  private final QueryContext context;
  private final List<SqlType> types;
  private final Operator sorted;
  private final MemoryReservation reservation;
  private final List<WindowEvaluator> evaluators = new ArrayList<>();
  private final boolean takesPieces;
  private final boolean needsPeers;
  private final BufferedRows pending = new BufferedRows();
  private @Nullable RowBatch last;
  private WindowRows chunk = NoRows.ROWS;
  private @Nullable LargePartition large;

  /** The next row of the chunk to give, and the end of those to be given. */
  private int position;

  private int end;
  private boolean continues;
  private boolean started;
  private boolean ended;

  public WindowOperator(Window node, BatchSource input, QueryContext context) {
    this.node = node;
    this.context = context;
    this.reservation = context.memory().open("a window function");
    this.types = node.input().columns().stream().map(Column::type).toList();
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
    BatchSource rows =
        node.head() == null
            ? input
            : PartitionHeadOperator.over(input, node, context, PartitionHeadOperator.HELD_ROWS);
    this.sorted =
        keys.isEmpty()
            ? new ExchangeOperator(rows, context)
            : new SortOperator(keys, types, new RowLimit(0, RowLimit.ALL), rows, context);
  }

  @Override
  public @Nullable RowBatch next() {
    context.cancellation().check();
    if (!started) {
      started = true;
      reserve();
    }
    while (position == end) {
      if (ended || !openChunk()) {
        ended = true;
        return null;
      }
    }
    int count = Math.min(RowBatch.TARGET_ROWS, end - position);
    for (WindowEvaluator evaluator : evaluators) {
      count = Math.min(count, evaluator.rowsAtOnce(position, count));
    }
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
    LargePartition partition = large;
    if (partition != null) {
      if (openPiece(partition)) {
        return true;
      }
      partition.close();
      large = null;
    }
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
        pending.add(dense);
        last = previous;
        if (!fits()) {
          return openTooLarge(continued);
        }
        continue;
      }
      int kept = Math.max(cut, 0);
      RowBatch rest = part(dense, kept, dense.rowCount());
      if (kept > 0) {
        pending.add(part(dense, 0, kept));
        if (!fits()) {
          pending.add(rest);
          last = rest;
          return openTooLarge(continued);
        }
      }
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

  private static RowBatch part(RowBatch batch, int from, int to) {
    return RowBatches.gather(batch, VectorGather.range(from, to - from), to - from);
  }

  private long neededBytes(long rowBytes, long rowCount) {
    long perRow = POSITION_BYTES;
    for (WindowEvaluator evaluator : evaluators) {
      perRow += evaluator.bytesPerRow();
    }
    return COPIES * rowBytes + perRow * rowCount;
  }

  private boolean fits() {
    long needed = neededBytes(pending.sizeBytes(), pending.rowCount());
    return needed <= reservation.bytes() || reservation.tryGrow(needed - reservation.bytes());
  }

  /** Opens the whole partitions that are pending and fit, else the first one as a large one. */
  private boolean openTooLarge(boolean continued) {
    List<RowBatch> batches = List.copyOf(pending.batches());
    pending.clear();
    BufferedRows head = new BufferedRows();
    int cutBatch = 0;
    int cutRow = 0;
    for (int i = 0; i < batches.size(); i++) {
      RowBatch batch = batches.get(i);
      if (i > 0 && !samePartition(batches.get(i - 1), batch)) {
        cutBatch = i;
        cutRow = 0;
      }
      head.add(batch);
      if (neededBytes(head.sizeBytes(), head.rowCount()) > reservation.bytes()) {
        break;
      }
      int cut = partitionCut(batch);
      if (cut > 0) {
        cutBatch = i;
        cutRow = cut;
      }
    }
    if (cutBatch == 0 && cutRow == 0) {
      return openLarge(batches, continued);
    }
    for (int i = 0; i < cutBatch; i++) {
      pending.add(batches.get(i));
    }
    RowBatch cut = batches.get(cutBatch);
    if (cutRow > 0) {
      pending.add(part(cut, 0, cutRow));
    }
    continues = false;
    boolean opened = open(part(cut, cutRow, cut.rowCount()), continued);
    batches.subList(cutBatch + 1, batches.size()).forEach(pending::add);
    return opened;
  }

  private boolean samePartition(RowBatch left, RowBatch right) {
    return WindowRows.samePartition(left, left.rowCount() - 1, right, 0, node.partitionKeys());
  }

  /** The last row of the batch, but the first one, that begins a partition; 0 if there is none. */
  private int partitionCut(RowBatch batch) {
    for (int row = batch.rowCount() - 1; row > 0; row--) {
      if (!WindowRows.samePartition(batch, row - 1, batch, row, node.partitionKeys())) {
        return row;
      }
    }
    return 0;
  }

  /** Takes the first partition of the rows waiting, and of those that come, to a file. */
  private boolean openLarge(List<RowBatch> waiting, boolean continued) {
    LargePartition partition =
        new LargePartition(types, node.order(), evaluators, continued, reservation, context);
    large = partition;
    RowBatch before = null;
    int next = 0;
    while (true) {
      RowBatch batch = next < waiting.size() ? waiting.get(next) : sorted.next();
      if (batch == null) {
        break;
      }
      next++;
      RowBatch dense = RowBatches.compact(batch);
      int rows = before == null || samePartition(before, dense) ? leading(dense) : 0;
      if (rows > 0) {
        partition.add(part(dense, 0, rows));
      }
      if (rows < dense.rowCount()) {
        pending.add(part(dense, rows, dense.rowCount()));
        waiting.subList(Math.min(next, waiting.size()), waiting.size()).forEach(pending::add);
        last = pending.batches().get(pending.batches().size() - 1);
        break;
      }
      before = dense;
    }
    partition.finish();
    continues = false;
    return openPiece(partition);
  }

  /** How many rows from the first on are of one partition. */
  private int leading(RowBatch batch) {
    int row = 1;
    while (row < batch.rowCount()
        && WindowRows.samePartition(batch, row - 1, batch, row, node.partitionKeys())) {
      row++;
    }
    return row;
  }

  private boolean openPiece(LargePartition partition) {
    if (!partition.next()) {
      return false;
    }
    chunk = partition.rows();
    position = 0;
    end = chunk.rowCount();
    return true;
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
    end = chunk.rowCount();
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
    LargePartition partition = large;
    if (partition != null) {
      partition.close();
    }
    sorted.close();
    reservation.close();
  }
}
