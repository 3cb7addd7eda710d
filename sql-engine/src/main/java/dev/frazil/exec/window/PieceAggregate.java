package dev.frazil.exec.window;

import dev.frazil.exec.aggregate.Accumulator;
import dev.frazil.exec.aggregate.Accumulators;
import dev.frazil.exec.aggregate.DistinctRows;
import dev.frazil.plan.AggregateCall;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate over the frames of a large partition: of the pieces that a frame begins and ends in
 * the rows count, of those between them the states that were taken when they came; of an aggregate
 * that collects its rows all of them are read. One thread.
 */
final class PieceAggregate {
  private final AggregateCall call;
  private final List<SqlType> inputTypes;
  private final boolean collects;
  private final Supplier<FrameStates> rowStates;

  /** One group a piece, until they are all there. */
  private @Nullable Accumulator gathering;

  private int pieceCount;
  private @Nullable FrameTree tree;
  private long treeBytes;

  /** What DISTINCT has met until all pieces are there, then which rows it has met first. */
  private @Nullable DistinctRows distinct;

  private final List<BitSet> counted = new ArrayList<>();
  private long countedBytes;

  /**
   * @param collects whether the states of an accumulator are as large as its rows
   * @param rowStates of the rows of one piece
   */
  PieceAggregate(
      AggregateCall call,
      List<SqlType> inputTypes,
      boolean collects,
      Supplier<FrameStates> rowStates) {
    this.call = call;
    this.inputTypes = inputTypes;
    this.collects = collects;
    this.rowStates = rowStates;
    this.distinct = CountedRows.distinct(call, inputTypes);
    if (!collects) {
      gathering = Accumulators.of(call, inputTypes, true);
    }
  }

  /** Adds the next piece. */
  void add(WindowRows piece) {
    CountedRows rows = CountedRows.of(distinct, call, piece);
    boolean[] mask = rows.mask(piece.rowCount());
    if (mask != null) {
      BitSet bits = new BitSet(mask.length);
      for (int row = 0; row < mask.length; row++) {
        bits.set(row, mask[row]);
      }
      counted.add(bits);
      countedBytes += bits.size() / Byte.SIZE;
    }
    int[] groups = new int[rows.count()];
    Arrays.fill(groups, pieceCount);
    pieceCount++;
    Accumulator pieces = gathering;
    if (pieces != null) {
      pieces.grow(pieceCount);
      pieces.add(CountedRows.arguments(call, piece), rows.rows(), rows.count(), groups);
    }
  }

  /** Bytes of heap held of all pieces. */
  long sizeBytes() {
    Accumulator pieces = gathering;
    DistinctRows values = distinct;
    return countedBytes
        + treeBytes
        + (pieces == null ? 0 : 3 * pieces.sizeBytes())
        + (values == null ? 0 : values.sizeBytes());
  }

  private FrameTree tree() {
    FrameTree known = tree;
    Accumulator pieces = gathering;
    if (known == null && pieces != null) {
      treeBytes = 2 * pieces.sizeBytes();
      known = new FrameTree(call, inputTypes);
      known.openStates(pieces.states(0, pieceCount), pieceCount);
      tree = known;
      gathering = null;
    }
    return java.util.Objects.requireNonNull(known);
  }

  private FrameStates states(WindowRows rows) {
    distinct = null;
    return rows.states(
        this,
        () -> {
          FrameStates states = rowStates.get();
          boolean[] mask = null;
          if (!counted.isEmpty()) {
            mask = new boolean[rows.rowCount()];
            BitSet bits = counted.get(rows.placeInPartition().piece());
            for (int row = bits.nextSetBit(0); row >= 0; row = bits.nextSetBit(row + 1)) {
              mask[row] = true;
            }
          }
          states.open(rows, CountedRows.arguments(call, rows), mask);
          return states;
        });
  }

  /** Adds the frame of row {@code from + i} to group {@code i} of the target, for each i. */
  void addTo(Accumulator target, LargeFrames frames, int from, int count) {
    if (collects) {
      collect(target, frames, from, count);
      return;
    }
    for (int slot = 0; slot < LargeFrames.SLOTS; slot++) {
      addSlot(target, frames, slot, from, count);
    }
  }

  private void addSlot(Accumulator target, LargeFrames frames, int slot, int from, int count) {
    PartitionPieces pieces = frames.place().pieces();
    PieceRanges heads = new PieceRanges(count);
    PieceRanges between = new PieceRanges(count);
    PieceRanges tails = new PieceRanges(count);
    boolean anyBetween = false;
    for (int i = 0; i < count; i++) {
      long start = frames.from(slot, from + i);
      long end = frames.to(slot, from + i);
      if (start >= end) {
        continue;
      }
      int first = pieces.pieceOfRow(start);
      int last = pieces.pieceOfRow(end - 1);
      long base = pieces.start(first);
      heads.set(i, first, start - base, Math.min(end - base, pieces.rows(first)));
      if (first < last) {
        tails.set(i, last, 0, end - pieces.start(last));
        between.set(i, 0, first + 1, last);
        anyBetween |= first + 1 < last;
      }
    }
    addEdges(target, heads, frames.place(), count);
    if (anyBetween) {
      tree().addTo(target, between, 0, count);
    }
    addEdges(target, tails, frames.place(), count);
  }

  private void addEdges(Accumulator target, PieceRanges ranges, PiecePlace place, int count) {
    int from = 0;
    while (from < count) {
      int to = ranges.open(from);
      if (ranges.piece() >= 0) {
        states(place.load(ranges.piece())).addTo(target, ranges, 0, count);
      }
      from = to;
    }
  }

  private void collect(Accumulator target, LargeFrames frames, int from, int count) {
    PartitionPieces pieces = frames.place().pieces();
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int slot = 0; slot < LargeFrames.SLOTS; slot++) {
      for (int i = 0; i < count; i++) {
        if (frames.from(slot, from + i) < frames.to(slot, from + i)) {
          least = Math.min(least, frames.from(slot, from + i));
          most = Math.max(most, frames.to(slot, from + i));
        }
      }
    }
    if (least >= most) {
      return;
    }
    int last = pieces.pieceOfRow(most - 1);
    for (int piece = pieces.pieceOfRow(least); piece <= last; piece++) {
      WindowRows rows = frames.place().load(piece);
      states(rows).addTo(target, new FrameParts(frames, from, rows), 0, count);
    }
  }

  /** What of each frame is in one piece. */
  private record FrameParts(LargeFrames frames, int from, WindowRows rows) implements RowRanges {
    @Override
    public int start(int row) {
      throw new IllegalStateException("collected rows have several ranges");
    }

    @Override
    public int end(int row) {
      return start(row);
    }

    @Override
    public int ranges(int row, int[] ranges) {
      long base = rows.placeInPartition().rowsBefore();
      int found = 0;
      for (int slot = 0; slot < LargeFrames.SLOTS; slot++) {
        long start = Math.max(0, frames.from(slot, from + row) - base);
        long end = Math.min(rows.rowCount(), frames.to(slot, from + row) - base);
        if (start < end) {
          ranges[2 * found] = (int) start;
          ranges[2 * found + 1] = (int) end;
          found++;
        }
      }
      return found;
    }
  }
}
