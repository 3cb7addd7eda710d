package dev.frazil.testing;

import dev.frazil.storage.TimeSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that moves only when told, or when somebody sleeps on it: a sleep returns at once and
 * moves the clock on. Thread-safe.
 */
public final class SimulatedTime implements TimeSource {
  private final AtomicLong wallMillis;
  private final AtomicLong monotonicNanos = new AtomicLong();
  private final AtomicLong sleptMillis = new AtomicLong();

  /** Starts at a wall-clock time. */
  public SimulatedTime(long startMillis) {
    this.wallMillis = new AtomicLong(startMillis);
  }

  /** Starts at 2026-01-01T00:00:00Z. */
  public SimulatedTime() {
    this(1_767_225_600_000L);
  }

  @Override
  public long nowMillis() {
    return wallMillis.get();
  }

  @Override
  public long monotonicNanos() {
    return monotonicNanos.get();
  }

  @Override
  public void sleepMillis(long millis) {
    sleptMillis.addAndGet(Math.max(0, millis));
    advanceMillis(Math.max(0, millis));
  }

  /** Time passes. */
  public void advanceMillis(long millis) {
    wallMillis.addAndGet(millis);
    monotonicNanos.addAndGet(millis * 1_000_000);
  }

  /** Somebody sets the wall clock, maybe backwards; durations do not notice. */
  public void jumpMillis(long millis) {
    wallMillis.addAndGet(millis);
  }

  /** What all sleeps together asked for. */
  public long sleptMillis() {
    return sleptMillis.get();
  }
}
