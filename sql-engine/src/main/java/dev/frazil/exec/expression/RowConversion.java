package dev.frazil.exec.expression;

import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorBuilder;

/** Converts one row that is not null; appends exactly one value, or throws a 22xxx. */
@FunctionalInterface
interface RowConversion {
  void append(ColumnVector source, int row, VectorBuilder result);
}
