package dev.frazil.telemetry;

import dev.frazil.engine.StatementSpans;
import dev.frazil.error.EngineException;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.StatementFigures;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * Spans of OpenTelemetry, named and described by its semantic conventions for databases (stable
 * since 1.33). Loaded where the property {@code openTelemetry} asks for it. Thread-safe.
 */
public final class OpenTelemetrySpans implements StatementSpans {
  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
  private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
  private static final AttributeKey<String> TEXT = AttributeKey.stringKey("db.query.text");
  private static final AttributeKey<String> SUMMARY = AttributeKey.stringKey("db.query.summary");
  private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");
  private static final AttributeKey<String> STATUS =
      AttributeKey.stringKey("db.response.status_code");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<Long> ROWS = AttributeKey.longKey("frazil.rows");
  private static final AttributeKey<Long> FILES = AttributeKey.longKey("frazil.files_read");
  private static final AttributeKey<Long> READ = AttributeKey.longKey("frazil.bytes_read");
  private static final AttributeKey<Long> WRITTEN = AttributeKey.longKey("frazil.bytes_written");
  private static final AttributeKey<Long> REQUESTS = AttributeKey.longKey("frazil.requests");
  private static final AttributeKey<Long> RETRIES = AttributeKey.longKey("frazil.retries");

  private final Tracer tracer;

  /** Spans of the OpenTelemetry that is global now. */
  public OpenTelemetrySpans() {
    this.tracer = GlobalOpenTelemetry.getTracer("dev.frazil.jdbc");
  }

  @Override
  public Span begin(String summary, String text, String schema) {
    io.opentelemetry.api.trace.Span span =
        tracer
            .spanBuilder(summary.isEmpty() ? "frazil" : summary)
            .setSpanKind(SpanKind.CLIENT)
            .startSpan();
    if (span.isRecording()) {
      int end = summary.indexOf(' ');
      span.setAttribute(SYSTEM, "frazil");
      span.setAttribute(NAMESPACE, schema);
      span.setAttribute(TEXT, text);
      span.setAttribute(SUMMARY, summary);
      span.setAttribute(OPERATION, end < 0 ? summary : summary.substring(0, end));
    }
    return new Statement(span);
  }

  private record Statement(io.opentelemetry.api.trace.Span span) implements Span {
    /** Without the failure's message, which may repeat a value. */
    @Override
    public void end(StatementFigures figures, @Nullable EngineException failure) {
      if (failure != null) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(STATUS, failure.state().code());
        span.setAttribute(ERROR, failure.state().code());
      }
      span.setAttribute(ROWS, figures.rows());
      span.setAttribute(FILES, figures.counters().value(Counter.FILES_READ));
      span.setAttribute(READ, figures.requests().readBytes());
      span.setAttribute(WRITTEN, figures.requests().writtenBytes());
      span.setAttribute(REQUESTS, figures.requests().requests());
      span.setAttribute(RETRIES, figures.reruns() + figures.requests().lostSwaps());
      span.end();
    }
  }
}
