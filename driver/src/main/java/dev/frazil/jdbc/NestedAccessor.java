package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorValues;
import java.util.Objects;

/**
 * Arrays, maps and rows, as {@code java.sql.Array}, {@code java.util.Map} and {@code Struct}.
 *
 * @param asText whether {@code getObject} gives text
 */
record NestedAccessor(SqlType type, boolean asText) implements ColumnAccessor {
  @Override
  public Object toObject(ColumnVector vector, int row) {
    if (asText) {
      return toText(vector, row);
    }
    return Objects.requireNonNull(NestedValues.toJdbc(VectorValues.read(vector, row), type));
  }

  @Override
  public String toText(ColumnVector vector, int row) {
    return NestedValues.text(VectorValues.read(vector, row), type);
  }
}
