package dev.frazil.exec;

import dev.frazil.vector.RowBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches that are at hand. */
final class Replay implements Operator {
  private final List<RowBatch> batches;
  private int position;

  Replay(List<RowBatch> batches) {
    this.batches = batches;
  }

  @Override
  public @Nullable RowBatch next() {
    return position < batches.size() ? batches.get(position++) : null;
  }

  @Override
  public void close() {
    position = batches.size();
  }
}
