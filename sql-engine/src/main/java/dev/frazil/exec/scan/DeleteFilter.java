package dev.frazil.exec.scan;

import dev.frazil.exec.group.GroupTable;
import dev.frazil.exec.scan.OpenDataFile.OutputColumn;
import dev.frazil.parquet.PendingRows;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.SelectionVector;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.jspecify.annotations.Nullable;

/**
 * Removes the deleted rows of one data file from its batches. Thread-safe: immutable.
 *
 * @param positions indexes of deleted positions
 * @param keys sets of deleted keys
 */
record DeleteFilter(List<PositionDeleteIndex> positions, List<DeletedKeys> keys) {

  /**
   * Keys of one set of equality fields.
   *
   * @param compared the fields
   * @param columns where their columns come from
   */
  record DeletedKeys(List<KeyColumn> compared, List<OutputColumn> columns, GroupTable table) {}

  DeleteFilter {
    positions = positions.stream().filter(PositionDeleteIndex::isNotEmpty).toList();
    keys = keys.stream().filter(deleted -> deleted.table().groupCount() > 0).toList();
  }

  /** Whether no row is deleted. */
  boolean isEmpty() {
    return positions.isEmpty() && keys.isEmpty();
  }

  /**
   * The rows that are left.
   *
   * @param batch the pending rows, none of them dropped yet
   * @return null when that is every row
   */
  @Nullable SelectionVector remaining(ScanBatch batch, PendingRows pending) {
    int rows = pending.rowCount();
    long firstRowPosition = pending.firstRowPosition();
    boolean[] deleted = new boolean[rows];
    for (PositionDeleteIndex index : positions) {
      index.forEachInRange(
          firstRowPosition,
          firstRowPosition + rows,
          position -> deleted[(int) (position - firstRowPosition)] = true);
    }
    for (DeletedKeys deletedKeys : keys) {
      List<ColumnVector> columns = new ArrayList<>();
      for (int i = 0; i < deletedKeys.columns().size(); i++) {
        ColumnVector column = batch.column(deletedKeys.columns().get(i));
        columns.add(deletedKeys.compared().get(i).compared(column));
      }
      int[] groups = new int[rows];
      deletedKeys.table().finder().find(columns, null, rows, groups);
      for (int row = 0; row < rows; row++) {
        deleted[row] |= groups[row] != GroupTable.NONE;
      }
    }
    int[] left = new int[rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      left[count] = row;
      count += deleted[row] ? 0 : 1;
    }
    return count == rows ? null : new SelectionVector(left, count);
  }
}
