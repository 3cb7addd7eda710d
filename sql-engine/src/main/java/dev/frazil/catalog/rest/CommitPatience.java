package dev.frazil.catalog.rest;

import dev.frazil.catalog.CommitGuard;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import java.util.Set;

/**
 * How long commits are tried.
 *
 * @param millis until the outcome of a commit is given up
 * @param disabled guards that a test turned off
 */
record CommitPatience(long millis, TimeSource time, Ids ids, Set<CommitGuard> disabled) {
  private static final long MAX_WAIT_MILLIS = 1_000;

  CommitPatience {
    disabled = Set.copyOf(disabled);
  }

  boolean enabled(CommitGuard guard) {
    return !disabled.contains(guard);
  }

  long deadlineNanos() {
    return time.monotonicNanos() + millis * 1_000_000;
  }

  boolean isOver(long deadlineNanos) {
    return time.monotonicNanos() > deadlineNanos;
  }

  /** Waits before the next attempt. */
  void pause(int failures, long leastMillis) {
    long jitter = ids.below(Math.min(MAX_WAIT_MILLIS, 8L << Math.min(failures, 10)));
    time.sleepMillis(Math.max(1 + jitter, leastMillis));
  }
}
