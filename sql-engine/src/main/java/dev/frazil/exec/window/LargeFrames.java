package dev.frazil.exec.window;

import dev.frazil.plan.SortKey;
import dev.frazil.plan.WindowFrame;
import dev.frazil.plan.WindowFrame.Bound;
import dev.frazil.plan.WindowFrame.Exclusion;
import dev.frazil.plan.WindowFrame.Unit;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.Arrays;
import java.util.List;

/**
 * The frames of the rows of one piece of a large partition. Rows of frames count from the start of
 * the partition, those that they belong to from the start of the piece. A frame is up to three
 * ranges in {@link #SLOTS} slots; in each slot bounds never go back from one row to the next. One
 * thread.
 */
final class LargeFrames {
  /** What is before the exclusion, the row itself where it alone stays, what is after. */
  static final int SLOTS = 3;

  private final WindowRows rows;
  private final PiecePlace place;
  private final Exclusion exclusion;
  private final long[] starts;
  private final long[] ends;

  LargeFrames(WindowRows rows, PiecePlace place, WindowFrame frame, FrameOffsets offsets) {
    this.rows = rows;
    this.place = place;
    this.exclusion = frame.exclusion();
    this.starts = bounds(frame.unit(), frame.start(), offsets.start(), true);
    this.ends = bounds(frame.unit(), frame.end(), offsets.end(), false);
    for (int row = 0; row < starts.length; row++) {
      ends[row] = Math.max(starts[row], ends[row]);
    }
  }

  PiecePlace place() {
    return place;
  }

  /** Rows of the frame, those excluded among them. */
  long length(int row) {
    return ends[row] - starts[row];
  }

  /** The first row in a slot; the slot is empty where this is not before {@link #to}. */
  long from(int slot, int row) {
    return switch (slot) {
      case 0 -> starts[row];
      case 1 -> Math.max(starts[row], place.rowsBefore() + row);
      default -> Math.max(starts[row], exclusion == Exclusion.NO_OTHERS ? ends[row] : cutTo(row));
    };
  }

  /** After the last row in a slot. */
  long to(int slot, int row) {
    return switch (slot) {
      case 0 -> exclusion == Exclusion.NO_OTHERS ? ends[row] : Math.min(ends[row], cutFrom(row));
      case 1 -> exclusion == Exclusion.TIES ? Math.min(ends[row], place.rowsBefore() + row + 1) : 0;
      default -> ends[row];
    };
  }

  private long cutFrom(int row) {
    return exclusion == Exclusion.CURRENT_ROW ? place.rowsBefore() + row : peerStart(row);
  }

  private long cutTo(int row) {
    return exclusion == Exclusion.CURRENT_ROW ? place.rowsBefore() + row + 1 : peerEnd(row);
  }

  private long peerStart(int row) {
    int group = rows.peerGroups()[row];
    return group == 0 ? place.firstGroupStart() : place.rowsBefore() + rows.peerStarts()[group];
  }

  private long peerEnd(int row) {
    int end = rows.peerStarts()[rows.peerGroups()[row] + 1];
    return end == rows.rowCount() ? place.lastGroupEnd() : place.rowsBefore() + end;
  }

  private long[] bounds(Unit unit, Bound bound, Object offset, boolean isStart) {
    boolean isPreceding = bound.position() == WindowFrame.Position.PRECEDING;
    return switch (bound.position()) {
      case UNBOUNDED_PRECEDING -> new long[rows.rowCount()];
      case UNBOUNDED_FOLLOWING -> {
        long[] bounds = new long[rows.rowCount()];
        Arrays.fill(bounds, place.rowCount());
        yield bounds;
      }
      case CURRENT_ROW -> current(unit, isStart);
      case PRECEDING, FOLLOWING ->
          switch (unit) {
            case ROWS -> byRows((long) offset, isPreceding, isStart);
            case GROUPS -> byGroups((long) offset, isPreceding, isStart);
            case RANGE -> byKeys((Number) offset, isPreceding, isStart);
          };
    };
  }

