package dev.frazil.parquet;

import dev.frazil.parquet.read.ConstantColumn;
import dev.frazil.vector.ColumnVector;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** A column that a file lacks. Stateless. */
public final class MissingColumn {
  private MissingColumn() {}

  /** The field's initial default in every row, or null. */
  public static ColumnVector vector(Types.NestedField field, int rows) {
    return new ConstantColumn(field).read(rows);
  }

  /** The same, and null where the flags say so. */
  public static ColumnVector vector(Types.NestedField field, int rows, boolean @Nullable [] nulls) {
    return nulls == null ? vector(field, rows) : new ConstantColumn(field).withNulls(rows, nulls);
  }
}
