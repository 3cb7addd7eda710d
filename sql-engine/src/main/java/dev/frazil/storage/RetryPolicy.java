package dev.frazil.storage;

import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How often, and after which waits, something is tried again: at most {@code attempts} attempts, a
 * wait between {@code d/2} and {@code d} before the next one, where {@code d} doubles from {@code
 * initialDelayMillis} up to {@code maxDelayMillis}. The jitter keeps writers that collided once
 * from colliding again. Thread-safe.
 *
 * @param attempts the first one included; at least 1
 * @param initialDelayMillis before the second attempt
 * @param maxDelayMillis bound of one wait
 * @param time where the waits are spent
 * @param ids where the jitter comes from
 */
public record RetryPolicy(
    int attempts, long initialDelayMillis, long maxDelayMillis, TimeSource time, Ids ids) {

  public RetryPolicy {
    if (attempts < 1 || initialDelayMillis < 0 || maxDelayMillis < initialDelayMillis) {
      throw new IllegalArgumentException(
          "attempts " + attempts + ", delays " + initialDelayMillis + ".." + maxDelayMillis);
    }
  }

  /** For requests that may be sent twice: five attempts within about two seconds. */
  public static RetryPolicy forRequests(TimeSource time, Ids ids) {
    return new RetryPolicy(5, 50, 1_000, time, ids);
  }

  /** The same policy with another bound on the attempts. */
  public RetryPolicy withAttempts(int newAttempts) {
    return new RetryPolicy(newAttempts, initialDelayMillis, maxDelayMillis, time, ids);
  }

  /** The wait after {@code failures} failed attempts (1 = the first one failed). */
  public long delayMillis(int failures) {
    long bound = initialDelayMillis;
    for (int i = 1; i < failures && bound < maxDelayMillis; i++) {
      bound *= 2;
    }
    bound = Math.min(bound, maxDelayMillis);
    return bound - (bound > 1 ? ids.below(bound / 2 + 1) : 0);
  }

  /**
   * Waits before the next attempt.
   *
   * @param failures attempts that failed so far
   * @return false, at once, when there is no further attempt
   */
  public boolean pauseAfter(int failures) {
    if (failures >= attempts) {
      return false;
    }
    time.sleepMillis(delayMillis(failures));
    return true;
  }

  /** Runs {@code action} until it succeeds, fails for good, or the attempts are used up. */
  public <T> T run(Supplier<T> action, Predicate<RuntimeException> retryable) {
    for (int failures = 1; ; failures++) {
      try {
        return action.get();
      } catch (RuntimeException e) {
        if (!retryable.test(e) || !pauseAfter(failures)) {
          throw e;
        }
      }
    }
  }
}
