package dev.frazil.exec.window;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.aggregate.Accumulator;
import dev.frazil.exec.aggregate.Accumulators;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.WindowFrame;
import dev.frazil.plan.WindowFrame.Exclusion;
import dev.frazil.plan.WindowFrame.Position;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.VectorGather;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An aggregate over frames that are not the partition. */
final class FrameAggregate implements WindowEvaluator {
  /** Frames that are collected at once take about this share of memoryLimit. */
  private static final int COLLECTED_SHARE = 64;

  /** A row collected: its value, its place, and the result that it goes into. */
  private static final int COLLECTED_COPIES = 2;

  private static final int COLLECTED_ROW_BYTES = 8;

  private final AggregateCall call;
  private final List<SqlType> inputTypes;
  private final WindowFrame frame;
  private final FrameOffsets offsets;
  private final Supplier<FrameStates> newStates;
  private final FrameStates states;
  private final boolean collects;
  private final QueryContext context;
  private WindowRows rows = NoRows.ROWS;
  private FrameRows frames;
  private long rowBytes;

  /** The rows of the first partition that came in earlier chunks. */
  private @Nullable Accumulator earlier;

  /** The pieces of a partition that does not fit in memory, and the frames of the one open. */
  private @Nullable PieceAggregate pieces;

  private @Nullable LargeFrames largeFrames;

  FrameAggregate(
      AggregateCall call,
      List<SqlType> inputTypes,
      WindowFrame frame,
      FrameOffsets offsets,
      Supplier<FrameStates> newStates,
      QueryContext context) {
    this.call = call;
    this.inputTypes = inputTypes;
    this.frame = frame;
    this.offsets = offsets;
    this.newStates = newStates;
    this.states = newStates.get();
    this.collects = states instanceof DirectRows;
    this.context = context;
    this.frames = FrameRows.of(NoRows.ROWS, frame, offsets);
  }

  @Override
  public void open(WindowRows next) {
    PiecePlace place = next.place();
    List<ColumnVector> arguments = CountedRows.arguments(call, next);
    rowBytes = collects ? rowBytes(arguments, next.rowCount()) : 0;
    if (place != null) {
      rows = next;
      largeFrames = new LargeFrames(next, place, frame, offsets);
      return;
    }
    largeFrames = null;
    pieces = null;
    earlier = next.continues() ? withLastRows() : null;
    rows = next;
    frames = FrameRows.of(next, frame, offsets);
    CountedRows counted = CountedRows.of(call, inputTypes, next);
    states.open(next, arguments, counted.mask(next.rowCount()));
  }

  private static long rowBytes(List<ColumnVector> arguments, int rowCount) {
    long bytes = 0;
    for (ColumnVector argument : arguments) {
      bytes += RowBatches.memoryBytes(argument);
    }
    return COLLECTED_ROW_BYTES + COLLECTED_COPIES * (bytes / Math.max(1, rowCount));
  }

  private Accumulator withLastRows() {
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

  private long frameLength(int row) {
    LargeFrames large = largeFrames;
    return large == null ? (long) frames.end(row) - frames.start(row) : large.length(row);
  }

  /** What collects its rows has as many frames at once as go into a part of the memory. */
  @Override
  public int rowsAtOnce(int from, int count) {
    if (!collects) {
      return count;
    }
    long most = context.memory().limitBytes() / COLLECTED_SHARE / rowBytes;
    long collected = 0;
    for (int i = 0; i < count; i++) {
      collected += frameLength(from + i);
      if (collected > most) {
        return Math.max(1, i);
      }
    }
    return count;
  }

  @Override
  public ColumnVector evaluate(int from, int count) {
    if (!collects) {
      return results(from, count);
    }
    long collected = 0;
    for (int i = 0; i < count; i++) {
      collected += frameLength(from + i);
    }
    try (MemoryReservation held =
        context.memory().open("the rows of a frame that " + call.function() + " collects")) {
      held.grow(collected * rowBytes);
      return results(from, count);
    }
  }

  private ColumnVector results(int from, int count) {
    Accumulator target = Accumulators.of(call, inputTypes, true);
    target.grow(count);
    PieceAggregate gathered = pieces;
    LargeFrames large = largeFrames;
    Accumulator before = earlier;
    if (before != null) {
      int continued = large != null ? count : Math.min(count, rows.partitionEnd(0) - from);
      if (continued > 0) {
        List<ColumnVector> state =
            before.states(0, 1).stream()
                .map(column -> VectorGather.gather(column, new int[continued], continued))
                .toList();
        target.merge(state, continued, VectorGather.range(0, continued));
      }
    }
    if (large != null && gathered != null) {
      gathered.addTo(target, large, from, count);
    } else {
      states.addTo(target, frames, from, count);
    }
    return target.results(0, count);
  }

  /** Earlier rows are in every later frame, and no frame looks ahead past its peers. */
  @Override
  public boolean takesPieces() {
    return frame.start().position() == Position.UNBOUNDED_PRECEDING
        && frame.end().position() == Position.CURRENT_ROW
        && frame.exclusion() == Exclusion.NO_OTHERS
        && !collects
        && !Accumulators.needsDistinctSet(call);
  }

  @Override
  public boolean needsPeers() {
    return frame.unit() != WindowFrame.Unit.ROWS;
  }

  @Override
  public void gather(WindowRows piece, int number) {
    if (states instanceof DirectRows direct && direct.isDistinct()) {
      throw new EngineException(
          SqlState.OUT_OF_MEMORY,
          call.function()
              + " of DISTINCT values over a frame that does not begin with the partition needs the"
              + " partition in memory: set memoryLimit higher");
    }
    PieceAggregate gathered = pieces;
    if (number == 0 || gathered == null) {
      earlier = piece.continues() ? withLastRows() : null;
      gathered = new PieceAggregate(call, inputTypes, collects, newStates);
      pieces = gathered;
    }
    gathered.add(piece);
  }

  @Override
  public long gatheredBytes() {
    PieceAggregate gathered = pieces;
    return gathered == null ? 0 : gathered.sizeBytes();
  }

  @Override
  public long bytesPerRow() {
    return 8 + states.bytesPerRow();
  }
}
