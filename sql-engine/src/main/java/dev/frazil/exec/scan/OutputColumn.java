package dev.frazil.exec.scan;

import dev.frazil.vector.ColumnVector;

/** Where a column of a scan comes from in one data file. */
sealed interface OutputColumn {
  /** Column {@code index} of the file's batches. */
  record Read(int index) implements OutputColumn {}

  /** One value for the whole file, in a vector of one row. */
  record Constant(ColumnVector value) implements OutputColumn {}

  /** The position of the row in the file. */
  record Position() implements OutputColumn {}

  /** Column {@code index} of the file's batches; where that is null, the other column. */
  record Inherited(int index, OutputColumn otherwise) implements OutputColumn {}

  /** The position of the row in the file, counted from a number. */
  record PositionFrom(long first) implements OutputColumn {}
}
