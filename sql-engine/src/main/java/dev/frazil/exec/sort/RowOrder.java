package dev.frazil.exec.sort;

import dev.frazil.kernel.CompareKernels;
import dev.frazil.plan.SortKey;
import dev.frazil.type.PhysicalKind;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order that sort keys ask for. A row has a prefix, a long in the order of the first key, which
 * settles most comparisons. Immutable.
 */
public record RowOrder(List<SortKey> keys) {

  /** Writes the prefix of every row, alive or not. */
  public void prefixes(RowBatch batch, long[] prefixes) {
    SortKey key = keys.get(0);
    ColumnVector column = batch.column(key.column());
    CompareKernels.orderPrefixes(column, prefixes);
    boolean @Nullable [] nulls = column.nulls();
    long nullPrefix = key.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE;
    for (int row = 0; row < batch.rowCount(); row++) {
      if (nulls != null && nulls[row]) {
        prefixes[row] = nullPrefix;
      } else if (key.descending()) {
        prefixes[row] = ~prefixes[row];
      }
    }
  }

  /** Whether rows of equal prefix are equal in all keys, given that the column has no nulls. */
  public boolean prefixDecides(RowBatch batch) {
    ColumnVector column = batch.column(keys.get(0).column());
    PhysicalKind kind = column.type().kind();
    return keys.size() == 1
        && column.nulls() == null
        && (kind == PhysicalKind.INT || kind == PhysicalKind.LONG || kind == PhysicalKind.BOOLEAN);
  }

  /** Whether prefixes and nulls settle the order of any two rows: no key is text or nested. */
  boolean prefixesDecide(RowBatch batch) {
    for (SortKey key : keys) {
      switch (batch.column(key.column()).type().kind()) {
        case BOOLEAN, INT, LONG, FLOAT, DOUBLE -> {}
        case INT128, BYTES, LIST, MAP, STRUCT -> {
          return false;
        }
      }
    }
    return true;
  }

  /** Negative, zero or positive. */
  public int compare(RowBatch left, int leftRow, RowBatch right, int rightRow) {
    for (SortKey key : keys) {
      int order =
          CompareKernels.compare(
              left.column(key.column()),
              leftRow,
              right.column(key.column()),
              rightRow,
              key.descending(),
              key.nullsFirst());
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
