package dev.frazil.jdbc;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of one statement that are open. Outlives the statement: what a program never closes
 * is closed when the statement, and with it its result sets, is collected. Thread-safe.
 */
final class OpenRows {
  private static final String WHAT = "a result set";

  private final ConnectionResources resources;
  private final IdentityHashMap<Object, Runnable> cursors = new IdentityHashMap<>();
  private Cleaner.@Nullable Cleanable watch;
  private @Nullable Throwable opened;
  private boolean ended;

  OpenRows(ConnectionResources resources) {
    this.resources = resources;
  }

  /**
   * Notes a cursor of {@code statement} and how to close it; false where another thread closed the
   * statement meanwhile, and nobody would close the cursor.
   */
  synchronized boolean add(JdbcStatement statement, Object cursor, Runnable close) {
    if (ended) {
      return false;
    }
    if (watch == null) {
      watch = Abandoned.watch(statement, this::abandoned);
    }
    opened = Abandoned.here(WHAT);
    cursors.put(cursor, close);
    resources.hold(this);
    return true;
  }

  /** Forgets a cursor that was closed. */
  synchronized void remove(Object cursor) {
    cursors.remove(cursor);
    if (cursors.isEmpty()) {
      resources.release(this);
    }
  }

  /** The statement is closed, and its cursors are; one that came meanwhile is closed now. */
  synchronized void end() {
    ended = true;
    if (watch != null) {
      watch.clean();
    }
  }

  private synchronized void abandoned() {
    if (!cursors.isEmpty()) {
      if (!ended) {
        Abandoned.warn(WHAT, opened);
      }
      resources.lock().later(this::closeAbandoned);
    }
  }

  private void closeAbandoned() {
    try {
      closeAll();
    } catch (RuntimeException e) {
      Abandoned.warnOfFailure(WHAT, e);
    }
  }

  /** Closes the cursors that are left; inside the lock of the connection. */
  void closeAll() {
    List<Runnable> left;
    synchronized (this) {
      left = new ArrayList<>(cursors.values());
      cursors.clear();
      resources.release(this);
    }
    RuntimeException first = null;
    for (Runnable close : left) {
      try {
        close.run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
