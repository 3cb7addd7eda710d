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

  /** The rows of a partition that does not fit in memory. */
  private final PresentPieces pieces;

  OffsetEvaluator(List<Integer> arguments, boolean forward, boolean ignoreNulls) {
    this.arguments = arguments;
    this.forward = forward;
    this.ignoreNulls = ignoreNulls;
    this.pieces = new PresentPieces(arguments.get(0), ignoreNulls);
  }

  @Override
  public void open(WindowRows next) {
    rows = next;
    present =
        next.place() == null
            ? PresentRows.of(next.column(arguments.get(0)), ignoreNulls)
            : PresentRows.ALL;
  }

  @Override
  public ColumnVector evaluate(int from, int count) {
    PiecePlace piece = rows.place();
    if (piece != null) {
      return evaluate(piece, from, count);
    }
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

  private boolean isWithoutOffset(int row) {
    return arguments.size() > 1 && rows.column(arguments.get(1)).isNull(row);
  }

  private long offset(int row) {
    return arguments.size() > 1 ? ((LongVector) rows.column(arguments.get(1))).values()[row] : 1;
  }

  private ColumnVector evaluate(PiecePlace place, int from, int count) {
    ColumnVector own = rows.column(arguments.get(0));
    long[] numbers = new long[count];
    boolean[] outside = new boolean[count];
    boolean[] same = new boolean[count];
    for (int i = 0; i < count; i++) {
      int row = from + i;
      numbers[i] = PresentPieces.NONE;
      if (isWithoutOffset(row)) {
        continue;
      }
      long offset = offset(row);
      if (offset == 0) {
        same[i] = true;
        continue;
      }
      boolean ahead = forward == offset > 0;
      long distance = offset == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(offset);
      outside[i] = distance > place.rowCount();
      if (!outside[i]) {
        long position = place.rowsBefore() + row;
        long number =
            ahead
                ? pieces.before(place, position + 1) + distance - 1
                : pieces.before(place, position) - distance;
        outside[i] = number < 0 || number >= pieces.total();
        numbers[i] = outside[i] ? PresentPieces.NONE : number;
      }
    }
    ColumnVector found = pieces.values(place, numbers);
    if (arguments.size() < 2) {
      return found;
    }
    VectorBuilder builder = VectorBuilder.of(own.type());
    for (int i = 0; i < count; i++) {
      if (same[i]) {
        builder.appendFrom(own, from + i);
      } else if (outside[i] && arguments.size() > 2) {
        builder.appendFrom(rows.column(arguments.get(2)), from + i);
      } else {
        builder.appendFrom(found, i);
      }
    }
    return builder.build();
  }

  private int place(int row) {
    if (isWithoutOffset(row)) {
      return NULL;
    }
    long offset = offset(row);
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
    pieces.add(piece, number);
  }

  @Override
  public long bytesPerRow() {
    return ignoreNulls ? 12 : 4;
  }
}
