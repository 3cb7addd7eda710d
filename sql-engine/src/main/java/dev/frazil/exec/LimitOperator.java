package dev.frazil.exec;

import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import org.jspecify.annotations.Nullable;

/** Skips rows, then lets some pass; closes its input as soon as no more are wanted. */
final class LimitOperator implements Operator {
  private final Operator input;
  private final RowLimit limit;
  private long skipped;
  private long passed;

  LimitOperator(Operator input, RowLimit limit) {
    this.input = input;
    this.limit = limit;
  }

  @Override
  public @Nullable RowBatch next() {
    while (passed < limit.limit()) {
      RowBatch batch = input.next();
      if (batch == null) {
        return null;
      }
      int alive = batch.selectedCount();
      int skip = (int) Math.min(alive, limit.offset() - skipped);
      int keep = (int) Math.min((long) alive - skip, limit.limit() - passed);
      skipped += skip;
      passed += keep;
      if (keep > 0) {
        if (passed == limit.limit()) {
          input.close();
        }
        return RowBatches.slice(batch, skip, keep);
      }
    }
    input.close();
    return null;
  }

  @Override
  public void close() {
    input.close();
  }
}
