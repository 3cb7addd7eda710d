package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.StatementFigures;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Where executions of statements are traced: a service, since what it is made with need not be on
 * the class path. Thread-safe.
 */
public interface StatementSpans {

  /**
   * An execution begins on this thread.
   *
   * @param summary its first word and the names of its tables; may be empty
   * @param text its text, literals masked
   * @param schema the schema of names without one
   */
  Span begin(String summary, String text, String schema);

  /** One execution. */
  interface Span {
    /**
     * It is over.
     *
     * @param failure null when it succeeded
     */
    void end(StatementFigures figures, @Nullable EngineException failure);
  }

  /** The one of the class path; 22023 where what it needs is missing. */
  static StatementSpans find() {
    try {
      return new GuardedSpans(
          ServiceLoader.load(StatementSpans.class, StatementSpans.class.getClassLoader())
              .findFirst()
              .orElseThrow(() -> missing(null)));
    } catch (ServiceConfigurationError | NoClassDefFoundError e) {
      throw missing(e);
    }
  }

  private static EngineException missing(@Nullable Throwable cause) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE,
        "the property openTelemetry asks for traces, but the API of OpenTelemetry is not there: put"
            + " io.opentelemetry:opentelemetry-api on the class path",
        cause);
  }
}
