package dev.frazil.jdbc;

import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * Frees what programs forgot to close, once the garbage collector has found it, and says so in the
 * log. Where it was opened is kept only while the log level is DEBUG, since a stack trace costs.
 * Thread-safe.
 */
final class Abandoned {
  private static final Cleaner CLEANER =
      Cleaner.create(
          work -> {
            // It holds on to nothing of the program, so that a class loader with this jar can go.
            Thread thread = new Thread(null, work, "frazil-abandoned", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
          });

  private Abandoned() {}

  /**
   * Runs {@code free} once {@code owner} is collected, or when the answer is cleaned.
   *
   * @param free must not refer to the owner
   */
  static Cleaner.Cleanable watch(Object owner, Runnable free) {
    return CLEANER.register(owner, free);
  }

  /** Where the caller stands; null while the log does not ask. */
  static @Nullable Throwable here(String what) {
    return FrazilLog.LOGGER.isDebugEnabled() ? new Throwable(what + " was opened here") : null;
  }

  /** Says that something was not closed. */
  static void warn(String what, @Nullable Throwable opened) {
    if (opened != null) {
      FrazilLog.LOGGER.warn("{} was never closed; it was collected and is freed now", what, opened);
    } else {
      FrazilLog.LOGGER.warn(
          "{} was never closed; it was collected and is freed now (DEBUG tells where it was"
              + " opened)",
          what);
    }
  }

  /** Says that freeing failed. */
  static void warnOfFailure(String what, Exception failure) {
    FrazilLog.LOGGER.warn("{} that was never closed could not be freed", what, failure);
  }
}
