package dev.frazil.exec.scan;

import java.util.List;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.jspecify.annotations.Nullable;

/**
 * The data files in which rows of one step of a change feed stand.
 *
 * @param before rows that were there before the step
 * @param after rows that are there after it
 */
record ChangedFiles(List<Part> before, List<Part> after) {

  /** Some rows of a data file. One thread. */
  static final class Part {
    private final ScanFile file;
    private final @Nullable ScanFile other;
    private @Nullable PositionDeleteIndex unchanged;

    private Part(ScanFile file, @Nullable ScanFile other) {
      this.file = file;
      this.other = other;
    }

    /** All rows that its deletes leave. */
    static Part whole(ScanFile file) {
      return new Part(file, null);
    }

    /** Of the rows that its deletes leave those that the deletes of the other state do not. */
    static Part without(ScanFile file, ScanFile other) {
      return new Part(file, other);
    }

    ScanFile file() {
      return file;
    }

    /** The positions that are left out; null if none are. */
    @Nullable PositionDeleteIndex unchanged(ChangeReading reading) {
      ScanFile state = other;
      if (state != null && unchanged == null) {
        unchanged = reading.positions(state);
      }
      return unchanged;
    }
  }

  boolean isEmpty() {
    return before.isEmpty() && after.isEmpty();
  }
}
