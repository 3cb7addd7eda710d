package dev.frazil.exec.window;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.WindowCall;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorGather;
import org.jspecify.annotations.Nullable;

/** FIRST_VALUE, LAST_VALUE and NTH_VALUE: a row of the frame, null where there is none. */
final class ValueEvaluator implements WindowEvaluator {
  private static final int NONE = -1;

  private final WindowCall call;
  private final FrameOffsets offsets;
  private final int[] ranges = new int[2 * FrameRows.MAX_RANGES];
  private WindowRows rows = NoRows.ROWS;
  private FrameRows frames;
  private PresentRows present = PresentRows.ALL;

  /** The rows of a partition that does not fit in memory, and the frames of the piece open. */
  private final PresentPieces pieces;

  private @Nullable LargeFrames largeFrames;

  ValueEvaluator(WindowCall call, FrameOffsets offsets) {
    this.call = call;
    this.offsets = offsets;
    this.pieces = new PresentPieces(call.arguments().get(0), call.ignoreNulls());
    this.frames = FrameRows.of(NoRows.ROWS, call.frame(), offsets);
  }

  @Override
  public void open(WindowRows next) {
    rows = next;
    PiecePlace place = next.place();
    if (place != null) {
      largeFrames = new LargeFrames(next, place, call.frame(), offsets);
      return;
    }
    largeFrames = null;
    frames = FrameRows.of(next, call.frame(), offsets);
    present = PresentRows.of(next.column(call.arguments().get(0)), call.ignoreNulls());
  }

  @Override
  public ColumnVector evaluate(int from, int count) {
    LargeFrames large = largeFrames;
    if (large != null) {
      long[] numbers = new long[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = number(large, from + i);
      }
      return pieces.values(large.place(), numbers);
    }
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      int row = from + i;
      int rangeCount = frames.ranges(row, ranges);
      places[i] =
          switch (call.function()) {
            case FIRST_VALUE -> nth(rangeCount, 1);
            case LAST_VALUE -> last(rangeCount);
            case NTH_VALUE -> nth(rangeCount, wanted(row));
            case ROW_NUMBER,
                RANK,
                DENSE_RANK,
                PERCENT_RANK,
                CUME_DIST,
                NTILE,
                LAG,
                LEAD,
                AGGREGATE ->
                throw EngineException.internal(call.function() + " takes no row of a frame");
          };
    }
    return VectorGather.gatherOrNull(rows.column(call.arguments().get(0)), places, count);
  }

  private long number(LargeFrames large, int row) {
    return switch (call.function()) {
      case FIRST_VALUE -> nth(large, row, 1);
      case LAST_VALUE -> last(large, row);
      case NTH_VALUE -> nth(large, row, wanted(row));
      case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE, LAG, LEAD, AGGREGATE ->
          throw EngineException.internal(call.function() + " takes no row of a frame");
    };
  }

  private long nth(LargeFrames large, int row, long wanted) {
    long left = wanted - 1;
    for (int slot = 0; slot < LargeFrames.SLOTS && left >= 0; slot++) {
      long from = large.from(slot, row);
      long to = large.to(slot, row);
      if (from < to) {
        long first = pieces.before(large.place(), from);
        long held = pieces.before(large.place(), to) - first;
        if (left < held) {
          return first + left;
        }
        left -= held;
      }
    }
    return PresentPieces.NONE;
  }

  private long last(LargeFrames large, int row) {
    for (int slot = LargeFrames.SLOTS - 1; slot >= 0; slot--) {
      long from = large.from(slot, row);
      long to = large.to(slot, row);
      if (from < to) {
        long end = pieces.before(large.place(), to);
        if (end > pieces.before(large.place(), from)) {
          return end - 1;
        }
      }
    }
    return PresentPieces.NONE;
  }

  /** Which row is wanted, from 1; 0 for none. */
  private long wanted(int row) {
    LongVector numbers = (LongVector) rows.column(call.arguments().get(1));
    if (numbers.isNull(row)) {
      return 0;
    }
    long number = numbers.values()[row];
    if (number <= 0) {
      throw new EngineException(
          SqlState.INVALID_NTH_VALUE_ARGUMENT,
          "nth_value for row " + number + ": rows count from 1");
    }
    return number;
  }

  private int nth(int rangeCount, long wanted) {
    long left = wanted - 1;
    for (int range = 0; range < rangeCount && left >= 0; range++) {
      int first = present.before(ranges[2 * range]);
      int held = present.before(ranges[2 * range + 1]) - first;
      if (left < held) {
        return present.place(first + (int) left);
      }
      left -= held;
    }
    return NONE;
  }

  private int last(int rangeCount) {
    for (int range = rangeCount - 1; range >= 0; range--) {
      int end = present.before(ranges[2 * range + 1]);
      if (end > present.before(ranges[2 * range])) {
        return present.place(end - 1);
      }
    }
    return NONE;
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
    return call.ignoreNulls() ? 24 : 16;
  }
}
