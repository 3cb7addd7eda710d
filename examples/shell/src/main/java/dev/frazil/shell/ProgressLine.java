package dev.frazil.shell;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Says on a terminal how long a statement has been running, from its third second on. */
final class ProgressLine {
  private static final long FIRST_SHOWN_MILLIS = 2_000;
  private static final long INTERVAL_MILLIS = 250;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream out;
  private final long firstShownMillis;
  private long startNanos;
  private int nesting;
  private boolean shown;

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
      out.print(
          CLEAR
              + String.format(Locale.ROOT, "running for %.1f s (Ctrl-C cancels)", millis / 1000.0));
      out.flush();
      shown = true;
    }
  }
}
