package dev.frazil.exec.window;

import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers the rows of a large partition that IGNORE NULLS leaves of a column, or all of them, and
 * reads their values. One thread.
 */
final class PresentPieces {
  /** The number of no row. */
  static final long NONE = -1;

  private final int column;
  private final boolean ignoreNulls;

  /** Rows present before each piece and, at the end, in all. */
  private long[] before = new long[16];

  private int count;

  PresentPieces(int column, boolean ignoreNulls) {
    this.column = column;
    this.ignoreNulls = ignoreNulls;
  }

  /** Adds a piece; number 0 begins a partition. */
  void add(WindowRows piece, int number) {
    if (number + 2 > before.length) {
      before = Arrays.copyOf(before, before.length * 2);
    }
    count = number + 1;
    before[count] = before[number] + present(piece).before(piece.rowCount());
  }

  private PresentRows present(WindowRows piece) {
    return ignoreNulls ? piece.present(column) : PresentRows.ALL;
  }

  /** How many are present in the partition. */
  long total() {
    return before[count];
  }

  /** How many of the partition's rows {@code 0..row} are present. */
  long before(PiecePlace place, long row) {
    if (!ignoreNulls || row == 0) {
      return row;
    }
    if (row == place.rowCount()) {
      return total();
    }
    int piece = place.pieces().pieceOfRow(row);
    int local = (int) (row - place.pieces().start(piece));
    return before[piece] + (local == 0 ? 0 : present(place.load(piece)).before(local));
  }

  /**
   * The values of rows by number among those present, null for {@link #NONE}: each piece is read
   * once.
   */
  ColumnVector values(PiecePlace place, long[] numbers) {
    int rows = numbers.length;
    long[] byPiece = new long[rows];
    for (int i = 0; i < rows; i++) {
      long number = numbers[i];
      long piece =
          number == NONE ? -1 : PartitionPieces.firstWhere(count, p -> before[p + 1], number + 1);
      byPiece[i] = piece << Integer.SIZE | i;
    }
    Arrays.sort(byPiece);
    int[] origin = new int[rows];
    List<RowBatch> parts = new ArrayList<>();
    int from = 0;
    while (from < rows) {
      int piece = (int) (byPiece[from] >> Integer.SIZE);
      int to = from;
      while (to < rows && (int) (byPiece[to] >> Integer.SIZE) == piece) {
        origin[(int) byPiece[to]] = to;
        to++;
      }
      WindowRows source = place.load(Math.max(0, piece));
      int[] places = new int[to - from];
      for (int i = from; i < to; i++) {
        places[i - from] =
            piece < 0
                ? (int) NONE
                : present(source).place((int) (numbers[(int) byPiece[i]] - before[piece]));
      }
      parts.add(
          new RowBatch(
              List.of(VectorGather.gatherOrNull(source.column(column), places, places.length)),
              places.length));
      from = to;
    }
    ColumnVector values = RowBatches.concat(parts).column(0);
    return parts.size() == 1 ? values : VectorGather.gather(values, origin, rows);
  }
}
