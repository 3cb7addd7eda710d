package dev.frazil.testing;

import dev.frazil.storage.TimeSource;

/**
 * The clock of the machine with waits a twentieth as long, for tests in which thousands of requests
 * fail and are repeated.
 */
public enum HurriedTime implements TimeSource {
  INSTANCE;

  @Override
  public long nowMillis() {
    return TimeSource.system().nowMillis();
  }

  @Override
  public long monotonicNanos() {
    return TimeSource.system().monotonicNanos();
  }

  @Override
  public void sleepMillis(long millis) {
    TimeSource.system().sleepMillis((millis + 19) / 20);
  }
}
