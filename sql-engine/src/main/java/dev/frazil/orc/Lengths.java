package dev.frazil.orc;

import dev.frazil.parquet.encoding.MalformedDataException;
import org.jspecify.annotations.Nullable;

/** The lengths of strings, lists or maps. Belongs to one thread at a time. */
final class Lengths {
  private static final int PART = 1024;

  private final IntegerReader in;
  private final long limit;

  /**
   * @param limit to the sum of all lengths of one batch
   */
  Lengths(IntegerReader in, long limit) {
    this.in = in;
    this.limit = limit;
  }

  /**
   * Reads the lengths of rows into the offsets at which they begin.
   *
   * @param offsets gets {@code rows + 1} offsets, the first of which is 0
   */
  void read(int[] offsets, int rows, boolean @Nullable [] nulls) {
    long[] part = new long[PART];
    int ready = 0;
    int next = 0;
    int unread = rows;
    if (nulls != null) {
      for (int i = 0; i < rows; i++) {
        unread -= nulls[i] ? 1 : 0;
      }
    }
    long sum = 0;
    for (int i = 0; i < rows; i++) {
      offsets[i] = (int) sum;
      if (nulls != null && nulls[i]) {
        continue;
      }
      if (next == ready) {
        ready = Math.min(PART, unread);
        unread -= ready;
        in.read(part, ready);
        next = 0;
      }
      sum += checked(part[next++], sum);
    }
    offsets[rows] = (int) sum;
  }

  /** Steps over lengths and adds them. */
  long skip(long count) {
    long[] part = new long[PART];
    long sum = 0;
    for (long left = count; left > 0; left -= PART) {
      int ready = (int) Math.min(PART, left);
      in.read(part, ready);
      for (int i = 0; i < ready; i++) {
        if (part[i] < 0) {
          throw new MalformedDataException("a length of " + part[i]);
        }
        sum = Math.addExact(sum, part[i]);
      }
    }
    return sum;
  }

  private long checked(long length, long before) {
    if (length < 0 || length > limit - before) {
      throw new MalformedDataException(
          "lengths of " + before + " and " + length + " where at most " + limit + " are read");
    }
    return length;
  }
}
