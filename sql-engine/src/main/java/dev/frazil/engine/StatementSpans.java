package dev.frazil.engine;

import dev.frazil.exec.StatementFigures;
import org.jspecify.annotations.Nullable;

/** Where executions of statements are traced. Thread-safe. */
interface StatementSpans {

  /** An execution begins on this thread. */
  Span begin(String sql, String schema);

  /** One execution. */
  interface Span {
    /**
     * It is over.
     *
     * @param failure null when it succeeded
     */
    void end(StatementFigures figures, @Nullable Throwable failure);
  }
}
