package dev.frazil.exec.join;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.group.GroupTable;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
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

  /** Fewer rows are not worth a second thread. */
  private static final int ROWS_WORTH_A_THREAD = 50_000;

  private final RowBatch rows;
  private final KeyDirectory directory;
  private final boolean @Nullable [] matched;

  /**
   * @param rows without a selection
   * @param keys key columns; none means that every row is a candidate for every probe row
   * @param marksMatches whether {@link #markMatched} will be called
   */
  JoinTable(
      RowBatch rows,
      List<Integer> keys,
      List<SqlType> keyTypes,
      boolean marksMatches,
      QueryContext context) {
    this.rows = rows;
    this.directory =
        KeyDirectory.of(rows, keys, keyTypes, threads(rows.rowCount(), context), context);
    this.matched = marksMatches ? new boolean[rows.rowCount()] : null;
  }

  /** How many threads pay off for so many build rows. */
  static int threads(long rowCount, QueryContext context) {
    return (int) Math.min(context.threads(), 1 + rowCount / ROWS_WORTH_A_THREAD);
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

  /** Looks up the first row of each key, for one thread. */
  GroupTable.Finder finder() {
    return directory.finder();
  }

  /** Whether each row has a key of its own. */
  boolean unique() {
    return directory.unique();
  }

  /** The row after {@code row} with the same key, or {@link #NONE}. */
  int nextRow(int row) {
    return directory.nextRow(row);
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
