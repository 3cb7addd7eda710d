package dev.frazil.exec.scan;

import dev.frazil.parquet.PendingRows;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a data file on their way out of a scan: columns are decoded as filters ask for them, and
 * those that no filter asks for only at the rows that are left. Once few rows are left they are
 * gathered; {@link #rowCount} and selections count in gathered rows from then on. Deleted rows are
 * among them until {@link #removeDeleted}: looking for few rows among the deleted ones is cheaper
 * than for all. One thread.
 */
final class ScanBatch {
  /** Rows are gathered when fewer than one in so many is left. */
  private static final int SPARSE = 4;

  private final List<OutputColumn> output;
  private final PendingRows pending;
  private final @Nullable ColumnVector[] decoded;

  /** Columns at all rows, of those that were not decoded before rows were gathered. */
  private final @Nullable ColumnVector[] whole;

  private @Nullable DeleteFilter deletes;
  private int deletedCount;
  private int rowCount;

  /** The pending row of each row, once they are gathered. */
  private int @Nullable [] origins;

  private @Nullable SelectionVector selection;

  /**
   * @param deletes rows that are not the table's any more; null for none
   */
  ScanBatch(
      List<OutputColumn> output,
      int requests,
      PendingRows pending,
      @Nullable DeleteFilter deletes) {
    this.output = output;
    this.deletes = deletes;
    this.pending = pending;
    this.decoded = new @Nullable ColumnVector[requests];
    this.whole = new @Nullable ColumnVector[requests];
    this.rowCount = pending.rowCount();
  }

  /** Rows left. */
  int selectedCount() {
    return selection == null ? rowCount : selection.count();
  }

  /** Rows that are kept so far, gathered ones; which of them, tells {@link #alive}. */
  int rowCount() {
    return rowCount;
  }

  /** The rows left, null for all of them. */
  int @Nullable [] alive() {
    return selection == null ? null : selection.positions();
  }

  /** Drops the deleted rows; nothing when that has been done. */
  void removeDeleted() {
    DeleteFilter filter = deletes;
    int before = selectedCount();
    deletes = null;
    if (filter != null && before > 0) {
      keep(filter.remaining(this));
      deletedCount = before - selectedCount();
    }
  }

  /** How many rows {@link #removeDeleted} dropped. */
  int deletedCount() {
    return deletedCount;
  }

  /** Marks the rows whose positions in the file are in the index. */
  void mark(PositionDeleteIndex index, boolean[] marks) {
    long first = pending.firstRowPosition();
    int[] rows = origins;
    if (rows == null) {
      index.forEachInRange(
          first, first + rowCount, position -> marks[(int) (position - first)] = true);
      return;
    }
    for (int i = 0; i < rowCount; i++) {
      marks[i] |= index.isDeleted(first + rows[i]);
    }
  }

  /** Some of the scan's columns, and which rows are left. */
  RowBatch columns(int[] indexes) {
    List<ColumnVector> columns = new ArrayList<>(indexes.length);
    for (int index : indexes) {
      columns.add(column(output.get(index)));
    }
    return new RowBatch(columns, rowCount, selection);
  }

  /** All columns of the scan. */
  RowBatch finish() {
    List<ColumnVector> columns = new ArrayList<>(output.size());
    for (OutputColumn column : output) {
      columns.add(column(column));
    }
    return new RowBatch(columns, rowCount, selection);
  }

  /** A column at the rows gathered, or all of them. */
  ColumnVector column(OutputColumn column) {
    if (column instanceof OutputColumn.Read read) {
      return request(read.index());
    } else if (column instanceof OutputColumn.Constant constant) {
      return ConstantVectors.repeat(constant.value(), rowCount);
    } else if (column instanceof OutputColumn.Inherited inherited) {
      return inherited((LongVector) request(inherited.index()), column(inherited.otherwise()));
    } else if (column instanceof OutputColumn.PositionFrom from) {
      return positions(from.first());
    }
    return positions(0);
  }

  private LongVector inherited(LongVector stored, ColumnVector otherwise) {
    long[] values = new long[rowCount];
    boolean[] nulls = new boolean[rowCount];
    LongVector other = (LongVector) otherwise;
    for (int i = 0; i < rowCount; i++) {
      LongVector from = stored.isNull(i) ? other : stored;
      nulls[i] = from.isNull(i);
      values[i] = nulls[i] ? 0 : from.values()[i];
    }
    return new LongVector(Primitive.BIGINT, rowCount, values, nulls);
  }

  private ColumnVector request(int index) {
    ColumnVector known = decoded[index];
    if (known == null) {
      int[] rows = origins;
      ColumnVector all = whole[index];
      if (rows == null) {
        known = pending.column(index);
      } else {
        known =
            all == null
                ? pending.column(index, rows, rowCount)
                : VectorGather.gather(all, rows, rowCount);
      }
      decoded[index] = known;
    }
    return known;
  }

  /** Rows that the file has here, whether they are kept or not. */
  int pendingRowCount() {
    return pending.rowCount();
  }

  /** The position in the file of the first of the pending rows. */
  long firstRowPosition() {
    return pending.firstRowPosition();
  }

  /** A column at all pending rows; null where only some of them were decoded. */
  @Nullable ColumnVector wholeColumn(OutputColumn column) {
    if (column instanceof OutputColumn.Constant constant) {
      return ConstantVectors.repeat(constant.value(), pending.rowCount());
    } else if (!(column instanceof OutputColumn.Read read)) {
      return null;
    } else if (origins == null) {
      return request(read.index());
    } else {
      ColumnVector all = whole[read.index()];
      if (all == null && decoded[read.index()] == null) {
        all = pending.column(read.index());
        whole[read.index()] = all;
      }
      return all;
    }
  }

  /** Marks those of the rows that are marked among the pending ones. */
  void mark(boolean[] pendingMarks, boolean[] marks) {
    int[] rows = origins;
    for (int i = 0; i < rowCount; i++) {
      marks[i] |= pendingMarks[rows == null ? i : rows[i]];
    }
  }

  private LongVector positions(long first) {
    int[] rows = origins;
    long[] values = new long[rowCount];
    for (int i = 0; i < rowCount; i++) {
      values[i] = first + pending.firstRowPosition() + (rows == null ? i : rows[i]);
    }
    return new LongVector(Primitive.BIGINT, rowCount, values, null);
  }

  /** Keeps only these of the rows that were left. */
  void keep(SelectionVector chosen) {
    if (chosen.count() == rowCount) {
      return;
    }
    selection = chosen;
    if (chosen.count() * (long) SPARSE < rowCount) {
      gather(chosen);
    }
  }

  private void gather(SelectionVector chosen) {
    int[] rows = new int[chosen.count()];
    int[] before = origins;
    for (int i = 0; i < rows.length; i++) {
      int row = chosen.positions()[i];
      rows[i] = before == null ? row : before[row];
    }
    for (int i = 0; i < decoded.length; i++) {
      ColumnVector column = decoded[i];
      if (column != null) {
        decoded[i] = VectorGather.gather(column, chosen.positions(), rows.length);
      }
    }
    origins = rows;
    rowCount = rows.length;
    selection = null;
  }
}
