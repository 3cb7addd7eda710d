package dev.frazil.plan;

import java.util.function.IntUnaryOperator;

/** One sort key. */
public record SortKey(int column, boolean descending, boolean nullsFirst) {
  /** The key over other column numbers. */
  public SortKey renumbered(IntUnaryOperator mapping) {
    return new SortKey(mapping.applyAsInt(column), descending, nullsFirst);
  }
}
