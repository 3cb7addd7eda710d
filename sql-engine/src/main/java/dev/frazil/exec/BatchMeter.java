package dev.frazil.exec;

/** The bytes of heap that the values of expressions took since somebody asked. One thread. */
public final class BatchMeter {
  private long bytes;

  /** Counts a value that was made. */
  public void add(long more) {
    bytes += more;
  }

  /** What was counted since the last call. */
  long take() {
    long counted = bytes;
    bytes = 0;
    return counted;
  }
}
