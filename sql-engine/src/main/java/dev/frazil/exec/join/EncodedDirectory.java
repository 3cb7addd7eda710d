package dev.frazil.exec.join;

import dev.frazil.error.EngineException;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.group.GroupTable;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorGather;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of any types and number, built by one thread. */
final class EncodedDirectory implements KeyDirectory {
  private final GroupTable groups;

  /** Null where group and row are the same number. */
  private final int @Nullable [] firstRows;

  private final int @Nullable [] nextRows;

  EncodedDirectory(List<ColumnVector> keys, List<SqlType> types, int count, QueryContext context) {
    types.forEach(EncodedDirectory::refuseRows);
    this.groups = GroupTable.create(types, GroupTable.Nulls.SKIP);
    int[] groupOfRow = assign(keys, count, context);
    if (groups.groupCount() == count) {
      firstRows = null;
      nextRows = null;
      return;
    }
    int[] first = new int[groups.groupCount()];
    int[] next = new int[count];
    Arrays.fill(first, JoinTable.NONE);
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

  /** Rows with a null field equal no row, not even one of the same fields; arrays do. */
  private static void refuseRows(SqlType type) {
    if (type instanceof SqlType.ArrayType array) {
      refuseRows(array.element());
    } else if (type instanceof SqlType.RowType) {
      throw EngineException.unsupported("a join by a key of type " + type.sqlName());
    }
  }

  private int[] assign(List<ColumnVector> keys, int count, QueryContext context) {
    groups.expect(keys);
    int[] groupOfRow = new int[count];
    int[] part = new int[RowBatch.TARGET_ROWS];
    for (int from = 0; from < count; from += RowBatch.TARGET_ROWS) {
      context.cancellation().check();
      int length = Math.min(RowBatch.TARGET_ROWS, count - from);
      groups.assign(keys, VectorGather.range(from, length), length, part);
      System.arraycopy(part, 0, groupOfRow, from, length);
    }
    return groupOfRow;
  }

  @Override
  public GroupTable.Finder finder() {
    GroupTable.Finder found = groups.finder();
    int[] first = firstRows;
    if (first == null) {
      return found;
    }
    return (keys, rows, count, result) -> {
      found.find(keys, rows, count, result);
      for (int k = 0; k < count; k++) {
        if (result[k] != GroupTable.NONE) {
          result[k] = first[result[k]];
        }
      }
    };
  }

  @Override
  public int nextRow(int row) {
    return nextRows == null ? JoinTable.NONE : nextRows[row];
  }

  @Override
  public boolean unique() {
    return firstRows == null;
  }
}
