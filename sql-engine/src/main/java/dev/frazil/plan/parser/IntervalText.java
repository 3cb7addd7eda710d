package dev.frazil.plan.parser;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of an interval as PostgreSQL writes it: {@code '1 day 2 hours'}, {@code '90 days'},
 * {@code '1 year 6 months'}, {@code '01:30:00'}.
 */
final class IntervalText {
  private static final Pattern PART =
      Pattern.compile(
          "\\s*(?:([+-]?)(\\d+):(\\d{2})(?::(\\d{2}(?:\\.\\d{1,6})?))?"
              + "|([+-]?\\d+(?:\\.\\d{1,6})?)\\s*([a-zA-Z]+))\\s*");

  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final BigDecimal DAY = BigDecimal.valueOf(MICROS_PER_DAY);

  private BigDecimal micros = BigDecimal.ZERO;
  private BigDecimal months = BigDecimal.ZERO;
  private BigDecimal days = BigDecimal.ZERO;
  private boolean hasMicros;
  private boolean hasMonths;

  private IntervalText() {}

  /** The interval in Calcite's SQL; null if the text is none. */
  static @Nullable String toSql(String text) {
    IntervalText interval = new IntervalText();
    Matcher matcher = PART.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.find(at) || matcher.start() != at || !interval.add(matcher)) {
        return null;
      }
      at = matcher.end();
    }
    return interval.sql();
  }

  private boolean add(Matcher part) {
    if (part.group(2) != null) {
      String seconds = part.group(4) == null ? "0" : part.group(4);
      BigDecimal total =
          new BigDecimal(part.group(2))
              .multiply(BigDecimal.valueOf(3600))
              .add(new BigDecimal(part.group(3)).multiply(BigDecimal.valueOf(60)))
              .add(new BigDecimal(seconds))
              .movePointRight(6);
      micros = part.group(1).equals("-") ? micros.subtract(total) : micros.add(total);
      hasMicros = true;
      return true;
    }
    BigDecimal count = new BigDecimal(part.group(5));
    String unit = part.group(6).toLowerCase(Locale.ROOT);
    String singular =
        unit.length() > 1 && unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
    long inMonths =
        switch (singular) {
          case "month", "mon" -> 1;
          case "quarter" -> 3;
          case "year", "yr", "y" -> 12;
          case "decade" -> 120;
          default -> 0;
        };
    if (inMonths > 0) {
      months = months.add(count.multiply(BigDecimal.valueOf(inMonths)));
      hasMonths = true;
      return true;
    }
    long inMicros =
        switch (singular) {
          case "microsecond", "u" -> 1;
          case "millisecond", "m" ->
              unit.equals("ms") || singular.length() > 1 ? 1_000L : 60_000_000L;
          case "second", "sec", "s" -> 1_000_000L;
          case "minute", "min" -> 60_000_000L;
          case "hour", "hr", "h" -> 3_600_000_000L;
          case "day", "d" -> MICROS_PER_DAY;
          case "week", "w" -> 7 * MICROS_PER_DAY;
          default -> 0;
        };
    if (inMicros % MICROS_PER_DAY == 0) {
      days = days.add(count.multiply(BigDecimal.valueOf(inMicros / MICROS_PER_DAY)));
      hasMicros = true;
      return inMicros > 0;
    }
    micros = micros.add(count.multiply(BigDecimal.valueOf(inMicros)));
    hasMicros = true;
    return inMicros > 0;
  }

  private @Nullable String sql() {
    BigDecimal wholeDays = days.setScale(0, RoundingMode.DOWN);
    BigDecimal time = micros.add(days.subtract(wholeDays).multiply(DAY));
    boolean isWhole =
        time.stripTrailingZeros().scale() <= 0 && months.stripTrailingZeros().scale() <= 0;
    if (!(hasMicros || hasMonths) || !isWhole) {
      return null;
    }
    if (hasMonths && hasMicros) {
      return "\"interval_of\"("
          + months.toBigInteger()
          + ", "
          + wholeDays.toBigInteger()
          + ", "
          + time.toBigInteger()
          + ")";
    }
    return hasMonths
        ? "INTERVAL '" + months.toBigInteger() + "' MONTH(9)"
        : "\"interval_microseconds\"(" + time.add(wholeDays.multiply(DAY)).toBigInteger() + ")";
  }
}
