package dev.frazil.exec.scan;

import dev.frazil.exec.scan.OpenDataFile.OutputColumn;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.SelectionVector;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.deletes.PositionDeleteIndex;

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
  record DeletedKeys(List<KeyColumn> compared, List<OutputColumn> columns, DeletedKeySet set) {}

  DeleteFilter {
    positions = positions.stream().filter(PositionDeleteIndex::isNotEmpty).toList();
    keys = keys.stream().filter(deleted -> deleted.set().table().groupCount() > 0).toList();
  }

  /** Whether no row is deleted. */
  boolean isEmpty() {
    return positions.isEmpty() && keys.isEmpty();
  }

  /** Those of the batch's rows that are not deleted. */
  SelectionVector remaining(ScanBatch batch) {
    int[] alive = batch.alive();
    int count = batch.selectedCount();
    boolean[] deleted = new boolean[batch.rowCount()];
    for (PositionDeleteIndex index : positions) {
      batch.mark(index, deleted);
    }
    for (DeletedKeys deletedKeys : keys) {
      List<ColumnVector> columns = new ArrayList<>();
      for (int i = 0; i < deletedKeys.columns().size(); i++) {
        ColumnVector column = batch.column(deletedKeys.columns().get(i));
        columns.add(deletedKeys.compared().get(i).compared(column));
      }
      deletedKeys.set().mark(columns, alive, count, deleted);
    }
    int[] left = new int[count];
    int leftCount = 0;
    for (int i = 0; i < count; i++) {
      int row = alive == null ? i : alive[i];
      left[leftCount] = row;
      leftCount += deleted[row] ? 0 : 1;
    }
    return new SelectionVector(left, leftCount);
  }
}
