package dev.frazil.exec.window;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.WindowCall;
import dev.frazil.plan.WindowFrame;
import dev.frazil.plan.WindowFrame.Exclusion;
import dev.frazil.plan.WindowFrame.Position;
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

  /** The value of every row of a partition that does not fit in memory, where it is one. */
  private @Nullable ColumnVector constant;

  ValueEvaluator(WindowCall call, FrameOffsets offsets) {
    this.call = call;
    this.offsets = offsets;
    this.frames = FrameRows.of(NoRows.ROWS, call.frame(), offsets);
  }

  @Override
  public void open(WindowRows next) {
    rows = next;
    frames = FrameRows.of(next, call.frame(), offsets);
    present = PresentRows.of(next.column(call.arguments().get(0)), call.ignoreNulls());
  }

  @Override
  public ColumnVector evaluate(int from, int count) {
    ColumnVector value = constant;
    if (value != null && rows.place() != null) {
      return VectorGather.gather(value, new int[count], count);
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

  /** The edge of the partition at which each frame finds its value: no frame is empty. */
  private boolean isFirstOfPartition() {
    return call.function() == WindowCall.Function.FIRST_VALUE
        && call.frame().start().position() == Position.UNBOUNDED_PRECEDING
        && call.frame().end().position().compareTo(Position.CURRENT_ROW) >= 0
        && isPlain();
  }

  private boolean isLastOfPartition() {
    return call.function() == WindowCall.Function.LAST_VALUE
        && call.frame().end().position() == Position.UNBOUNDED_FOLLOWING
        && call.frame().start().position().compareTo(Position.CURRENT_ROW) <= 0
        && isPlain();
  }

  private boolean isPlain() {
    return !call.ignoreNulls() && call.frame().exclusion() == Exclusion.NO_OTHERS;
  }

  @Override
  public void gather(WindowRows piece, int number) {
    ColumnVector values = piece.column(call.arguments().get(0));
    if (isFirstOfPartition() && number == 0) {
      constant = VectorGather.gather(values, new int[] {0}, 1);
    } else if (isLastOfPartition()) {
      constant = VectorGather.gather(values, new int[] {piece.rowCount() - 1}, 1);
    }
  }

  @Override
  public PieceSpan span(PartitionPieces pieces, int piece) {
    if (isFirstOfPartition() || isLastOfPartition()) {
      return new PieceSpan(piece, piece);
    }
    WindowFrame frame = call.frame();
    boolean endless =
        switch (call.function()) {
          case FIRST_VALUE -> frame.start().position() == Position.UNBOUNDED_PRECEDING;
          case LAST_VALUE -> frame.end().position() == Position.UNBOUNDED_FOLLOWING;
          default -> FrameOffsets.isUnbounded(frame);
        };
    return endless || (!isPlain() && FrameOffsets.isUnbounded(frame))
        ? pieces.all()
        : offsets.span(frame, pieces, piece);
  }

  @Override
  public long bytesPerRow() {
    return call.ignoreNulls() ? 24 : 16;
  }
}
