package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.StatementFigures;
import dev.frazil.exec.StatementFigures.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A listener hears of an execution in order, one call at a time, and holds nobody up. */
class ProgressReportsTest {
  private final StatementFigures figures = new CancellationToken().figures();
  private final List<Progress> heard = Collections.synchronizedList(new ArrayList<>());

  @Test
  void theEndIsToldOnce() {
    ProgressReports reports = new ProgressReports(heard::add, figures);
    reports.tellEnd();
    assertThat(heard).isEmpty();
    figures.enter(Stage.DONE);
    reports.tellEnd();
    reports.tellEnd();
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).stage()).isEqualTo(Progress.Stage.DONE);
    assertThat(heard.get(0).fraction()).hasValue(1);
  }

  @Test
  void aBusyListenerHoldsNobodyUpAndHearsTheEnd() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    CountDownLatch endHeard = new CountDownLatch(1);
    AtomicInteger at = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ProgressReports reports =
        new ProgressReports(
            progress -> {
              most.accumulateAndGet(at.incrementAndGet(), Math::max);
              inside.countDown();
              try {
                assertThat(proceed.await(20, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              heard.add(progress);
              at.decrementAndGet();
              if (progress.stage() == Progress.Stage.DONE) {
                endHeard.countDown();
              }
            },
            figures);
    figures.enter(Stage.READING);
    reports.resume();
    assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
    reports.pause();
    figures.enter(Stage.DONE);
    reports.tellEnd(); // returns though the listener is still at its first report
    proceed.countDown();
    assertThat(endHeard.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isEqualTo(1);
    assertThat(heard)
        .extracting(Progress::stage)
        .containsExactly(Progress.Stage.READING, Progress.Stage.DONE);
  }

  @Test
  void theFractionNeverGoesBack() throws InterruptedException {
    CountDownLatch two = new CountDownLatch(2);
    ProgressReports reports =
        new ProgressReports(
            progress -> {
              heard.add(progress);
              // The other side of a join is planned.
              figures.counters().add(Counter.ROWS_PLANNED, 900);
              two.countDown();
            },
            figures);
    figures.enter(Stage.READING);
    figures.counters().add(Counter.ROWS_PLANNED, 100);
    figures.counters().add(Counter.ROWS_PASSED, 50);
    reports.resume();
    assertThat(two.await(20, TimeUnit.SECONDS)).isTrue();
    reports.pause();
    assertThat(heard.get(0).fraction()).hasValue(0.5);
    assertThat(heard.get(1).fraction()).hasValue(0.5);
    assertThat(heard.get(1).rowsPlanned()).isEqualTo(1000);
  }

  @Test
  void aListenerThatThrowsIsNotCalledAgain() {
    AtomicInteger calls = new AtomicInteger();
    ProgressReports reports =
        new ProgressReports(
            progress -> {
              calls.incrementAndGet();
              throw new IllegalStateException("a poor listener");
            },
            figures);
    List<String> log =
        LogLines.during(
            "dev.frazil.jdbc",
            () -> {
              figures.enter(Stage.DONE);
              reports.tellEnd();
              reports.resume();
              reports.pause();
            });
    assertThat(calls.get()).isEqualTo(1);
    assertThat(log)
        .singleElement()
        .asString()
        .contains("WARNING", "progress listener", "a poor listener");
  }
}
