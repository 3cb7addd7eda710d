package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.time.Instant;

/**
 * The only source of time of the engine, so that tests own the clock. Implementations are
 * thread-safe.
 */
public interface TimeSource {

  /** Wall clock, milliseconds since the epoch; may jump. */
  long nowMillis();

  /** A clock that never goes back, in nanoseconds from an arbitrary start; for durations. */
  long monotonicNanos();

  /** Waits; an interrupt ends the wait with 57014 and stays set. */
  void sleepMillis(long millis);

  /** Wall clock with microseconds where the machine has them; may jump. */
  default Instant now() {
    return Instant.ofEpochMilli(nowMillis());
  }

  /** The clock of the machine. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }

  /** The clock of the machine. */
  enum SystemTime implements TimeSource {
    INSTANCE;

    @Override
    public long nowMillis() {
      return System.currentTimeMillis();
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }

    @Override
    public void sleepMillis(long millis) {
      if (millis <= 0) {
        return;
      }
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EngineException(
            SqlState.QUERY_CANCELED, "the thread was interrupted while it waited", e);
      }
    }
  }
}
