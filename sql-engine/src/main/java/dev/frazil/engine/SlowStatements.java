package dev.frazil.engine;

import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.StatementFigures;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of slow statements. Stateless. */
final class SlowStatements {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.frazil.slow");

  /** {@code TableScan main.t}, {@code HashJoin LEFT}, {@code Filter}; not lines of figures. */
  private static final Pattern OPERATOR =
      Pattern.compile("\\s*(TableScan [^\\[('\"]*|\\w+( [A-Z]+\\b)?)");

  private static final Pattern ESTIMATE = Pattern.compile("  \\(~\\d+ rows\\)$");

  private static final double NANOS_PER_MILLI = 1e6;

  private SlowStatements() {}

  static void warn(String sql, StatementFigures figures) {
    LOGGER.warn("{}: {}", summary(figures), MaskedSql.text(sql));
    for (String line : figures.plan()) {
      LOGGER.warn("  {}", withoutExpressions(line));
    }
  }

  /** A line of a plan as far as it can hold no literal: the operator, its table, its figures. */
  private static String withoutExpressions(String line) {
    Matcher operator = OPERATOR.matcher(line);
    if (!operator.lookingAt()) {
      return line; // figures
    }
    Matcher rows = ESTIMATE.matcher(line);
    return operator.group().stripTrailing() + (rows.find() ? rows.group() : "");
  }

  private static String summary(StatementFigures figures) {
    String failure = figures.failure();
    return String.format(
        Locale.ROOT,
        "slow statement, %.0f ms (planning %.0f, commit %.0f), %d rows%s; read %d of %d files,"
            + " %d bytes; wrote %d bytes; %d requests, %d bytes spilled, %d retries",
        figures.busyNanos() / NANOS_PER_MILLI,
        figures.planningNanos() / NANOS_PER_MILLI,
        figures.commitNanos() / NANOS_PER_MILLI,
        figures.rows(),
        failure == null ? "" : ", failed with " + failure,
        figures.counters().value(Counter.FILES_READ),
        figures.counters().value(Counter.FILES_PLANNED),
        figures.requests().readBytes(),
        figures.requests().writtenBytes(),
        figures.requests().requests(),
        figures.counters().value(Counter.BYTES_SPILLED),
        figures.reruns() + figures.requests().lostSwaps());
  }
}
