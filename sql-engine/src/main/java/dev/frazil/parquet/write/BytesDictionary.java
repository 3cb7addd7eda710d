package dev.frazil.parquet.write;

import dev.frazil.parquet.encoding.BytesTarget;
import java.util.Arrays;

/** Distinct byte strings in order of appearance. Not thread-safe. */
final class BytesDictionary {
  private final BytesTarget values = new BytesTarget(64, 1024);
  private int[] hashes = new int[64];
  private int[] table = new int[256];

  int count() {
    return values.count();
  }

  int lengthBytes() {
    return values.lengthBytes();
  }

  BytesTarget values() {
    return values;
  }

  /** The id of a string, a new one if it is new. */
  int id(byte[] source, int from, int to) {
    int hash = hash(source, from, to);
    int mask = table.length - 1;
    int slot = hash & mask;
    int held = table[slot];
    int[] offsets = values.offsets();
    while (held != 0) {
      int id = held - 1;
      if (hashes[id] == hash
          && Arrays.equals(values.data(), offsets[id], offsets[id + 1], source, from, to)) {
        return id;
      }
      slot = (slot + 1) & mask;
      held = table[slot];
    }
    int id = values.count();
    values.appendUnpadded(source, from, to - from);
    if (id == hashes.length) {
      hashes = Arrays.copyOf(hashes, id * 2);
    }
    hashes[id] = hash;
    table[slot] = id + 1;
    if ((id + 1) * 2 > table.length) {
      grow();
    }
    return id;
  }

  private void grow() {
    int[] larger = new int[table.length * 2];
    int mask = larger.length - 1;
    for (int i = 0; i < values.count(); i++) {
      int slot = hashes[i] & mask;
      while (larger[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      larger[slot] = i + 1;
    }
    table = larger;
  }

  private static int hash(byte[] source, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + source[i];
    }
    return hash ^ (hash >>> 15) ^ (hash >>> 7);
  }
}
