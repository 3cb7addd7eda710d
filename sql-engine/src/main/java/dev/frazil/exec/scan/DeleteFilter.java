package dev.frazil.exec.scan;

import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.SelectionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.jspecify.annotations.Nullable;

/**
 * Removes the deleted rows of one data file from its batches. Thread-safe: immutable.
 *
 * @param positions indexes of deleted positions
 * @param keys sets of deleted keys
 * @param found is told the positions of rows with such keys; null where nobody wants to know
 */
record DeleteFilter(
    List<PositionDeleteIndex> positions, List<DeletedKeys> keys, @Nullable FoundDeletions found) {

  /**
   * Keys of one set of equality fields.
   *
   * @param compared the fields
   * @param columns where their columns come from
   */
  record DeletedKeys(List<KeyColumn> compared, List<OutputColumn> columns, DeletedKeySet set) {
    /** The values to compare; fewer columns where one cannot be had. */
    List<ColumnVector> columns(Function<OutputColumn, @Nullable ColumnVector> source) {
      List<ColumnVector> values = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        ColumnVector column = source.apply(columns.get(i));
        if (column != null) {
          values.add(compared.get(i).compared(column));
        }
      }
      return values;
    }
  }

  DeleteFilter {
    positions = positions.stream().filter(PositionDeleteIndex::isNotEmpty).toList();
    keys = keys.stream().filter(deleted -> !deleted.set().isEmpty()).toList();
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
    if (!markAll(batch, deleted)) {
      for (DeletedKeys deletedKeys : keys) {
        deletedKeys.set().mark(deletedKeys.columns(batch::column), alive, count, deleted);
      }
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

  /** Looks at all rows of the batch, for the statements to come; false where that is not done. */
  private boolean markAll(ScanBatch batch, boolean[] deleted) {
    FoundDeletions told = found;
    int rows = batch.pendingRowCount();
    if (told == null || !told.wants(batch.selectedCount(), rows)) {
      return false;
    }
    boolean[] marks = new boolean[rows];
    for (DeletedKeys deletedKeys : keys) {
      List<ColumnVector> columns = deletedKeys.columns(batch::wholeColumn);
      if (columns.size() < deletedKeys.columns().size()) {
        told.miss();
        return false;
      }
      deletedKeys.set().mark(columns, null, rows, marks);
    }
    told.add(batch.firstRowPosition(), marks, rows);
    batch.mark(marks, deleted);
    return true;
  }
}
