package dev.frazil.dml;

import org.apache.iceberg.SortOrder;
import org.jspecify.annotations.Nullable;

/**
 * The order of the rows in new files. Immutable.
 *
 * @param fields may have none
 * @param curve instead of the fields; null for none
 */
record WrittenOrder(SortOrder fields, @Nullable ZOrder curve) {
  boolean isSorted() {
    return curve != null || fields.isSorted();
  }
}
