package dev.frazil.exec.join;

import dev.frazil.exec.group.GroupTable;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The build side of a join: its rows, and the rows of each key as a chain. Immutable once built,
 * but for the marks of matched rows, which any thread may set.
 */
final class JoinTable {
  /** No row. */
  static final int NONE = -1;

  private final RowBatch rows;
  private final GroupTable groups;
  private final int @Nullable [] firstRows;
  private final int @Nullable [] nextRows;
  private final boolean @Nullable [] matched;

  /**
   * @param rows without a selection
   * @param keys key columns; none means that every row is a candidate for every probe row
   * @param marksMatches whether {@link #markMatched} will be called
   */
  JoinTable(RowBatch rows, List<Integer> keys, List<SqlType> keyTypes, boolean marksMatches) {
    this.rows = rows;
    this.groups = GroupTable.create(keyTypes, GroupTable.Nulls.SKIP);
    int count = rows.rowCount();
    int[] groupOfRow = assign(rows, keys);
    if (groups.groupCount() == count) {
      firstRows = null;
      nextRows = null;
    } else {
      int[] first = new int[groups.groupCount()];
      int[] next = new int[count];
      java.util.Arrays.fill(first, NONE);
      for (int row = count - 1; row >= 0; row--) {
        int group = groupOfRow[row];
        if (group != GroupTable.NONE) {
          next[row] = first[group];
          first[group] = row;
        }
      }
      firstRows = first;
      nextRows = next;
    }
    matched = marksMatches ? new boolean[count] : null;
  }

  private int[] assign(RowBatch all, List<Integer> keys) {
    List<ColumnVector> columns = keyColumns(all, keys);
    int count = all.rowCount();
    groups.expect(columns);
    int[] groupOfRow = new int[count];
    int[] part = new int[RowBatch.TARGET_ROWS];
    for (int from = 0; from < count; from += RowBatch.TARGET_ROWS) {
      int length = Math.min(RowBatch.TARGET_ROWS, count - from);
      groups.assign(columns, VectorGather.range(from, length), length, part);
      System.arraycopy(part, 0, groupOfRow, from, length);
    }
    return groupOfRow;
  }

  static List<ColumnVector> keyColumns(RowBatch batch, List<Integer> keys) {
    List<ColumnVector> columns = new ArrayList<>(keys.size());
    for (int key : keys) {
      columns.add(batch.column(key));
    }
    return columns;
  }

  /** Bytes that the table takes beside its rows, for so many rows with keys of so many bytes. */
  static long overheadBytes(long rowCount, int keyColumns) {
    return rowCount * (24L + 16L * keyColumns);
  }

  RowBatch rows() {
    return rows;
  }

  int rowCount() {
    return rows.rowCount();
  }

  GroupTable.Finder finder() {
    return groups.finder();
  }

  /** Whether each row has a key of its own; its group is its row number then. */
  boolean unique() {
    return firstRows == null;
  }

  /** The first row of a group. */
  int firstRow(int group) {
    return firstRows == null || group == GroupTable.NONE ? group : firstRows[group];
  }

  /** The row after {@code row} with the same key, or {@link #NONE}. */
  int nextRow(int row) {
    return nextRows == null ? NONE : nextRows[row];
  }

  void markMatched(int row) {
    if (matched != null) {
      matched[row] = true;
    }
  }

  boolean isMatched(int row) {
    return matched != null && matched[row];
  }
}
