package dev.frazil.orc;

import dev.frazil.parquet.format.ReadMemory;

/** Memory of the vectors of one batch. Belongs to one thread at a time. */
final class BatchMemory {
  private final ReadMemory memory;
  private long taken;

  BatchMemory(ReadMemory memory) {
    this.memory = memory;
  }

  /** Takes memory for {@code count} values before it is allocated, or throws {@code 53200}. */
  void take(long count, int valueBytes) {
    long bytes = count * valueBytes;
    memory.take(bytes);
    taken += bytes;
  }

  /** Gives all back. */
  void giveAll() {
    memory.give(taken);
    taken = 0;
  }
}
