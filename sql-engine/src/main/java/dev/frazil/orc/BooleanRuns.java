package dev.frazil.orc;

/**
 * Bits in runs of bytes, high bits first. Source: ORC specification, "Boolean Run Length Encoding".
 */
final class BooleanRuns {
  private final ByteRuns bytes;
  private int current;
  private int bitsLeft;

  BooleanRuns(StreamInput in) {
    this.bytes = new ByteRuns(in);
  }

  boolean next() {
    if (bitsLeft == 0) {
      current = bytes.next();
      bitsLeft = Byte.SIZE;
    }
    bitsLeft--;
    return (current >>> bitsLeft & 1) != 0;
  }

  /** Steps over bits and counts those that are set. */
  long skipAndCount(long count) {
    long set = 0;
    for (long i = 0; i < count; i++) {
      set += next() ? 1 : 0;
    }
    return set;
  }

  /** Steps over bits. */
  void skip(long count) {
    long left = count;
    int part = (int) Math.min(left, bitsLeft);
    bitsLeft -= part;
    left -= part;
    bytes.skip(left / Byte.SIZE);
    for (int i = 0; i < left % Byte.SIZE; i++) {
      next();
    }
  }
}
