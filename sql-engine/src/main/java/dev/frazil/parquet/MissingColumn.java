package dev.frazil.parquet;

import dev.frazil.parquet.read.ConstantColumn;
import dev.frazil.vector.ColumnVector;
import org.apache.iceberg.types.Types;

/** A column that a file lacks. Stateless. */
public final class MissingColumn {
  private MissingColumn() {}

  /** The field's initial default in every row, or null. */
  public static ColumnVector vector(Types.NestedField field, int rows) {
    return new ConstantColumn(field).read(rows);
  }
}
