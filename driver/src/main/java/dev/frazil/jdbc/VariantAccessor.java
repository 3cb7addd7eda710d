package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import dev.frazil.variant.VariantText;
import dev.frazil.vector.ColumnVector;

/** Variants: their JSON text. */
record VariantAccessor() implements ColumnAccessor {
  @Override
  public SqlType type() {
    return SqlType.Primitive.VARIANT;
  }

  @Override
  public Object toObject(ColumnVector vector, int row) {
    return toText(vector, row);
  }

  @Override
  public String toText(ColumnVector vector, int row) {
    return VariantText.json(ByteCells.bytes(vector, row), 0);
  }
}
