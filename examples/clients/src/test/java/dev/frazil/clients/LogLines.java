package dev.frazil.clients;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What a library logs while this is open, a line a record: level, blank, message. */
final class LogLines extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final SimpleFormatter formatter = new SimpleFormatter();

  LogLines(String name) {
    logger = Logger.getLogger(name);
    logger.addHandler(this);
    logger.setUseParentHandlers(false);
  }

  List<String> lines() {
    return lines;
  }

  /** Returns when a line has that text; fails after 20 seconds. */
  void await(String text) throws InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (lines.stream().noneMatch(line -> line.contains(text))) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not logged: " + text + "; logged: " + lines);
      }
      Thread.sleep(20);
    }
  }

  @Override
  public void publish(LogRecord event) {
    lines.add(event.getLevel() + " " + formatter.formatMessage(event));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
