package dev.frazil.orc;

/** Integers of one stream, from its start to its end. Belongs to one thread at a time. */
interface IntegerReader {
  /** The next integers into {@code target[0..count)}. */
  void read(long[] target, int count);

  /** Steps over integers. */
  void skip(long count);
}
