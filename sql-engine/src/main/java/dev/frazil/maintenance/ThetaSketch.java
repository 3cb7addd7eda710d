package dev.frazil.maintenance;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A sample of hashes from which the number of distinct values is estimated: at most the {@value
 * #NOMINAL} smallest hashes, and the limit below which all hashes are in the sample. Its bytes are
 * a compact theta sketch of Apache DataSketches (serial version 3, default seed, ordered), which
 * every engine can read and join with its own. Written here, as that library reaches into memory in
 * ways that a JDK above 21 does not allow. The same values give the same bytes, in whatever order
 * they come. One thread.
 */
final class ThetaSketch {
  /** The default of DataSketches; the standard error of the estimate is 1.6 %. */
  static final int NOMINAL = 4096;

  /** The most bytes that one holds, its serialised form among them. */
  static final long MOST_BYTES = 8L * (4 * NOMINAL + 2 * NOMINAL + NOMINAL);

  private static final int TABLE_SIZE = 4 * NOMINAL;
  private static final int MOST_HASHES = TABLE_SIZE / 2;

  private static final int SERIAL_VERSION = 3;
  private static final int COMPACT_FAMILY = 3;
  private static final int READ_ONLY = 2;
  private static final int EMPTY = 4;
  private static final int COMPACT = 8;
  private static final int ORDERED = 16;
  private static final int SINGLE_ITEM = 32;

  private static final long SEED = 9001;
  private static final short SEED_HASH = (short) seedHash();
  private static final long FIRST_FACTOR = 0x87c37b91114253d5L;
  private static final long SECOND_FACTOR = 0x4cf5ad432745937fL;

  /** By open addressing; 0 is a free place. */
  private final long[] table = new long[TABLE_SIZE];

  private int count;
  private long theta = Long.MAX_VALUE;

  /** Adds a value; one without a byte is none. */
  void add(byte[] data, int from, int lengthBytes) {
    if (lengthBytes == 0) {
      return;
    }
    long hash = hash(data, from, lengthBytes, SEED) >>> 1;
    if (hash != 0 && hash < theta && insert(hash) && count > MOST_HASHES) {
      keepSmallest();
    }
  }

  /** How many distinct values were added, by estimate; exact up to {@value #NOMINAL}. */
  double estimate() {
    keepSmallest();
    return theta == Long.MAX_VALUE ? count : count * ((double) Long.MAX_VALUE / theta);
  }

  /** The compact form. */
  byte[] toBytes() {
    keepSmallest();
    boolean estimates = theta < Long.MAX_VALUE;
    boolean single = count == 1 && !estimates;
    int preambleLongs = estimates ? 3 : count <= 1 ? 1 : 2;
    int flags =
        READ_ONLY | COMPACT | ORDERED | (count == 0 ? EMPTY : 0) | (single ? SINGLE_ITEM : 0);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 * (preambleLongs + count)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) preambleLongs).put((byte) SERIAL_VERSION).put((byte) COMPACT_FAMILY);
    bytes.put((byte) 0).put((byte) 0).put((byte) flags); // sizes of tables, which it has not
    bytes.putShort(count == 0 ? 0 : SEED_HASH);
    if (preambleLongs > 1) {
      bytes.putInt(count).putFloat(1);
    }
    if (preambleLongs > 2) {
      bytes.putLong(theta);
    }
    for (long hash : sorted()) {
      bytes.putLong(hash);
    }
    return bytes.array();
  }

  /** Whether it was not there. */
  private boolean insert(long hash) {
    int place = (int) hash & (TABLE_SIZE - 1);
    while (table[place] != 0) {
      if (table[place] == hash) {
        return false;
      }
      place = (place + 1) & (TABLE_SIZE - 1);
    }
    table[place] = hash;
    count++;
    return true;
  }

  /** Beyond the nominal number: the smallest that goes is the limit from then on. */
  private void keepSmallest() {
    if (count <= NOMINAL) {
      return;
    }
    long[] hashes = sorted();
    theta = hashes[NOMINAL];
    Arrays.fill(table, 0);
    count = 0;
    for (int i = 0; i < NOMINAL; i++) {
      insert(hashes[i]);
    }
  }

  private long[] sorted() {
    long[] hashes = new long[count];
    int next = 0;
    for (long hash : table) {
      if (hash != 0) {
        hashes[next++] = hash;
      }
    }
    Arrays.sort(hashes);
    return hashes;
  }

  private static int seedHash() {
    byte[] seed = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(SEED).array();
    return (int) hash(seed, 0, seed.length, 0) & 0xffff;
  }

  /** The first half of the 128 bits of MurmurHash3 for 64-bit machines, by Austin Appleby. */
  private static long hash(byte[] data, int from, int lengthBytes, long seed) {
    ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    long first = seed;
    long second = seed;
    int at = from;
    for (int end = from + (lengthBytes & ~15); at < end; at += 16) {
      first ^= mixFirst(bytes.getLong(at));
      first = (Long.rotateLeft(first, 27) + second) * 5 + 0x52dce729;
      second ^= mixSecond(bytes.getLong(at + 8));
      second = (Long.rotateLeft(second, 31) + first) * 5 + 0x38495ab5;
    }
    int left = from + lengthBytes - at;
    if (left > 8) {
      second ^= mixSecond(tail(data, at + 8, left - 8));
    }
    if (left > 0) {
      first ^= mixFirst(tail(data, at, Math.min(8, left)));
    }
    first ^= lengthBytes;
    second ^= lengthBytes;
    first += second;
    second += first;
    return finish(first) + finish(second);
  }

  private static long tail(byte[] data, int from, int lengthBytes) {
    long value = 0;
    for (int i = lengthBytes - 1; i >= 0; i--) {
      value = value << 8 | (data[from + i] & 0xff);
    }
    return value;
  }

  private static long mixFirst(long value) {
    return Long.rotateLeft(value * FIRST_FACTOR, 31) * SECOND_FACTOR;
  }

  private static long mixSecond(long value) {
    return Long.rotateLeft(value * SECOND_FACTOR, 33) * FIRST_FACTOR;
  }

  private static long finish(long value) {
    long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
