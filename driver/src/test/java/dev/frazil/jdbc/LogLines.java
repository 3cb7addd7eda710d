package dev.frazil.jdbc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.function.Executable;

/** What is logged meanwhile. */
final class LogLines {
  private LogLines() {}

  /** The lines of a logger and those below it, level first, with the text of a failure. */
  static List<String> during(String logger, Executable work) {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            Throwable thrown = line.getThrown();
            lines.add(
                line.getLevel() + " " + line.getMessage() + (thrown == null ? "" : " " + thrown));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger watched = Logger.getLogger(logger);
    watched.addHandler(handler);
    try {
      org.junit.jupiter.api.Assertions.assertDoesNotThrow(work);
    } finally {
      watched.removeHandler(handler);
    }
    return lines;
  }
}
