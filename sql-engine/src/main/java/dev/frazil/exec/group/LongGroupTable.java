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
 * One integer key. While the keys are small and dense (surrogate keys) the table is an array
 * indexed by the key; once they are not, it is an open-addressing hash table, and stays so.
 */
public final class LongGroupTable implements GroupTable {
  private static final int FREE_RANGE = 1 << 16;
  private static final int SPREAD = 8;
  private static final int MAX_RANGE = 1 << 26;

  private final SqlType type;
  private final Nulls nullRule;
  private long[] keys = new long[64];
  private int groupCount;
  private int nullGroup = NONE;
  private boolean dense = true;

  /** Group + 1 by key (dense) or by slot; 0 where there is none. */
  private int[] slots = new int[1024];

  LongGroupTable(SqlType type, Nulls nullRule) {
    this.type = type;
    this.nullRule = nullRule;
  }

  @Override
  public void expect(List<ColumnVector> columns) {
    ColumnVector column = columns.get(0);
    int count = column.rowCount();
    if (groupCount > 0 || count < slots.length) {
      return;
    }
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int row = 0; row < count; row++) {
      long key =
          column instanceof LongVector longs
              ? longs.values()[row]
              : ((IntVector) column).values()[row];
      if (!column.isNull(row)) {
        least = Math.min(least, key);
        greatest = Math.max(greatest, key);
      }
    }
    keys = new long[count];
    if (least >= 0 && greatest < Math.max(FREE_RANGE, Math.min((long) count * SPREAD, MAX_RANGE))) {
      slots = new int[(int) Math.max(greatest + 1, slots.length)];
    } else {
      dense = false;
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
    if (dense) {
      if (key >= 0 && key < slots.length) {
        int group = slots[(int) key] - 1;
        return group >= 0 ? group : (slots[(int) key] = append(key) + 1) - 1;
      }
      return assignOutOfRange(key);
    }
    int mask = slots.length - 1;
    int slot = KeyRows.hash(key) & mask;
    while (true) {
      int group = slots[slot] - 1;
      if (group < 0) {
        group = append(key);
        slots[slot] = group + 1;
        if (groupCount * 2L > slots.length) {
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

  private int assignOutOfRange(long key) {
    long allowed = Math.max(FREE_RANGE, Math.min((long) groupCount * SPREAD, MAX_RANGE));
    if (key >= 0 && key < allowed) {
      slots = Arrays.copyOf(slots, (int) Long.highestOneBit(key) * 2);
    } else {
      dense = false;
      rehash(Math.max(1024, Integer.highestOneBit(Math.max(groupCount, 1)) * 4));
    }
    return assign(key);
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
    int[] table = slots;
    if (dense) {
      return key >= 0 && key < table.length ? table[(int) key] - 1 : NONE;
    }
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
    return keys.length * 8L + slots.length * 4L;
  }
}
