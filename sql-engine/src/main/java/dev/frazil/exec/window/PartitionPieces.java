package dev.frazil.exec.window;

import dev.frazil.plan.SortKey;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;

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
  private long[] lastGroupEnds = new long[0];
  private long nullKeys;

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
    if (!order.isEmpty()) {
      ColumnVector key = keys.column(0);
      for (int row = 0; row <= last; row++) {
        nullKeys += key.isNull(row) ? 1 : 0;
      }
    }
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
    lastGroupEnds = new long[count()];
    for (int piece = count() - 1; piece >= 0; piece--) {
      Piece known = pieces.get(piece);
      long end = known.end;
      if (piece + 1 < count()) {
        Piece next = pieces.get(piece + 1);
        if (next.firstGroup == known.lastGroup) {
          end = next.lastGroup == next.firstGroup ? lastGroupEnds[piece + 1] : next.firstGroupEnd;
        }
      }
      lastGroupEnds[piece] = end;
    }
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

  long rowCount() {
    return pieces.get(count() - 1).end;
  }

  /** The groups of peers. */
  long groupCount() {
    return pieces.get(count() - 1).lastGroup + 1;
  }

  /** Rows whose first sort key is null. */
  long nullKeys() {
    return nullKeys;
  }

  /** The first sort key of the first and the last row of each piece. */
  ColumnVector edgeKeys() {
    return allEdges.column(0);
  }

  PiecePlace place(int piece, IntFunction<WindowRows> loader) {
    Piece known = pieces.get(piece);
    return new PiecePlace(
        piece,
        this,
        loader,
        known.start,
        known.firstGroup,
        known.firstGroupStart,
        lastGroupEnds[piece]);
  }

  /** The piece that holds a row of the partition. */
  int pieceOfRow(long row) {
    return firstWhere(count(), piece -> pieces.get(piece).end, row + 1);
  }

  /** The piece in which a group of peers begins. */
  int pieceOfGroup(long group) {
    return firstWhere(count(), piece -> pieces.get(piece).lastGroup, group);
  }

  /** Of {@code count} values that never fall, the first that is at least {@code least}. */
  static int firstWhere(int count, IntToLongFunction values, long least) {
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values.applyAsLong(middle) >= least) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
