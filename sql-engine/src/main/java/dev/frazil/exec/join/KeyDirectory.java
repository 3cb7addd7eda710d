package dev.frazil.exec.join;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.group.GroupTable;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.util.List;

/**
 * Finds the build rows of a key: the first of them stands for the key, the others follow it as a
 * chain in the order of the rows. Null is in no key. Immutable once built, then read by any thread.
 */
sealed interface KeyDirectory permits IntegerDirectory, EncodedDirectory {

  /**
   * @param keys key columns of {@code rows}
   * @param threads how many may build it at once
   */
  static KeyDirectory of(
      RowBatch rows, List<Integer> keys, List<SqlType> types, int threads, QueryContext context) {
    List<ColumnVector> columns = JoinTable.keyColumns(rows, keys);
    if (!types.isEmpty() && types.stream().allMatch(KeyDirectory::isInteger)) {
      IntegerKeys integers = IntegerKeys.of(columns, rows.rowCount(), threads, context);
      if (integers != null) {
        return IntegerDirectory.of(integers, columns, rows.rowCount(), threads, context);
      }
    }
    return new EncodedDirectory(columns, types, rows.rowCount(), context);
  }

  private static boolean isInteger(SqlType type) {
    return type.kind() == PhysicalKind.INT || type.kind() == PhysicalKind.LONG;
  }

  /** Looks up the first row of each key, for one thread. */
  GroupTable.Finder finder();

  /** The next row with the key of {@code row}, or {@link JoinTable#NONE}. */
  int nextRow(int row);

  /** Whether no key has a second row. */
  boolean unique();
}
