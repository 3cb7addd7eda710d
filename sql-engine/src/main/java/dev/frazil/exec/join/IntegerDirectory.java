package dev.frazil.exec.join;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.group.GroupTable;
import dev.frazil.exec.group.KeyRows;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of integers. Where their codes are small and dense (surrogate keys) the directory is an
 * array indexed by the code, else an open-addressing hash table. Several threads build it, each the
 * part of the slots that is its own: every thread looks at all codes, which is cheap, and goes to
 * memory at random for its own ones only, which is not.
 */
final class IntegerDirectory implements KeyDirectory {
  private static final int FREE_RANGE = 1 << 16;
  private static final int SPREAD = 8;
  private static final int MAX_RANGE = 1 << 26;
  private static final int CHECKED_ROWS = 1 << 16;

  /** Parts of a hash table are at least that large, lest chance overfills one. */
  private static final int LEAST_PART_SLOTS = 1 << 14;

  private final IntegerKeys keys;
  private final boolean dense;

  /** First row + 1 by code (dense) or by slot; 0 where there is none. */
  private final int[] slots;

  /** By row; needed by the hash table only. */
  private final long[] codes;

  private int partMask;

  /** Next row + 1 by row, 0 where there is none; null until a key has a second row. */
  private int @Nullable [] nextRows;

  private IntegerDirectory(IntegerKeys keys, boolean dense, int[] slots, long[] codes) {
    this.keys = keys;
    this.dense = dense;
    this.slots = slots;
    this.codes = codes;
  }

  static IntegerDirectory of(
      IntegerKeys keys, List<ColumnVector> columns, int count, int threads, QueryContext context) {
    long[] codes = keys.encodeAll(columns, count, threads, context);
    boolean dense = keys.size() <= Math.max(FREE_RANGE, Math.min((long) count * SPREAD, MAX_RANGE));
    int parts = Integer.highestOneBit(Math.max(1, threads));
    if (dense) {
      IntegerDirectory directory =
          new IntegerDirectory(keys, true, new int[(int) keys.size()], codes);
      int share = (int) ((keys.size() + parts - 1) / parts);
      Pieces.run(
          parts, threads, context, part -> directory.index(part * (long) share, share, context));
      return new IntegerDirectory(keys, true, directory.slots, new long[0])
          .chained(directory.nextRows);
    }
    int size = Math.max(1024, Integer.highestOneBit(count) << (count < 1 << 28 ? 2 : 1));
    IntegerDirectory directory = new IntegerDirectory(keys, false, new int[size], codes);
    directory.hash(Math.max(1, Math.min(parts, size / LEAST_PART_SLOTS)), threads, context);
    return directory;
  }

  private IntegerDirectory chained(int @Nullable [] next) {
    nextRows = next;
    return this;
  }

  /** From the last row to the first, so that chains run upwards. */
  private void index(long from, int length, QueryContext context) {
    long[] all = codes;
    int[] table = slots;
    int[] next = null;
    for (int end = all.length; end > 0; end -= CHECKED_ROWS) {
      context.cancellation().check();
      for (int row = end - 1; row >= Math.max(0, end - CHECKED_ROWS); row--) {
        long place = all[row] - from;
        if (place >= 0 && place < length && all[row] >= 0) {
          int slot = (int) all[row];
          if (table[slot] != 0) {
            next = next == null ? chains() : next;
            next[row] = table[slot];
          }
          table[slot] = row + 1;
        }
      }
    }
  }

  private synchronized int[] chains() {
    int[] next = nextRows;
    if (next == null) {
      next = new int[codes.length];
      nextRows = next;
    }
    return next;
  }

  private void hash(int parts, int threads, QueryContext context) {
    partMask = slots.length / parts - 1;
    boolean[] full = new boolean[parts];
    Pieces.run(parts, threads, context, part -> full[part] = !hashPart(part, context));
    for (boolean overfull : full) {
      if (overfull) {
        Arrays.fill(slots, 0);
        nextRows = null;
        hash(1, 1, context);
        return;
      }
    }
  }

  /** False where more keys want into a part than it has room for. */
  private boolean hashPart(int part, QueryContext context) {
    int mask = partMask;
    int base = part * (mask + 1);
    int room = mask;
    int[] next = null;
    for (int end = codes.length; end > 0; end -= CHECKED_ROWS) {
      context.cancellation().check();
      for (int row = end - 1; row >= Math.max(0, end - CHECKED_ROWS); row--) {
        long code = codes[row];
        int home = KeyRows.hash(code) & (slots.length - 1);
        if (code < 0 || (home & ~mask) != base) {
          continue;
        }
        int slot = home & mask;
        while (slots[base + slot] != 0 && codes[slots[base + slot] - 1] != code) {
          slot = (slot + 1) & mask;
        }
        if (slots[base + slot] != 0) {
          next = next == null ? chains() : next;
          next[row] = slots[base + slot];
        } else if (room-- == 0) {
          return false;
        }
        slots[base + slot] = row + 1;
      }
    }
    return true;
  }

  @Override
  public GroupTable.Finder finder() {
    return new Lookup();
  }

  /** One thread's. */
  private final class Lookup implements GroupTable.Finder {
    private long[] wanted = new long[RowBatch.TARGET_ROWS];

    @Override
    public void find(List<ColumnVector> columns, int @Nullable [] rows, int count, int[] groups) {
      if (wanted.length < count) {
        wanted = new long[count];
      }
      keys.encode(columns, rows, 0, count, wanted, 0);
      if (dense) {
        findDense(count, groups);
      } else {
        findHashed(count, groups);
      }
    }

    private void findDense(int count, int[] groups) {
      long[] sought = wanted;
      int[] table = slots;
      for (int k = 0; k < count; k++) {
        groups[k] = sought[k] < 0 ? GroupTable.NONE : table[(int) sought[k]] - 1;
      }
    }

    private void findHashed(int count, int[] groups) {
      for (int k = 0; k < count; k++) {
        groups[k] = wanted[k] < 0 ? GroupTable.NONE : findHashed(wanted[k]);
      }
    }

    private int findHashed(long code) {
      int[] table = slots;
      int mask = partMask;
      int home = KeyRows.hash(code) & (table.length - 1);
      int base = home & ~mask;
      int slot = home & mask;
      while (true) {
        int row = table[base + slot] - 1;
        if (row < 0 || codes[row] == code) {
          return row;
        }
        slot = (slot + 1) & mask;
      }
    }
  }

  @Override
  public int nextRow(int row) {
    int[] next = nextRows;
    return next == null ? JoinTable.NONE : next[row] - 1;
  }

  @Override
  public boolean unique() {
    return nextRows == null;
  }
}
