package dev.frazil.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements as spans, where the property asks for them. */
class OpenTelemetrySpansTest {
  @TempDir Path folder;

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private OpenTelemetrySdk telemetry;

  @BeforeEach
  void register() {
    GlobalOpenTelemetry.resetForTest();
    telemetry =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .buildAndRegisterGlobal();
  }

  @AfterEach
  void forget() {
    telemetry.close();
    GlobalOpenTelemetry.resetForTest();
  }

  private EngineRunner open(Map<ConnectionProperty, String> properties) {
    return EngineRunner.open(
        new ConnectionConfig(
            new Warehouse.LocalFolder(folder.resolve("db").toString()), properties, Map.of()));
  }

  @Test
  void aStatementIsASpanBelowThatOfItsCaller() {
    Span caller = telemetry.getTracer("test").spanBuilder("caller").startSpan();
    try (EngineRunner frazil = open(Map.of(ConnectionProperty.OPEN_TELEMETRY, "true"));
        Scope scope = caller.makeCurrent()) {
      frazil.script("CREATE TABLE t (id bigint, v varchar)", "INSERT INTO t VALUES (1, 'hunter2')");
      exporter.reset();
      assertThat(frazil.query("SELECT id FROM t WHERE v = 'hunter2'").lines()).containsExactly("1");
      assertThat(scope).isNotNull();
    }
    SpanData span = exporter.getFinishedSpanItems().get(0);
    assertThat(span.getName()).isEqualTo("SELECT t");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getParentSpanId()).isEqualTo(caller.getSpanContext().getSpanId());
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(span.getInstrumentationScopeInfo().getName()).isEqualTo("dev.frazil.jdbc");
    assertThat(text(span, "db.system.name")).isEqualTo("frazil");
    assertThat(text(span, "db.namespace")).isEqualTo("main");
    assertThat(text(span, "db.query.text")).isEqualTo("SELECT id FROM t WHERE v = ?");
    assertThat(text(span, "db.query.summary")).isEqualTo("SELECT t");
    assertThat(text(span, "db.operation.name")).isEqualTo("SELECT");
    assertThat(text(span, "error.type")).isNull();
    assertThat(number(span, "frazil.rows")).isEqualTo(1);
    assertThat(number(span, "frazil.files_read")).isEqualTo(1);
    assertThat(number(span, "frazil.requests")).isPositive();
  }

  @Test
  void aFailureIsAStatusWithoutItsMessage() {
    try (EngineRunner frazil = open(Map.of(ConnectionProperty.OPEN_TELEMETRY, "true"))) {
      assertThatThrownBy(() -> frazil.query("SELECT CAST('hunter2' AS integer)"))
          .isInstanceOf(EngineException.class);
    }
    assertThat(exporter.getFinishedSpanItems())
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
              assertThat(text(span, "error.type")).isEqualTo("22018");
              assertThat(text(span, "db.response.status_code")).isEqualTo("22018");
              assertThat(span.toString()).doesNotContain("hunter2");
            });
  }

  /** A tracer that fails makes no statement fail, and no commit look as if it had. */
  @Test
  void aTracerThatFailsIsNoFailureOfTheStatement() {
    telemetry.close();
    GlobalOpenTelemetry.resetForTest();
    telemetry =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder().addSpanProcessor(new FailingProcessor()).build())
            .buildAndRegisterGlobal();
    try (EngineRunner frazil = open(Map.of(ConnectionProperty.OPEN_TELEMETRY, "true"))) {
      frazil.script("CREATE TABLE t (id bigint)", "INSERT INTO t VALUES (1)");
      assertThat(frazil.query("SELECT id FROM t").lines()).containsExactly("1");
    }
    assertThat(FailingProcessor.CALLS.get()).isGreaterThanOrEqualTo(4);
  }

  private static final class FailingProcessor implements SpanProcessor {
    static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
      if (CALLS.incrementAndGet() % 4 == 1) {
        throw new IllegalStateException("no span begins here");
      }
    }

    @Override
    public boolean isStartRequired() {
      return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      CALLS.incrementAndGet();
      throw new IllegalStateException("no span ends here");
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }

  @Test
  void nothingIsTracedUnasked() {
    try (EngineRunner frazil = open(Map.of())) {
      assertThat(frazil.query("SELECT 1").lines()).isEqualTo(List.of("1"));
    }
    assertThat(exporter.getFinishedSpanItems()).isEmpty();
  }

  private static String text(SpanData span, String name) {
    return span.getAttributes().get(AttributeKey.stringKey(name));
  }

  private static Long number(SpanData span, String name) {
    return span.getAttributes().get(AttributeKey.longKey(name));
  }
}
