package dev.frazil.parquet.write;

import java.util.Arrays;

/** Distinct 64-bit values in order of appearance. Not thread-safe. */
final class LongDictionary {
  private long[] values = new long[64];
  private int[] table = new int[256];
  private int count;

  int count() {
    return count;
  }

  long value(int id) {
    return values[id];
  }

  /** The id of a value, a new one if it is new. */
  int id(long value) {
    int mask = table.length - 1;
    int slot = hash(value) & mask;
    int held = table[slot];
    while (held != 0) {
      if (values[held - 1] == value) {
        return held - 1;
      }
      slot = (slot + 1) & mask;
      held = table[slot];
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
    }
    values[count++] = value;
    table[slot] = count;
    if (count * 2 > table.length) {
      grow();
    }
    return count - 1;
  }

  private void grow() {
    int[] larger = new int[table.length * 2];
    int mask = larger.length - 1;
    for (int i = 0; i < count; i++) {
      int slot = hash(values[i]) & mask;
      while (larger[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      larger[slot] = i + 1;
    }
    table = larger;
  }

  private static int hash(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }
}
