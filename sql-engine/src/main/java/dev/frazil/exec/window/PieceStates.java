package dev.frazil.exec.window;

import dev.frazil.exec.aggregate.Accumulator;
import dev.frazil.exec.aggregate.Accumulators;
import dev.frazil.plan.AggregateCall;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorGather;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate's state of each piece of a large partition, merged for all pieces before one and all
 * pieces after one. One thread.
 */
final class PieceStates {
  private final AggregateCall call;
  private final List<SqlType> inputTypes;
  private final Accumulator pieces;
  private int pieceCount;

  /** The pieces before {@code mergedBefore}, in one state. */
  private final Accumulator before;

  private int mergedBefore;

  /** State p: piece p and all that come after it. */
  private @Nullable Accumulator after;

  PieceStates(AggregateCall call, List<SqlType> inputTypes) {
    this.call = call;
    this.inputTypes = inputTypes;
    this.pieces = Accumulators.of(call, inputTypes, true);
    this.before = one(1);
  }

  private Accumulator one(int groups) {
    Accumulator accumulator = Accumulators.of(call, inputTypes, true);
    accumulator.grow(groups);
    return accumulator;
  }

  /** Adds the next piece. */
  void add(WindowRows rows) {
    int[] groups = new int[rows.rowCount()];
    Arrays.fill(groups, pieceCount);
    pieceCount++;
    pieces.grow(pieceCount);
    pieces.add(
        CountedRows.arguments(call, rows),
        VectorGather.range(0, rows.rowCount()),
        rows.rowCount(),
        groups);
  }

  /** The pieces before one; null for none. It never moves back. */
  @Nullable Accumulator before(int piece) {
    if (piece > mergedBefore) {
      int count = piece - mergedBefore;
      before.merge(pieces.states(mergedBefore, count), count, new int[count]);
      mergedBefore = piece;
    }
    return piece == 0 ? null : before;
  }

  /** Adds all pieces after one, at least one, to groups {@code 0..count} of the target. */
  void addAfter(int piece, Accumulator target, int count) {
    Accumulator merged = after;
    if (merged == null) {
      merged = one(pieceCount);
      for (int next = pieceCount - 1; next >= 0; next--) {
        int[] group = {next};
        merged.merge(pieces.states(next, 1), 1, group);
        if (next + 1 < pieceCount) {
          merged.merge(merged.states(next + 1, 1), 1, group);
        }
      }
      after = merged;
    }
    List<ColumnVector> state =
        merged.states(piece + 1, 1).stream()
            .map(column -> VectorGather.gather(column, new int[count], count))
            .toList();
    target.merge(state, count, VectorGather.range(0, count));
  }

  long sizeBytes() {
    return 2 * pieces.sizeBytes() + before.sizeBytes();
  }
}
