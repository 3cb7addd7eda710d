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

  /** The pieces of a partition that does not fit in memory. */
  private @Nullable PieceStates pieces;

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
    PieceStates gathered = pieces;
    PiecePlace place = next.place();
    if (place != null && gathered != null) {
      earlier = startsUnbounded() ? gathered.before(place.span().first()) : null;
    } else {
      earlier = next.continues() ? withLastPartition() : null;
      pieces = null;
    }
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
    PieceStates gathered = pieces;
    PiecePlace place = rows.place();
    if (gathered != null
        && place != null
        && frame.end().position() == Position.UNBOUNDED_FOLLOWING
        && place.span().last() + 1 < place.pieceCount()) {
      gathered.addAfter(place.span().last(), target, count);
    }
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

  private boolean startsUnbounded() {
    return frame.start().position() == Position.UNBOUNDED_PRECEDING;
  }

  /** Whether the rows out of sight are a state that is small: not a set, nor all the rows. */
  private boolean summarises() {
    return FrameOffsets.isUnbounded(frame)
        && !(states instanceof DirectRows)
        && !Accumulators.needsDistinctSet(call);
  }

  @Override
  public void gather(WindowRows piece, int number) {
    if (!summarises()) {
      return;
    }
    PieceStates gathered = pieces;
    if (number == 0 || gathered == null) {
      gathered = new PieceStates(call, inputTypes);
      pieces = gathered;
    }
    gathered.add(piece);
  }

  @Override
  public PieceSpan span(PartitionPieces all, int piece) {
    return FrameOffsets.isUnbounded(frame) && !summarises()
        ? all.all()
        : offsets.span(frame, all, piece);
  }

  @Override
  public long gatheredBytes() {
    PieceStates gathered = pieces;
    return gathered == null ? 0 : gathered.sizeBytes();
  }

  @Override
  public long bytesPerRow() {
    return 8 + states.bytesPerRow();
  }
}
