package dev.frazil.shell;

import dev.frazil.jdbc.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Shows on a terminal how far a statement is, from its third second on: a bar with the share of the
 * rows that are read and the rate where the driver knows how many there are, else how long it has
 * been running and what it has written.
 */
final class ProgressLine {
  private static final long FIRST_SHOWN_MILLIS = 2_000;
  private static final long INTERVAL_MILLIS = 250;
  private static final String CLEAR = "\r\u001b[K";
  private static final int BAR_LENGTH = 24;

  private final PrintStream out;
  private final long firstShownMillis;
  private long startNanos;
  private int nesting;
  private boolean shown;
  private @Nullable Progress latest;

  ProgressLine(PrintStream out) {
    this(out, FIRST_SHOWN_MILLIS);
  }

  ProgressLine(PrintStream out, long firstShownMillis) {
    this.out = out;
    this.firstShownMillis = firstShownMillis;
    Thread thread = new Thread(this::watch, "frazil-progress");
    thread.setDaemon(true);
    thread.start();
  }

  /** Does {@code work}, which counts as running meanwhile. */
  <T> T during(Callable<T> work) throws Exception {
    begin();
    try {
      return work.call();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    if (nesting++ == 0) {
      latest = null;
      startNanos = System.nanoTime();
    }
  }

  private synchronized void end() {
    if (--nesting == 0 && shown) {
      out.print(CLEAR);
      out.flush();
      shown = false;
    }
  }

  /** What the driver says of the statement that is running. */
  synchronized void heard(Progress progress) {
    latest = progress;
  }

  private void watch() {
    while (true) {
      try {
        Thread.sleep(INTERVAL_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      show();
    }
  }

  private synchronized void show() {
    long millis = (System.nanoTime() - startNanos) / 1_000_000;
    if (nesting > 0 && millis >= firstShownMillis) {
      out.print(CLEAR + line(latest, millis));
      out.flush();
      shown = true;
    }
  }

  /**
   * The line without its ends.
   *
   * @param progress null where the driver has said nothing yet
   */
  static String line(@Nullable Progress progress, long millis) {
    double seconds = millis / 1000.0;
    if (progress == null) {
      return String.format(Locale.ROOT, "running for %.1f s (Ctrl-C cancels)", seconds);
    }
    String stage = progress.stage().name().toLowerCase(Locale.ROOT);
    if (progress.fraction().isEmpty() || progress.stage() == Progress.Stage.COMMITTING) {
      return String.format(
          Locale.ROOT,
          "%s, running for %.1f s%s (Ctrl-C cancels)",
          stage,
          seconds,
          written(progress));
    }
    double fraction = progress.fraction().getAsDouble();
    int full = (int) (fraction * BAR_LENGTH);
    return String.format(
        Locale.ROOT,
        "%s [%s%s] %d%% of %,d rows, %,.0f rows/s%s, %.1f s (Ctrl-C cancels)",
        stage,
        "#".repeat(full),
        ".".repeat(BAR_LENGTH - full),
        (int) (fraction * 100),
        progress.rowsPlanned(),
        progress.rowsRead() / Math.max(0.1, progress.elapsedMillis() / 1000.0),
        written(progress),
        seconds);
  }

  private static String written(Progress progress) {
    return progress.rowsWritten() == 0
        ? ""
        : String.format(Locale.ROOT, ", %,d rows written", progress.rowsWritten());
  }
}
