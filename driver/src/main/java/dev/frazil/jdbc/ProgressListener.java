package dev.frazil.jdbc;

/**
 * Told how far a statement is: {@link FrazilStatement#setProgressListener}. About ten times a
 * second while the driver works on the statement, and once when it has ended; never by two threads
 * at once for one statement, but by a thread of the driver's. A listener may call {@code
 * Statement.cancel()}, and should do nothing else with the connection, which is busy. One that
 * throws is not called again for that execution, which goes on; the log tells (WARN).
 */
@FunctionalInterface
public interface ProgressListener {
  /** The execution has come so far. Reports are in order, and each is complete in itself. */
  void progress(Progress progress);
}
