package dev.frazil.exec.window;

import dev.frazil.exec.BufferedRows;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.SpillFile;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.SortKey;
import dev.frazil.type.SqlType;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One partition that does not fit in memory: written to a file in pieces, which the evaluators see
 * once as they come, then read again, each with as many neighbours as the evaluators ask for. What
 * must be in memory at once and does not fit is 53200. One thread.
 */
final class LargePartition implements AutoCloseable {
  /**
   * A piece is this share of memoryLimit; three of them, with their copies, fit about what the
   * operator keeps.
   */
  private static final int PIECE_SHARE = 64;

  /** The pieces held, and in one piece those that are open and those that were before. */
  private static final int COPIES = 3;

  private static final long LEAST_PIECE_BYTES = 1 << 14;

  private final QueryContext context;
  private final List<SortKey> order;
  private final List<WindowEvaluator> evaluators;
  private final MemoryReservation reservation;
  private final PartitionPieces pieces;
  private final SpillFile file;
  private final BufferedRows filling = new BufferedRows();

  /** Pieces that are read, {@code firstHeld} being the first of them. */
  private final Deque<RowBatch> held = new ArrayDeque<>();

  private int firstHeld;
  private int read;
  private @Nullable Operator reader;
  private @Nullable RowBatch unread;
  private int piece = -1;
  private PieceSpan span = new PieceSpan(0, -1);
  private WindowRows opened = NoRows.ROWS;

  LargePartition(
      List<SqlType> types,
      List<SortKey> order,
      List<WindowEvaluator> evaluators,
      MemoryReservation reservation,
      QueryContext context) {
    this.context = context;
    this.order = order;
    this.evaluators = evaluators;
    this.reservation = reservation;
    this.pieces = new PartitionPieces(order);
    this.file = new SpillFile(context, types);
  }

  /** Adds the next rows. */
  void add(RowBatch batch) {
    filling.add(batch);
    long pieceBytes = Math.max(LEAST_PIECE_BYTES, context.memory().limitBytes() / PIECE_SHARE);
    if (filling.sizeBytes() >= pieceBytes) {
      endPiece();
    }
  }

  private void endPiece() {
    context.cancellation().check();
    RowBatch rows = RowBatches.concat(filling.batches());
    filling.clear();
    file.append(rows);
    WindowRows next = WindowRows.ofPieces(rows, order, null);
    for (WindowEvaluator evaluator : evaluators) {
      evaluator.gather(next, pieces.count());
    }
    pieces.add(next);
    reserve(RowBatches.memoryBytes(rows), rows.rowCount());
  }

  /** Ends adding; at least one row was. */
  void finish() {
    if (filling.rowCount() > 0) {
      endPiece();
    }
    pieces.finish();
    reader = file.reader();
  }

  private void reserve(long bytes, long rows) {
    long needed = COPIES * bytes;
    for (WindowEvaluator evaluator : evaluators) {
      needed += evaluator.gatheredBytes() + evaluator.bytesPerRow() * rows;
    }
    needed += WindowOperator.POSITION_BYTES * rows;
    if (needed > reservation.bytes()) {
      reservation.grow(needed - reservation.bytes());
    }
  }

  /** Opens the next piece; false after the last one. */
  boolean next() {
    context.cancellation().check();
    piece++;
    if (piece == pieces.count()) {
      return false;
    }
    PieceSpan wanted = new PieceSpan(piece, piece);
    for (WindowEvaluator evaluator : evaluators) {
      wanted = wanted.and(evaluator.span(pieces, piece));
    }
    if (!wanted.equals(span)) {
      span = wanted;
      hold(wanted);
      RowBatch rows = RowBatches.concat(List.copyOf(held));
      opened = WindowRows.ofPieces(rows, order, pieces.place(wanted));
      for (WindowEvaluator evaluator : evaluators) {
        evaluator.open(opened);
      }
    }
    return true;
  }

  /** The piece that is open and its neighbours. */
  WindowRows rows() {
    return opened;
  }

  /** The first row of the piece among {@link #rows()}. */
  int start() {
    return (int) (pieces.start(piece) - pieces.start(span.first()));
  }

  /** After the last row of the piece. */
  int end() {
    return start() + pieces.rows(piece);
  }

  private void hold(PieceSpan wanted) {
    opened = NoRows.ROWS;
    while (firstHeld < wanted.first() && !held.isEmpty()) {
      held.removeFirst();
      firstHeld++;
    }
    while (read <= wanted.last()) {
      RowBatch rows = readPiece(pieces.rows(read));
      read++;
      if (read <= wanted.first()) {
        firstHeld++;
        continue;
      }
      held.addLast(rows);
      long bytes = 0;
      long count = 0;
      for (RowBatch batch : held) {
        bytes += RowBatches.memoryBytes(batch);
        count += batch.rowCount();
      }
      reserve(bytes, count);
    }
  }

  private RowBatch readPiece(int count) {
    List<RowBatch> parts = new ArrayList<>();
    int missing = count;
    while (missing > 0) {
      RowBatch batch = unread == null ? nextBatch() : unread;
      int taken = Math.min(missing, batch.selectedCount());
      parts.add(RowBatches.slice(batch, 0, taken));
      missing -= taken;
      unread =
          taken == batch.selectedCount()
              ? null
              : RowBatches.slice(batch, taken, batch.selectedCount() - taken);
    }
    return RowBatches.concat(parts);
  }

  private RowBatch nextBatch() {
    context.cancellation().check();
    Operator source = reader;
    RowBatch batch = source == null ? null : source.next();
    if (batch == null) {
      throw new IllegalStateException("a partition's file ends before its pieces");
    }
    return batch;
  }

  @Override
  public void close() {
    filling.clear();
    held.clear();
    opened = NoRows.ROWS;
    file.close();
  }
}
