package dev.frazil.exec.group;

import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One integer key. While the keys are dense (surrogate keys) the table is an array indexed by the
 * key, of which only the pages exist that keys lie in: the rows of one thread are some ranges of
 * the keys. Else it is an open-addressing hash table, which becomes dense when its keys have.
 */
public final class LongGroupTable implements GroupTable {
  private static final int PAGE_BITS = 12;
  private static final int PAGE_KEYS = 1 << PAGE_BITS;
  private static final int FREE_KEYS = 1 << 16;
  private static final int SPREAD = 8;
  private static final long MAX_KEY = 1L << 30;
  private static final int LEAST_SLOTS = 1024;

  private final SqlType type;
  private final Nulls nullRule;
  private long[] keys = new long[64];
  private int groupCount;
  private int nullGroup = NONE;

  /** Group + 1 by key, in pages that are made by need; null where the table is hashed. */
  private int @Nullable [][] pages = new int[4][];

  private int pageCount;

  /** Group + 1 by slot, 0 where there is none; unused while the table is dense. */
  private int[] slots = new int[0];

  LongGroupTable(SqlType type, Nulls nullRule) {
    this.type = type;
    this.nullRule = nullRule;
  }

  @Override
  public void expect(List<ColumnVector> columns) {
    int count = columns.get(0).rowCount();
    if (groupCount == 0 && count > FREE_KEYS) {
      keys = new long[count];
      pages = null;
      slots = new int[Integer.highestOneBit(count) << (count < 1 << 28 ? 2 : 1)];
    }
  }

