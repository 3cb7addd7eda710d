package dev.frazil.orc;

/**
 * Runs of equal steps, and literals. Source: ORC specification, "Integer Run Length Encoding,
 * version 1".
 */
final class RunLengthV1 implements IntegerReader {
  private static final int MIN_RUN = 3;

  private final StreamInput in;
  private final boolean isSigned;
  private int left;
  private boolean isRun;
  private long value;
  private int step;

  RunLengthV1(StreamInput in, boolean isSigned) {
    this.in = in;
    this.isSigned = isSigned;
  }

  @Override
  public void read(long[] target, int count) {
    int done = 0;
    while (done < count) {
      if (left == 0) {
        begin();
      }
      int part = Math.min(left, count - done);
      for (int i = 0; i < part; i++) {
        if (isRun) {
          target[done + i] = value;
          value += step;
        } else {
          target[done + i] = number();
        }
      }
      left -= part;
      done += part;
    }
  }

  @Override
  public void skip(long count) {
    long toSkip = count;
    while (toSkip > 0) {
      if (left == 0) {
        begin();
      }
      int part = (int) Math.min(left, toSkip);
      if (isRun) {
        value += (long) step * part;
      } else {
        for (int i = 0; i < part; i++) {
          in.readVarint();
        }
      }
      left -= part;
      toSkip -= part;
    }
  }

  private void begin() {
    int control = in.readByte();
    isRun = control >= 0;
    if (isRun) {
      left = control + MIN_RUN;
      step = in.readByte();
      value = number();
    } else {
      left = -control;
    }
  }

  private long number() {
    return isSigned ? in.readSignedVarint() : in.readVarint();
  }
}
