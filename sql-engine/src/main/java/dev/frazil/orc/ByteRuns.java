package dev.frazil.orc;

/** Runs of equal bytes, and literals. Source: ORC specification, "Byte Run Length Encoding". */
final class ByteRuns implements IntegerReader {
  private static final int MIN_RUN = 3;

  private final StreamInput in;
  private int left;
  private boolean isRun;
  private byte value;

  ByteRuns(StreamInput in) {
    this.in = in;
  }

  byte next() {
    if (left == 0) {
      begin();
    }
    left--;
    return isRun ? value : in.readByte();
  }

  @Override
  public void read(long[] target, int count) {
    for (int i = 0; i < count; i++) {
      target[i] = next();
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
      if (!isRun) {
        in.skip(part);
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
      value = in.readByte();
    } else {
      left = -control;
    }
  }
}