  @Override
  public void assign(List<ColumnVector> columns, int @Nullable [] rows, int count, int[] groups) {
    ColumnVector column = columns.get(0);
    boolean @Nullable [] nulls = column.nulls();
    if (column instanceof IntVector vector) {
      int[] values = vector.values();
      for (int k = 0; k < count; k++) {
        int row = rows == null ? k : rows[k];
        groups[k] = nulls != null && nulls[row] ? assignNull() : assign(values[row]);
      }
      return;
    }
    long[] values = ((LongVector) column).values();
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      groups[k] = nulls != null && nulls[row] ? assignNull() : assign(values[row]);
    }
  }

  private int assignNull() {
    if (nullRule == Nulls.SKIP) {
      return NONE;
    }
    if (nullGroup == NONE) {
      nullGroup = append(0);
    }
    return nullGroup;
  }

  private int assign(long key) {
    int[][] dense = pages;
    if (dense == null) {
      return assignHashed(key);
    }
    int[] page = page(dense, key);
    if (page == null) {
      return assignBeyondPages(dense, key);
    }
    int place = (int) key & (PAGE_KEYS - 1);
    int group = page[place] - 1;
    if (group < 0) {
      group = append(key);
      page[place] = group + 1;
    }
    return group;
  }

  private static int @Nullable [] page(int[][] dense, long key) {
    long number = key >>> PAGE_BITS;
    return number < dense.length ? dense[(int) number] : null;
  }

  private int assignHashed(long key) {
    int mask = slots.length - 1;
    int slot = KeyRows.hash(key) & mask;
    while (true) {
      int group = slots[slot] - 1;
      if (group < 0) {
        group = append(key);
        slots[slot] = group + 1;
        if (groupCount * 2L > slots.length && !becomesDense()) {
          rehash(slots.length * 2);
        }
        return group;
      }
      if (keys[group] == key && group != nullGroup) {
        return group;
      }
      slot = (slot + 1) & mask;
    }
  }

  private int assignBeyondPages(int[][] dense, long key) {
    if (key >= 0 && key < MAX_KEY && (pageCount + 1L) * PAGE_KEYS <= allowedKeys()) {
      int number = (int) (key >>> PAGE_BITS);
      if (number >= dense.length) {
        pages = Arrays.copyOf(dense, Math.max(number + 1, dense.length * 2));
      }
      addPage(number);
    } else {
      pages = null;
      pageCount = 0;
      rehash(Math.max(LEAST_SLOTS, Integer.highestOneBit(Math.max(groupCount, 1)) * 4));
    }
    return assign(key);
  }

  private void addPage(int number) {
    int[][] dense = pages;
    if (dense != null) {
      dense[number] = new int[PAGE_KEYS];
      pageCount++;
    }
  }

  private long allowedKeys() {
    return Math.max(FREE_KEYS, (long) groupCount * SPREAD);
  }

  /** Goes over to pages where the keys would fill them well enough. */
  private boolean becomesDense() {
    long greatest = -1;
    for (int group = 0; group < groupCount; group++) {
      if (group != nullGroup) {
        if (keys[group] < 0) {
          return false;
        }
        greatest = Math.max(greatest, keys[group]);
      }
    }
    if (greatest >= MAX_KEY || greatest + PAGE_KEYS > allowedKeys()) {
      return false;
    }
    int[][] dense = new int[(int) (greatest >>> PAGE_BITS) + 1][];
    pages = dense;
    slots = new int[0];
    for (int group = 0; group < groupCount; group++) {
      if (group != nullGroup) {
        int number = (int) (keys[group] >>> PAGE_BITS);
        if (dense[number] == null) {
          addPage(number);
        }
        dense[number][(int) keys[group] & (PAGE_KEYS - 1)] = group + 1;
      }
    }
    return true;
  }

  private void rehash(int size) {
    int[] larger = new int[size];
    int mask = size - 1;
    for (int group = 0; group < groupCount; group++) {
      if (group != nullGroup) {
        int slot = KeyRows.hash(keys[group]) & mask;
        while (larger[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        larger[slot] = group + 1;
      }
    }
    slots = larger;
  }

  private int append(long key) {
    if (groupCount == keys.length) {
      keys = Arrays.copyOf(keys, groupCount * 2);
    }
    keys[groupCount] = key;
    return groupCount++;
  }

  @Override
  public Finder finder() {
    return (columns, rows, count, groups) -> {
      ColumnVector column = columns.get(0);
      boolean @Nullable [] nulls = column.nulls();
      if (column instanceof IntVector vector) {
        int[] values = vector.values();
        for (int k = 0; k < count; k++) {
          int row = rows == null ? k : rows[k];
          groups[k] = nulls != null && nulls[row] ? nullGroup : find(values[row]);
        }
        return;
      }
      long[] values = ((LongVector) column).values();
      for (int k = 0; k < count; k++) {
        int row = rows == null ? k : rows[k];
        groups[k] = nulls != null && nulls[row] ? nullGroup : find(values[row]);
      }
    };
  }

  private int find(long key) {
    int[][] dense = pages;
    if (dense != null) {
      int[] page = page(dense, key);
      return page == null ? NONE : page[(int) key & (PAGE_KEYS - 1)] - 1;
    }
    int[] table = slots;
    int mask = table.length - 1;
    int slot = KeyRows.hash(key) & mask;
    while (true) {
      int group = table[slot] - 1;
      if (group < 0 || (keys[group] == key && group != nullGroup)) {
        return group;
      }
      slot = (slot + 1) & mask;
    }
  }

  @Override
  public int groupCount() {
    return groupCount;
  }

  @Override
  public int hash(int group) {
    return group == nullGroup ? 0 : KeyRows.hash(keys[group]);
  }

  @Override
  public List<ColumnVector> keys(int from, int count) {
    boolean @Nullable [] nulls = null;
    if (nullGroup >= from && nullGroup < from + count) {
      nulls = new boolean[count];
      nulls[nullGroup - from] = true;
    }
    if (type.kind() == PhysicalKind.INT) {
      int[] values = new int[count];
      for (int k = 0; k < count; k++) {
        values[k] = (int) keys[from + k];
      }
      return List.of(new IntVector(type, count, values, nulls));
    }
    return List.of(
        new LongVector(type, count, Arrays.copyOfRange(keys, from, from + count), nulls));
  }

  @Override
  public long sizeBytes() {
    int[][] dense = pages;
    return keys.length * 8L
        + slots.length * 4L
        + pageCount * 4L * PAGE_KEYS
        + (dense == null ? 0 : dense.length * 8L);
  }
}
