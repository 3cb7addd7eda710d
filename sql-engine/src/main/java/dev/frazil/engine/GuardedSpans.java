package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.exec.StatementFigures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans of an application's tracer, which may fail: that must not make a statement fail, least of
 * all one whose commit is in the database. Thread-safe.
 */
final class GuardedSpans implements StatementSpans {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.frazil.telemetry");
  private static final Span NONE = (figures, failure) -> {};

  private final StatementSpans spans;

  GuardedSpans(StatementSpans spans) {
    this.spans = spans;
  }

  @Override
  public Span begin(String summary, String text, String schema) {
    try {
      return guarded(spans.begin(summary, text, schema));
    } catch (RuntimeException | LinkageError e) {
      LOGGER.warn("a statement is not traced, since its span could not begin", e);
      return NONE;
    }
  }

  private static Span guarded(Span span) {
    return (StatementFigures figures, @Nullable EngineException failure) -> {
      try {
        span.end(figures, failure);
      } catch (RuntimeException | LinkageError e) {
        LOGGER.warn("the span of a statement could not be ended", e);
      }
    };
  }
}
