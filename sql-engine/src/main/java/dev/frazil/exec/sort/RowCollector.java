package dev.frazil.exec.sort;

import dev.frazil.exec.BufferedRows;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.SpillFile;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.type.SqlType;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.SelectionVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One worker's rows of a sort. When only the first rows are wanted it drops those that cannot be
 * among them; when the memory budget refuses more it writes what it holds as a sorted run.
 */
final class RowCollector implements AutoCloseable {
  /** Rows of a batch of a run: the merge holds one batch of each run. */
  private static final int RUN_BATCH_ROWS = 1024;

  /** Up to here the wanted rows are kept apart, above it everything is sorted. */
  static final long MAX_WANTED = 1 << 16;

  private static final int MIN_SLACK_ROWS = 1 << 10;
  private static final int MAX_SLACK_ROWS = 1 << 14;

  /** The rows, their copy in one piece, and the sorter's arrays. */
  private static final int COPIES = 2;

  private static final long SORTER_BYTES_A_ROW = 40;

  private final QueryContext context;
  private final List<SqlType> types;
  private final RowOrder order;
  private final long wanted;
  private final @Nullable FirstRows first;
  private final MemoryReservation reservation;
  private final BufferedRows rows = new BufferedRows();
  private final List<SpillFile> runs = new ArrayList<>();
  private long[] prefixes = new long[RowBatch.TARGET_ROWS];
  private long worstPrefix = Long.MAX_VALUE;
  private boolean told;

  /**
   * @param wanted how many rows from the start of the order are wanted
   * @param first told how far they reach
   */
  RowCollector(
      QueryContext context,
      List<SqlType> types,
      RowOrder order,
      long wanted,
      @Nullable FirstRows first) {
    this.first = first;
    this.context = context;
    this.types = types;
    this.order = order;
    this.wanted = wanted;
    this.reservation = context.memory().open("ORDER BY");
  }

  void consume(Operator input) {
    RowBatch batch = input.next();
    while (batch != null) {
      context.cancellation().check();
      add(batch);
      batch = input.next();
    }
  }

  /** Takes the rows alive of a batch. */
  void add(RowBatch batch) {
    RowBatch candidates = wanted <= MAX_WANTED ? candidates(batch) : batch;
    if (candidates.selectedCount() == 0) {
      return;
    }
    rows.add(candidates);
    if (wanted <= MAX_WANTED && rows.rowCount() > wanted + slack()) {
      keepWanted();
    }
    long needed = COPIES * rows.sizeBytes() + SORTER_BYTES_A_ROW * rows.rowCount();
    long more = needed - reservation.bytes();
    if (more > 0 && !reservation.tryGrow(more)) {
      spill();
    }
  }

  /** Rows beyond those wanted that are worth a sort: none at first, as a scan waits to be told. */
  private long slack() {
    if (first != null && !told) {
      return 0;
    }
    return Math.max(MIN_SLACK_ROWS, Math.min(MAX_SLACK_ROWS, wanted));
  }

  private RowBatch candidates(RowBatch batch) {
    if (first != null) {
      worstPrefix = Math.min(worstPrefix, first.last());
    }
    if (worstPrefix == Long.MAX_VALUE) {
      return batch;
    }
    if (prefixes.length < batch.rowCount()) {
      prefixes = new long[batch.rowCount()];
    }
    order.prefixes(batch, prefixes);
    int[] alive = RowBatches.positions(batch);
    int[] kept = new int[batch.selectedCount()];
    int count = 0;
    for (int k = 0; k < kept.length; k++) {
      if (prefixes[alive[k]] <= worstPrefix) {
        kept[count++] = alive[k];
      }
    }
    return new RowBatch(batch.columns(), batch.rowCount(), new SelectionVector(kept, count));
  }

  private void keepWanted() {
    RowBatch all = RowBatches.concat(rows.batches());
    long[] keys = new long[all.rowCount()];
    order.prefixes(all, keys);
    int[] sorted = RowSorter.sort(all, order, keys, 0, all.rowCount());
    int kept = (int) Math.min(wanted, sorted.length);
    rows.clear();
    if (kept > 0) {
      worstPrefix = keys[sorted[kept - 1]];
      if (first != null) {
        first.found(worstPrefix);
        told = true;
      }
      rows.add(RowBatches.gather(all, sorted, kept));
    }
  }

  /** Writes what is held as one more run. */
  void spill() {
    if (rows.rowCount() == 0) {
      return;
    }
    RowBatch all = RowBatches.concat(rows.batches());
    rows.clear();
    long[] keys = new long[all.rowCount()];
    order.prefixes(all, keys);
    int[] sorted = RowSorter.sort(all, order, keys, 0, all.rowCount());
    SpillFile run = new SpillFile(context, types);
    runs.add(run);
    int end = (int) Math.min(sorted.length, wanted);
    int batchRows = Math.min(RUN_BATCH_ROWS, SpillFile.rowsAtATime(all));
    for (int from = 0; from < end; from += batchRows) {
      context.cancellation().check();
      int[] part = Arrays.copyOfRange(sorted, from, Math.min(end, from + batchRows));
      run.append(RowBatches.gather(all, part, part.length));
    }
    run.finish();
    reservation.shrink(reservation.bytes());
  }

  /** The rows held in memory. */
  List<RowBatch> batches() {
    return rows.batches();
  }

  /** The runs written; whoever takes them over closes them. */
  List<SpillFile> takeRuns() {
    List<SpillFile> taken = new ArrayList<>(runs);
    runs.clear();
    return taken;
  }

  /** What the rows held take of the memory. */
  long reservedBytes() {
    return reservation.bytes();
  }

  boolean hasRuns() {
    return !runs.isEmpty();
  }

  @Override
  public void close() {
    rows.clear();
    runs.forEach(SpillFile::close);
    runs.clear();
    reservation.close();
  }
}
