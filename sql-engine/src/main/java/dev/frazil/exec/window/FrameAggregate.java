package dev.frazil.exec.window;

import dev.frazil.exec.aggregate.Accumulator;
import dev.frazil.exec.aggregate.Accumulators;
import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.WindowFrame;
import dev.frazil.plan.WindowFrame.Exclusion;
import dev.frazil.plan.WindowFrame.Position;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorGather;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An aggregate over frames that are not the partition. */
final class FrameAggregate implements WindowEvaluator {
  private final AggregateCall call;
  private final List<SqlType> inputTypes;
  private final WindowFrame frame;
  private final FrameOffsets offsets;
  private final FrameStates states;
  private WindowRows rows = NoRows.ROWS;
  private FrameRows frames;

  /** The rows of the first partition that came in earlier pieces. */
  private @Nullable Accumulator earlier;

  FrameAggregate(
      AggregateCall call,
      List<SqlType> inputTypes,
      WindowFrame frame,
      FrameOffsets offsets,
      FrameStates states) {
    this.call = call;
    this.inputTypes = inputTypes;
    this.frame = frame;
    this.offsets = offsets;
    this.states = states;
    this.frames = FrameRows.of(NoRows.ROWS, frame, offsets);
  }

  @Override
  public void open(WindowRows next) {
    earlier = next.continues() ? withLastPartition() : null;
    rows = next;
    frames = FrameRows.of(next, frame, offsets);
    CountedRows counted = CountedRows.of(call, inputTypes, next);
    states.open(next, CountedRows.arguments(call, next), counted.mask(next.rowCount()));
  }

  private Accumulator withLastPartition() {
    int last = rows.partitionCount() - 1;
    Accumulator accumulator = last == 0 && rows.continues() ? earlier : null;
    if (accumulator == null) {
      accumulator = Accumulators.of(call, inputTypes, true);
      accumulator.grow(1);
    }
    int start = rows.partitionStart(last);
    int count = rows.partitionEnd(last) - start;
    accumulator.add(
        CountedRows.arguments(call, rows), VectorGather.range(start, count), count, null);
    return accumulator;
  }

  @Override
  public ColumnVector evaluate(int from, int count) {
    Accumulator target = Accumulators.of(call, inputTypes, true);
    target.grow(count);
    Accumulator before = earlier;
    if (before != null) {
      int continued = Math.min(count, rows.partitionEnd(0) - from);
      if (continued > 0) {
        List<ColumnVector> state =
            before.states(0, 1).stream()
                .map(column -> VectorGather.gather(column, new int[continued], continued))
                .toList();
        target.merge(state, continued, VectorGather.range(0, continued));
      }
    }
    states.addTo(target, frames, from, count);
    return target.results(0, count);
  }

  /** Earlier pieces are in every later frame, and no frame looks ahead past its peers. */
  @Override
  public boolean takesPieces() {
    return frame.start().position() == Position.UNBOUNDED_PRECEDING
        && frame.end().position() == Position.CURRENT_ROW
        && frame.exclusion() == Exclusion.NO_OTHERS
        && !Accumulators.needsDistinctSet(call);
  }

  @Override
  public boolean needsPeers() {
    return frame.unit() != WindowFrame.Unit.ROWS;
  }

  @Override
  public long bytesPerRow() {
    return 8 + states.bytesPerRow();
  }
}
