package dev.frazil.exec.scan;

import org.apache.iceberg.deletes.Deletes;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Gathers which rows of a data file equality deletes remove, batch by batch of one scan, and gives
 * it to {@link KnownDeletions} once all rows were looked at. Thread-safe.
 */
final class FoundDeletions {
  /** A scan that wants fewer of a batch's rows looks at those alone, and tells nothing. */
  private static final int SPARSE = 64;

  private final KnownDeletions known;
  private final KnownDeletions.Key key;
  private final long rows;
  private final PositionDeleteIndex deleted = Deletes.toPositionIndex(CloseableIterable.empty());
  private long rowsSeen;
  private volatile boolean complete = true;

  /**
   * @param rows of the data file
   */
  FoundDeletions(KnownDeletions known, KnownDeletions.Key key, long rows) {
    this.known = known;
    this.key = key;
    this.rows = rows;
  }

  /** Whether all rows of a batch are to be looked at, of which so many are wanted. */
  boolean wants(int wanted, int rowCount) {
    if ((long) wanted * SPARSE < rowCount) {
      complete = false;
    }
    return complete;
  }

  /** Tells that the rows of a batch are not looked at. */
  void miss() {
    complete = false;
  }

  /** Takes the deleted ones among the rows from {@code first} on, each row of the file once. */
  synchronized void add(long first, boolean[] marks, int rowCount) {
    for (int i = 0; i < rowCount; i++) {
      if (marks[i]) {
        deleted.delete(first + i);
      }
    }
    rowsSeen += rowCount;
    if (complete && rowsSeen == rows) {
      known.keep(key, deleted, rows);
    }
  }
}
