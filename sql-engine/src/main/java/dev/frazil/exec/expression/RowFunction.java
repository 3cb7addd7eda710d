package dev.frazil.exec.expression;

import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorBuilder;
import java.util.List;

/** A function of one row whose operands are all not null; it appends exactly one value or null. */
@FunctionalInterface
interface RowFunction {
  void append(List<ColumnVector> operands, int row, VectorBuilder result);
}
