package dev.frazil.jdbc;

import dev.frazil.storage.RequestScope;
import java.util.concurrent.Executor;

/**
 * How long a connection waits for the store to answer one request of a statement ({@code
 * Connection.setNetworkTimeout}). Once it has waited longer the connection is closed, as JDBC asks.
 * A commit is not torn off: its requests have the time of the property {@code
 * requestTimeoutMillis}. Thread-safe.
 */
final class NetworkTimeout {
  private final Runnable closing;
  private volatile int millis;
  private volatile Executor executor = Runnable::run;
  private volatile boolean expired;

  /**
   * @param closing frees what the connection holds
   */
  NetworkTimeout(Runnable closing) {
    this.closing = closing;
  }

  /**
   * @param timeoutMillis 0 for none of its own
   * @param closer closes the connection when it has expired
   */
  void set(Executor closer, int timeoutMillis) {
    executor = closer;
    millis = timeoutMillis;
  }

  int millis() {
    return millis;
  }

  /** Whether the connection counts as closed. */
  boolean expired() {
    return expired;
  }

  /** The requests of a statement are about to be sent. */
  void limit(RequestScope requests) {
    requests.limitWaits(millis);
  }

  /** The work of a statement has ended; outside of the connection's lock. */
  void heed(RequestScope requests) {
    if (!expired && requests.waitedTooLong()) {
      expired = true;
      executor.execute(closing);
    }
  }
}