  private long[] current(Unit unit, boolean isStart) {
    long[] bounds = new long[rows.rowCount()];
    for (int row = 0; row < bounds.length; row++) {
      if (unit == Unit.ROWS) {
        bounds[row] = place.rowsBefore() + row + (isStart ? 0 : 1);
      } else {
        bounds[row] = isStart ? peerStart(row) : peerEnd(row);
      }
    }
    return bounds;
  }

  private static long shifted(long position, long distance, boolean isPreceding, long most) {
    if (isPreceding) {
      return distance > position ? 0 : position - distance;
    }
    return distance > most - position ? most : position + distance;
  }

  private long[] byRows(long distance, boolean isPreceding, boolean isStart) {
    long[] bounds = new long[rows.rowCount()];
    for (int row = 0; row < bounds.length; row++) {
      long position = place.rowsBefore() + row + (isStart ? 0 : 1);
      bounds[row] = shifted(position, distance, isPreceding, place.rowCount());
    }
    return bounds;
  }

  private long[] byGroups(long distance, boolean isPreceding, boolean isStart) {
    long[] bounds = new long[rows.rowCount()];
    int[] groups = rows.peerGroups();
    for (int row = 0; row < bounds.length; row++) {
      if (row > 0 && groups[row] == groups[row - 1]) {
        bounds[row] = bounds[row - 1];
        continue;
      }
      long group = place.groupsBefore() + groups[row] + (isStart ? 0 : 1);
      bounds[row] = groupStart(shifted(group, distance, isPreceding, place.pieces().groupCount()));
    }
    return bounds;
  }

  private long groupStart(long group) {
    PartitionPieces pieces = place.pieces();
    if (group == pieces.groupCount()) {
      return place.rowCount();
    }
    int piece = pieces.pieceOfGroup(group);
    WindowRows begun = place.load(piece);
    PiecePlace there = begun.placeInPartition();
    int local = (int) (group - there.groupsBefore());
    return local == 0 ? there.firstGroupStart() : pieces.start(piece) + begun.peerStarts()[local];
  }

  /** As {@link RangeBounds}, over pieces: one is skipped where its last key is before the bound. */
  private long[] byKeys(Number distance, boolean isPreceding, boolean isStart) {
    SortKey key = rows.order().get(0);
    ColumnVector own = rows.column(key.column());
    PartitionPieces pieces = place.pieces();
    long[] bounds = new long[rows.rowCount()];
    boolean down = isPreceding != key.descending();
    long first = key.nullsFirst() ? pieces.nullKeys() : 0;
    long end = first + place.rowCount() - pieces.nullKeys();
    int piece = first == end ? 0 : pieces.pieceOfRow(first);
    int lastPiece = first == end ? 0 : pieces.pieceOfRow(end - 1);
    int edges = pieces.edgeKeys().rowCount();
    RangeKeys edgeKeys = RangeKeys.of(joined(pieces.edgeKeys(), own), distance, down);
    RangeKeys keys = edgeKeys;
    int searched = -1;
    int searchedRows = 0;
    int position = 0;
    int most = 0;
    for (int row = 0; row < bounds.length; row++) {
      if (own.isNull(row)) {
        bounds[row] = isStart ? peerStart(row) : peerEnd(row);
        continue;
      }
      while (piece < lastPiece
          && RangeBounds.isBefore(
              edgeKeys, 2 * piece + 1, edges + row, key.descending(), isStart)) {
        piece++;
      }
      if (piece != searched) {
        searched = piece;
        ColumnVector column = place.load(piece).column(key.column());
        keys = RangeKeys.of(joined(column, own), distance, down);
        searchedRows = column.rowCount();
        position = (int) Math.max(0, first - pieces.start(piece));
        most = (int) Math.min(searchedRows, end - pieces.start(piece));
      }
      while (position < most
          && RangeBounds.isBefore(keys, position, searchedRows + row, key.descending(), isStart)) {
        position++;
      }
      bounds[row] = pieces.start(piece) + position;
    }
    return bounds;
  }

  private static ColumnVector joined(ColumnVector left, ColumnVector right) {
    return RowBatches.concat(
            List.of(
                new RowBatch(List.of(left), left.rowCount()),
                new RowBatch(List.of(right), right.rowCount())))
        .column(0);
  }
}
