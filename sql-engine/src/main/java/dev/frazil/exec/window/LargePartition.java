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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One partition that does not fit in memory: written to a file in pieces, which the evaluators see
 * once as they come, then opened again one by one. For the rows of one piece evaluators look into
 * others, which are read from the file; the ones used last stay in memory. One thread.
 */
final class LargePartition implements AutoCloseable {
  /** A piece, with what belongs to it, is this share of memoryLimit. */
  private static final int PIECE_SHARE = 64;

  /** As many pieces as the operator's share holds: a few for each bound of a frame. */
  private static final int MOST_HELD = 8;

  private static final long LEAST_PIECE_BYTES = 1 << 12;
  private static final int VECTOR_BYTES = 64;

  private final QueryContext context;
  private final List<SqlType> types;
  private final List<SortKey> order;
  private final List<WindowEvaluator> evaluators;
  private final MemoryReservation reservation;
  private final PartitionPieces pieces;
  private final SpillFile file;
  private final boolean continues;
  private final long pieceBytes;
  private final BufferedRows filling = new BufferedRows();
  private final List<Stored> stored = new ArrayList<>();

  /** Pieces that are read, the one used last at the end. */
  private final Map<Integer, WindowRows> held = new LinkedHashMap<>();

  private long heldBytes;
  private long largestBytes;
  private int piece = -1;
  private @Nullable WindowRows opened;

  /** Where a piece begins in the file, and the heap that it takes with all that belongs to it. */
  private record Stored(long position, long bytes) {}

  /**
   * @param continues whether the evaluators have seen the first rows of this partition
   */
  LargePartition(
      List<SqlType> types,
      List<SortKey> order,
      List<WindowEvaluator> evaluators,
      boolean continues,
      MemoryReservation reservation,
      QueryContext context) {
    this.context = context;
    this.types = types;
    this.order = order;
    this.evaluators = evaluators;
    this.continues = continues;
    this.reservation = reservation;
    this.pieces = new PartitionPieces(order);
    this.pieceBytes = Math.max(LEAST_PIECE_BYTES, context.memory().limitBytes() / PIECE_SHARE);
    this.file = new SpillFile(context, types);
  }

  /** Adds the next rows. */
  void add(RowBatch batch) {
    RowBatch rows = RowBatches.compact(batch);
    long bytes = Math.max(1, RowBatches.memoryBytes(rows) + rowBytes() * rows.rowCount());
    int atOnce = (int) Math.max(1, Math.min(rows.rowCount(), rows.rowCount() * pieceBytes / bytes));
    for (int from = 0; from < rows.rowCount(); from += atOnce) {
      filling.add(RowBatches.slice(rows, from, Math.min(atOnce, rows.rowCount() - from)));
      if (filling.sizeBytes() + rowBytes() * filling.rowCount() >= pieceBytes) {
        endPiece();
      }
    }
  }

  private void endPiece() {
    context.cancellation().check();
    RowBatch rows = RowBatches.concat(filling.batches());
    filling.clear();
    long position = file.position();
    file.append(rows);
    WindowRows next = WindowRows.ofPiece(rows, order, continues && stored.isEmpty(), null);
    for (WindowEvaluator evaluator : evaluators) {
      evaluator.gather(next, stored.size());
    }
    pieces.add(next);
    // A dictionary that many pieces share is not read with each of them.
    long written = 2 * (file.position() - position) + (long) VECTOR_BYTES * types.size();
    long bytes = Math.min(RowBatches.memoryBytes(rows), written) + rowBytes() * rows.rowCount();
    stored.add(new Stored(position, bytes));
    largestBytes = Math.max(largestBytes, bytes);
    reserve(2 * bytes);
  }

  /** Ends adding; at least one row was. */
  void finish() {
    if (filling.rowCount() > 0) {
      endPiece();
    }
    pieces.finish();
    file.finish();
  }

  private long rowBytes() {
    long bytes = WindowOperator.POSITION_BYTES;
    for (WindowEvaluator evaluator : evaluators) {
      bytes += evaluator.bytesPerRow();
    }
    return bytes;
  }

  private long missing(long bytes) {
    long needed = bytes;
    for (WindowEvaluator evaluator : evaluators) {
      needed += evaluator.gatheredBytes();
    }
    return needed - reservation.bytes();
  }

  private void reserve(long bytes) {
    long missing = missing(bytes);
    if (missing > 0) {
      reservation.grow(missing);
    }
  }

  /** Opens the next piece; false after the last one. */
  boolean next() {
    piece++;
    if (piece == stored.size()) {
      return false;
    }
    WindowRows next = piece(piece);
    opened = next;
    for (WindowEvaluator evaluator : evaluators) {
      evaluator.open(next);
    }
    return true;
  }

  /** The piece that is open. */
  WindowRows rows() {
    WindowRows rows = opened;
    return rows == null ? NoRows.ROWS : rows;
  }

  private WindowRows piece(int number) {
    context.cancellation().check();
    WindowRows known = held.remove(number);
    if (known == null) {
      makeRoom(stored.get(number).bytes);
      known = WindowRows.ofPiece(read(number), order, false, pieces.place(number, this::piece));
      heldBytes += stored.get(number).bytes;
    }
    held.put(number, known);
    return known;
  }

  /** Drops the pieces used longest ago until the next one fits, beside one for the results. */
  private void makeRoom(long bytes) {
    Iterator<Integer> oldest = held.keySet().iterator();
    while (oldest.hasNext()) {
      long missing = missing(heldBytes + bytes + largestBytes);
      if (held.size() < MOST_HELD && (missing <= 0 || reservation.tryGrow(missing))) {
        return;
      }
      int candidate = oldest.next();
      if (candidate != piece) {
        heldBytes -= stored.get(candidate).bytes;
        oldest.remove();
      }
    }
    reserve(heldBytes + bytes + largestBytes);
  }

  private RowBatch read(int number) {
    List<RowBatch> parts = new ArrayList<>();
    try (Operator reader = file.reader(stored.get(number).position, pieces.rows(number))) {
      RowBatch batch = reader.next();
      while (batch != null) {
        context.cancellation().check();
        parts.add(batch);
        batch = reader.next();
      }
    }
    return RowBatches.concat(parts);
  }

  @Override
  public void close() {
    filling.clear();
    held.clear();
    opened = null;
    file.close();
  }
}
