package dev.frazil.jdbc;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the bundled libraries silent at INFO. They log through slf4j to java.util.logging, whose
 * default prints INFO to standard error. A level that the user has set stays. The names are
 * relocated with the libraries, so in the driver jar no logger of the user's own is touched.
 */
final class QuietLibraries {
  /** Held, since java.util.logging forgets a level with its logger. */
  private static final List<Logger> LOGGERS =
      List.of(
          Logger.getLogger("org.apache.iceberg"),
          Logger.getLogger("org.apache.calcite"),
          Logger.getLogger("org.apache.avro"),
          Logger.getLogger("org.apache.parquet"),
          Logger.getLogger("software.amazon.awssdk"));

  private QuietLibraries() {}

  static void silence() {
    for (Logger logger : LOGGERS) {
      if (logger.getLevel() == null) {
        logger.setLevel(Level.WARNING);
      }
    }
  }
}
