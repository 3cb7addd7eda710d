package dev.frazil.exec.group;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of any number of columns, held as {@link KeyRows} in one arena under an open-addressing
 * table. Batches whose keys are all dictionary-encoded go through a {@link DictionaryCache}: one
 * table access for each combination of ids instead of one a row.
 */
public final class BytesGroupTable implements GroupTable {
  private static final int MAX_ARENA_BYTES = 1 << 30;

  private final List<SqlType> types;
  private final Nulls nullRule;
  private final KeyRows rowsOfBatch;
  private final DictionaryCache cache = new DictionaryCache();
  private byte[] arena = new byte[1024];
  private int[] starts = new int[64];
  private int[] hashes = new int[64];
  private int groupCount;

  /** Group + 1 by slot; 0 where there is none. */
  private int[] slots = new int[128];

  BytesGroupTable(List<SqlType> types, Nulls nullRule) {
    this.types = List.copyOf(types);
    this.nullRule = nullRule;
    this.rowsOfBatch = new KeyRows(types);
  }

  @Override
  public void assign(List<ColumnVector> keys, int @Nullable [] rows, int count, int[] groups) {
    if (!cache.resolve(keys, rows, count, groups, this::assignEach)) {
      assignEach(keys, rows, count, groups);
    }
  }

  private void assignEach(List<ColumnVector> keys, int @Nullable [] rows, int count, int[] groups) {
    rowsOfBatch.encode(keys, rows, count);
    byte[] data = rowsOfBatch.data();
    int[] offsets = rowsOfBatch.offsets();
    for (int k = 0; k < count; k++) {
      int hash = KeyRows.hash(data, offsets[k], offsets[k + 1]);
      int slot = slotOf(data, offsets[k], offsets[k + 1], hash);
      int group = slots[slot] - 1;
      groups[k] = group >= 0 ? group : append(data, offsets[k], offsets[k + 1], hash, slot);
    }
    skipNulls(keys, rows, count, groups);
  }

  private void skipNulls(List<ColumnVector> keys, int @Nullable [] rows, int count, int[] groups) {
    if (nullRule == Nulls.GROUP) {
      return;
    }
    for (ColumnVector key : keys) {
      boolean @Nullable [] nulls = key.nulls();
      if (nulls != null) {
        for (int k = 0; k < count; k++) {
          if (nulls[rows == null ? k : rows[k]]) {
            groups[k] = NONE;
          }
        }
      }
    }
  }

  /** The slot of the key, or the free slot where it would go. */
  private int slotOf(byte[] data, int from, int to, int hash) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (true) {
      int group = slots[slot] - 1;
      if (group < 0
          || (hashes[group] == hash
              && Arrays.equals(arena, starts[group], starts[group + 1], data, from, to))) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  private int append(byte[] data, int from, int to, int hash, int slot) {
    int length = to - from;
    int start = starts[groupCount];
    if (start + length > MAX_ARENA_BYTES) {
      throw new EngineException(
          SqlState.OUT_OF_MEMORY,
          "the keys of one grouping or join need more than 1 GiB; lower memoryLimit so that they"
              + " spill to disk, or make the statement smaller");
    }
    if (start + length > arena.length) {
      arena = Arrays.copyOf(arena, Math.max(start + length, arena.length + (arena.length >> 1)));
    }
    System.arraycopy(data, from, arena, start, length);
    if (groupCount + 2 > starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
      hashes = Arrays.copyOf(hashes, hashes.length * 2);
    }
    int group = groupCount++;
    starts[groupCount] = start + length;
    hashes[group] = hash;
    slots[slot] = group + 1;
    if (groupCount * 2L > slots.length) {
      rehash();
    }
    return group;
  }

  private void rehash() {
    int[] larger = new int[slots.length * 2];
    int mask = larger.length - 1;
    for (int group = 0; group < groupCount; group++) {
      int slot = hashes[group] & mask;
      while (larger[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      larger[slot] = group + 1;
    }
    slots = larger;
  }

  @Override
  public Finder finder() {
    KeyRows probe = new KeyRows(types);
    DictionaryCache probeCache = new DictionaryCache();
    return (keys, rows, count, groups) -> {
      if (!probeCache.resolve(
          keys, rows, count, groups, (k, r, c, g) -> findEach(probe, k, r, c, g))) {
        findEach(probe, keys, rows, count, groups);
      }
    };
  }

  private void findEach(
      KeyRows probe, List<ColumnVector> keys, int @Nullable [] rows, int count, int[] groups) {
    probe.encode(keys, rows, count);
    byte[] data = probe.data();
    int[] offsets = probe.offsets();
    for (int k = 0; k < count; k++) {
      int hash = KeyRows.hash(data, offsets[k], offsets[k + 1]);
      groups[k] = slots[slotOf(data, offsets[k], offsets[k + 1], hash)] - 1;
    }
    skipNulls(keys, rows, count, groups);
  }

  @Override
  public int groupCount() {
    return groupCount;
  }

  @Override
  public int hash(int group) {
    // The slots use the low bits of the hash; partitions are cut from the high ones.
    return hashes[group];
  }

  @Override
  public List<ColumnVector> keys(int from, int count) {
    return rowsOfBatch.decode(arena, starts, from, count);
  }

  @Override
  public long sizeBytes() {
    return arena.length + starts.length * 8L + slots.length * 4L + cache.sizeBytes();
  }
}
