package dev.frazil.exec.window;

import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorGather;
import java.util.List;

/**
 * LAG and LEAD. A null offset gives null; a negative one looks the other way. A row outside of the
 * partition gives the default.
 */
final class OffsetEvaluator implements WindowEvaluator {
  private static final int OUTSIDE = -1;
  private static final int NULL = -2;

  private final List<Integer> arguments;
  private final boolean forward;
  private final boolean ignoreNulls;
  private WindowRows rows = NoRows.ROWS;
  private PresentRows present = PresentRows.ALL;

  /** How far the rows of a partition that does not fit in memory look back and ahead. */
  private long farthestBefore;

  private long farthestAfter;

  OffsetEvaluator(List<Integer> arguments, boolean forward, boolean ignoreNulls) {
    this.arguments = arguments;
    this.forward = forward;
    this.ignoreNulls = ignoreNulls;
  }

  @Override
  public void open(WindowRows next) {
    rows = next;
    present = PresentRows.of(next.column(arguments.get(0)), ignoreNulls);
  }

  @Override
  public ColumnVector evaluate(int from, int count) {
    int[] places = new int[count];
    boolean anyOutside = false;
    for (int i = 0; i < count; i++) {
      places[i] = place(from + i);
      anyOutside |= places[i] == OUTSIDE;
    }
    ColumnVector values = rows.column(arguments.get(0));
    if (!anyOutside || arguments.size() < 3) {
      return VectorGather.gatherOrNull(values, places, count);
    }
    ColumnVector defaults = rows.column(arguments.get(2));
    VectorBuilder builder = VectorBuilder.of(values.type());
    for (int i = 0; i < count; i++) {
      if (places[i] == NULL) {
        builder.appendNull();
      } else if (places[i] == OUTSIDE) {
        builder.appendFrom(defaults, from + i);
      } else {
        builder.appendFrom(values, places[i]);
      }
    }
    return builder.build();
  }

  private int place(int row) {
    long offset = 1;
    if (arguments.size() > 1) {
      LongVector offsets = (LongVector) rows.column(arguments.get(1));
      if (offsets.isNull(row)) {
        return NULL;
      }
      offset = offsets.values()[row];
    }
    if (offset == 0) {
      return row;
    }
    int partition = rows.partitions()[row];
    int first = present.before(rows.partitionStart(partition));
    int end = present.before(rows.partitionEnd(partition));
    boolean ahead = forward == offset > 0;
    // The distance of the smallest long has no positive counterpart, but is outside anyway.
    long distance = offset == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(offset);
    if (distance > rows.rowCount()) {
      return OUTSIDE;
    }
    long number = ahead ? present.before(row + 1) + distance - 1 : present.before(row) - distance;
    return number < first || number >= end ? OUTSIDE : present.place((int) number);
  }

  @Override
  public boolean takesPieces() {
    return false;
  }

  @Override
  public void gather(WindowRows piece, int number) {
    if (number == 0) {
      farthestBefore = 0;
      farthestAfter = 0;
    }
    if (arguments.size() == 1) {
      reach(1);
      return;
    }
    LongVector offsets = (LongVector) piece.column(arguments.get(1));
    for (int row = 0; row < piece.rowCount(); row++) {
      if (!offsets.isNull(row)) {
        reach(offsets.values()[row]);
      }
    }
  }

  private void reach(long offset) {
    long distance = offset == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(offset);
    if (forward == offset > 0) {
      farthestAfter = Math.max(farthestAfter, distance);
    } else {
      farthestBefore = Math.max(farthestBefore, distance);
    }
  }

  /** How many nulls lie between a row and the one that it looks for, nobody knows. */
  @Override
  public PieceSpan span(PartitionPieces pieces, int piece) {
    return ignoreNulls ? pieces.all() : pieces.rowsAround(piece, farthestBefore, farthestAfter);
  }

  @Override
  public long bytesPerRow() {
    return ignoreNulls ? 12 : 4;
  }
}
