package dev.frazil.jdbc;

import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time into a session, and takes in work that may wait: what was left open is
 * closed when nobody is inside, so that the thread that found it never waits for a long statement.
 * Thread-safe.
 */
final class SessionLock {
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();
  private final NetworkTimeout networkTimeout;
  private volatile @Nullable Consumer<SQLException> listener;

  SessionLock(NetworkTimeout networkTimeout) {
    this.networkTimeout = networkTimeout;
  }

  /** What holds for the requests of whoever is inside. */
  NetworkTimeout networkTimeout() {
    return networkTimeout;
  }

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
    if (!later.isEmpty() && !lock.isHeldByCurrentThread()) {
      doWhatWaits();
    }
  }

  /** Who is told what fails inside. */
  void onFailure(Consumer<SQLException> told) {
    listener = told;
  }

  /** Something failed inside. */
  void failed(SQLException failure) {
    Consumer<SQLException> told = listener;
    if (told != null) {
      told.accept(failure);
    }
  }

  /** Does work inside, now if nobody is there, else when the one who is leaves. */
  void later(Runnable work) {
    later.add(work);
    doWhatWaits();
  }

  private void doWhatWaits() {
    while (!later.isEmpty() && lock.tryLock()) {
      try {
        for (Runnable work = later.poll(); work != null; work = later.poll()) {
          work.run();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
