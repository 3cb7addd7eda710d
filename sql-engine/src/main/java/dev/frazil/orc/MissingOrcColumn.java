package dev.frazil.orc;

import dev.frazil.parquet.MissingColumn;
import dev.frazil.vector.ColumnVector;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** A column that the file lacks: its initial default, or null. */
final class MissingOrcColumn extends OrcColumn {
  private static final int GUESSED_BYTES = 16;

  private final Types.NestedField field;

  MissingOrcColumn(BatchMemory memory, Types.NestedField field) {
    super(null, memory);
    this.field = field;
  }

  @Override
  ColumnVector values(int rows, boolean @Nullable [] nulls, int count) {
    memory().take(rows, GUESSED_BYTES);
    return MissingColumn.vector(field, rows, nulls);
  }

  @Override
  void skipValues(long count) {}
}
