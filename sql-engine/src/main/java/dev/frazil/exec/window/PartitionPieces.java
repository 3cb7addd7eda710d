package dev.frazil.exec.window;

import dev.frazil.plan.SortKey;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of the pieces that a large partition was cut into: row numbers, groups of peers,
 * and the sort keys of their first and last rows. A piece may begin and end within a group of
 * peers. One thread.
 */
final class PartitionPieces {
  private final List<SortKey> order;

  /** The sort keys of each piece's first and last row. */
  private final List<RowBatch> edges = new ArrayList<>();

  private final List<Piece> pieces = new ArrayList<>();
  private RowBatch allEdges = new RowBatch(List.of(), 0);

  /**
   * One piece; rows and groups count from the start of the partition.
   *
   * @param firstGroupStart where the peers of the first row begin, perhaps in an earlier piece
   * @param firstGroupEnd where they end, as far as they are in this piece
   * @param lastGroupStart where the peers of the last row begin
   */
  private record Piece(
      long start,
      long end,
      long firstGroup,
      long lastGroup,
      long firstGroupStart,
      long firstGroupEnd,
      long lastGroupStart) {}

  PartitionPieces(List<SortKey> order) {
    this.order = order;
  }

  /** Adds the next piece: at least one row. */
  void add(WindowRows rows) {
    int last = rows.rowCount() - 1;
    RowBatch keys =
        new RowBatch(
            order.stream().map(key -> rows.column(key.column())).toList(), rows.rowCount());
    RowBatch edge = RowBatches.gather(keys, new int[] {0, last}, 2);
    long start = 0;
    long firstGroup = 0;
    long groupStart = 0;
    if (!pieces.isEmpty()) {
      Piece before = pieces.get(pieces.size() - 1);
      RowBatch edgeBefore = edges.get(edges.size() - 1);
      boolean goesOn = WindowRows.sameValues(edgeBefore, 1, edge, 0);
      start = before.end;
      firstGroup = goesOn ? before.lastGroup : before.lastGroup + 1;
      groupStart = goesOn ? before.lastGroupStart : start;
    }
    int group = rows.peerGroups()[last];
    long lastGroupStart = group == 0 ? groupStart : start + rows.peerStarts()[group];
    edges.add(edge);
    pieces.add(
        new Piece(
            start,
            start + rows.rowCount(),
            firstGroup,
            firstGroup + group,
            groupStart,
            start + rows.peerStarts()[1],
            lastGroupStart));
  }

  /** Ends adding. */
  void finish() {
    allEdges = RowBatches.concat(edges);
    edges.clear();
  }

  int count() {
    return pieces.size();
  }

  /** The first row of a piece. */
  long start(int piece) {
    return pieces.get(piece).start;
  }

  int rows(int piece) {
    return (int) (pieces.get(piece).end - pieces.get(piece).start);
  }

  PiecePlace place(PieceSpan span) {
    Piece first = pieces.get(span.first());
    Piece last = pieces.get(span.last());
    long lastGroupEnd = last.end;
    for (int next = span.last() + 1; next < count(); next++) {
      if (pieces.get(next).firstGroup != last.lastGroup) {
        break;
      }
      lastGroupEnd = pieces.get(next).firstGroupEnd;
    }
    return new PiecePlace(
        span,
        count(),
        first.start,
        pieces.get(count() - 1).end,
        first.firstGroup,
        first.firstGroupStart,
        lastGroupEnd);
  }

  PieceSpan all() {
    return new PieceSpan(0, count() - 1);
  }

  /** The pieces with rows up to so many before and after those of a piece. */
  PieceSpan rowsAround(int piece, long before, long after) {
    int first = piece;
    while (first > 0 && start(piece) - pieces.get(first - 1).end < before) {
      first--;
    }
    int last = piece;
    while (last + 1 < count() && pieces.get(last + 1).start - pieces.get(piece).end < after) {
      last++;
    }
    return new PieceSpan(first, last);
  }

  /** The pieces with groups of peers up to so many before and after those of a piece. */
  PieceSpan groupsAround(int piece, long before, long after) {
    int first = piece;
    while (first > 0 && pieces.get(piece).firstGroup - pieces.get(first - 1).lastGroup <= before) {
      first--;
    }
    int last = piece;
    while (last + 1 < count()
        && pieces.get(last + 1).firstGroup - pieces.get(piece).lastGroup <= after) {
      last++;
    }
    return new PieceSpan(first, last);
  }

  /** The pieces with keys up to so far before those of a piece; the order has one key. */
  PieceSpan keysBefore(int piece, Number distance) {
    boolean descending = order.get(0).descending();
    ColumnVector column = allEdges.column(0);
    RangeKeys keys = RangeKeys.of(column, distance, !descending);
    int first = piece;
    while (first > 0 && !column.isNull(2 * piece) && !column.isNull(2 * first - 1)) {
      int compared = keys.compareToShifted(2 * first - 1, 2 * piece);
      if ((descending ? -compared : compared) < 0) {
        break;
      }
      first--;
    }
    return new PieceSpan(first, piece);
  }

  /** The pieces with keys up to so far after those of a piece; the order has one key. */
  PieceSpan keysAfter(int piece, Number distance) {
    boolean descending = order.get(0).descending();
    ColumnVector column = allEdges.column(0);
    RangeKeys keys = RangeKeys.of(column, distance, descending);
    int last = piece;
    while (last + 1 < count() && !column.isNull(2 * piece + 1) && !column.isNull(2 * (last + 1))) {
      int compared = keys.compareToShifted(2 * (last + 1), 2 * piece + 1);
      if ((descending ? -compared : compared) > 0) {
        break;
      }
      last++;
    }
    return new PieceSpan(piece, last);
  }
}
