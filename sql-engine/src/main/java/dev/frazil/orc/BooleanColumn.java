package dev.frazil.orc;

import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import org.jspecify.annotations.Nullable;

/** Booleans. */
final class BooleanColumn extends OrcColumn {
  private final SqlType type;
  private final BooleanRuns in;

  BooleanColumn(@Nullable BooleanRuns present, BatchMemory memory, SqlType type, BooleanRuns in) {
    super(present, memory);
    this.type = type;
    this.in = in;
  }

  @Override
  ColumnVector values(int rows, boolean @Nullable [] nulls, int count) {
    memory().take(rows, 1);
    boolean[] values = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = (nulls == null || !nulls[i]) && in.next();
    }
    return new BooleanVector(type, rows, values, nulls);
  }

  @Override
  void skipValues(long count) {
    in.skip(count);
  }
}
