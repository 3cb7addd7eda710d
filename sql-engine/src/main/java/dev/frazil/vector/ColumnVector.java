package dev.frazil.vector;

import dev.frazil.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * One column of a batch: {@code values[0..rowCount)} in plain arrays. Arrays may be longer than the
 * rows they hold. A vector is written by one thread and immutable once handed on.
 */
public sealed interface ColumnVector
    permits BooleanVector,
        IntVector,
        LongVector,
        FloatVector,
        DoubleVector,
        Int128Vector,
        BytesVector,
        DictionaryVector,
        ListVector,
        MapVector,
        StructVector {

  SqlType type();

  /** Rows held. */
  int rowCount();

  /**
   * {@code true} where a row is null, or null itself when no row is (the fast path of every
   * kernel).
   */
  boolean @Nullable [] nulls();

  /** Whether row {@code row} is null. */
  default boolean isNull(int row) {
    boolean[] nulls = nulls();
    return nulls != null && nulls[row];
  }
}
