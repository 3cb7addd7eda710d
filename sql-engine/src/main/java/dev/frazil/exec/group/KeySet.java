package dev.frazil.exec.group;

import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Integer keys, to pass over rows with other keys early: one bit for each value between the least
 * and the greatest key where these are near enough, else a Bloom filter of blocks of 64 bits (Putze
 * et al., 2007), which passes a few keys that are not in the set. Null is never in it. Immutable.
 */
public final class KeySet {
  private static final long FREE_BITS = 1L << 23;
  private static final long BITS_A_KEY = 128;
  private static final long MAX_BITS = 1L << 30;
  private static final int BLOOM_BITS_A_KEY = 16;

  private final long least;
  private final long greatest;
  private final long count;
  private final boolean exact;
  private final long[] words;

  private KeySet(long least, long greatest, long count, boolean exact, long[] words) {
    this.least = least;
    this.greatest = greatest;
    this.count = count;
    this.exact = exact;
    this.words = words;
  }

  /**
   * The keys of a column; null when there is none, the column holds no integers, or there is no
   * room.
   *
   * @param room whether the set may take so many bytes; asked again with fewer where it may not
   */
  public static @Nullable KeySet of(ColumnVector column, LongPredicate room) {
    if (!(column instanceof LongVector) && !(column instanceof IntVector)) {
      return null;
    }
    boolean @Nullable [] nulls = column.nulls();
    int rows = column.rowCount();
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    int count = rows;
    if (column instanceof LongVector vector && nulls == null) {
      long[] values = vector.values();
      for (int row = 0; row < rows; row++) {
        least = Math.min(least, values[row]);
        greatest = Math.max(greatest, values[row]);
      }
    } else {
      count = 0;
      for (int row = 0; row < rows; row++) {
        if (nulls == null || !nulls[row]) {
          long key = key(column, row);
          least = Math.min(least, key);
          greatest = Math.max(greatest, key);
          count++;
        }
      }
    }
    if (count == 0) {
      return null;
    }
    long range = greatest - least;
    boolean exact =
        range >= 0 && range < Math.min(MAX_BITS, Math.max(FREE_BITS, count * BITS_A_KEY));
    int wordCount = words(exact ? range + 1 : bloomBits(count));
    if (!room.test((long) wordCount * Long.BYTES)) {
      int bloom = words(bloomBits(count));
      if (bloom >= wordCount || !room.test((long) bloom * Long.BYTES)) {
        return null;
      }
      exact = false;
      wordCount = bloom;
    }
    KeySet set = new KeySet(least, greatest, count, exact, new long[wordCount]);
    if (column instanceof LongVector vector && nulls == null && exact) {
      set.addAll(vector.values(), rows);
    } else {
      for (int row = 0; row < rows; row++) {
        if (nulls == null || !nulls[row]) {
          set.add(key(column, row));
        }
      }
    }
    return set;
  }

  private static long bloomBits(int count) {
    return Long.highestOneBit((long) count * BLOOM_BITS_A_KEY) * 2;
  }

  private static int words(long bits) {
    return (int) Math.max(1, (bits + 63) >>> 6);
  }

  private static long key(ColumnVector column, int row) {
    return column instanceof LongVector longs
        ? longs.values()[row]
        : ((IntVector) column).values()[row];
  }

  private void addAll(long[] keys, int rows) {
    long[] bits = words;
    long first = least;
    for (int row = 0; row < rows; row++) {
      long bit = keys[row] - first;
      bits[(int) (bit >>> 6)] |= 1L << bit;
    }
  }

  private void add(long key) {
    if (exact) {
      long bit = key - least;
      words[(int) (bit >>> 6)] |= 1L << bit;
    } else {
      long hash = mixed(key);
      words[(int) (hash >>> 32) & (words.length - 1)] |= pattern(hash);
    }
  }

  private boolean contains(long key) {
    if (exact) {
      long bit = key - least;
      return key >= least && key <= greatest && (words[(int) (bit >>> 6)] >>> bit & 1) != 0;
    }
    long hash = mixed(key);
    long pattern = pattern(hash);
    return (words[(int) (hash >>> 32) & (words.length - 1)] & pattern) == pattern;
  }

  private static long mixed(long key) {
    long hash = key * 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 29;
    return hash * 0xBF58476D1CE4E5B9L;
  }

  private static long pattern(long hash) {
    return 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12);
  }

  /** Whether {@link #select} passes no key that is not in the set. */
  public boolean isExact() {
    return exact;
  }

  public long least() {
    return least;
  }

  public long greatest() {
    return greatest;
  }

  /** At least as many as there are distinct keys. */
  public long count() {
    return count;
  }

  /**
   * Writes the rows whose key is in the set to {@code chosen} and returns how many.
   *
   * @param keys integers
   * @param rows rows to look at, ascending; null for {@code 0..rowCount}
   */
  public int select(ColumnVector keys, int @Nullable [] rows, int rowCount, int[] chosen) {
    boolean @Nullable [] nulls = keys.nulls();
    int next = 0;
    if (keys instanceof LongVector vector) {
      long[] values = vector.values();
      for (int i = 0; i < rowCount; i++) {
        int row = rows == null ? i : rows[i];
        chosen[next] = row;
        next += contains(values[row]) && (nulls == null || !nulls[row]) ? 1 : 0;
      }
      return next;
    }
    int[] values = ((IntVector) keys).values();
    for (int i = 0; i < rowCount; i++) {
      int row = rows == null ? i : rows[i];
      chosen[next] = row;
      next += contains(values[row]) && (nulls == null || !nulls[row]) ? 1 : 0;
    }
    return next;
  }
}
