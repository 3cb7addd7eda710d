package dev.frazil.exec.window;

import dev.frazil.exec.aggregate.Accumulator;
import dev.frazil.vector.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way to aggregate over frames that overlap. One thread. */
interface FrameStates {

  /**
   * Takes the next rows.
   *
   * @param arguments the aggregate's arguments over all rows
   * @param counted which rows count; null when all do
   */
  void open(WindowRows rows, List<ColumnVector> arguments, boolean @Nullable [] counted);

  /** Adds the frame of row {@code from + i} to group {@code i} of the target, for each i. */
  void addTo(Accumulator target, RowRanges frames, int from, int count);

  /** Bytes that each row costs, besides its frame. */
  long bytesPerRow();
}
