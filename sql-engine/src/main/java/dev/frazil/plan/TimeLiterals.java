package dev.frazil.plan;

import dev.frazil.type.Timestamps;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text to dates and times: ISO 8601 with a blank or T between, fractions to nine digits. */
public final class TimeLiterals {
  private static final Pattern DATE = Pattern.compile("([+-]?\\d{4,6})-(\\d{1,2})-(\\d{1,2})");
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?");
  private static final Pattern TIMESTAMP =
      Pattern.compile("([^ Tt]+)(?:[ Tt]+(\\d[0-9:.]*))?\\s*(.*)");
  private static final Pattern NANOS = Pattern.compile(":\\d{2}\\.\\d{6}(\\d{1,3})");
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private TimeLiterals() {}

  /** Days since 1970-01-01, or null if the text is no date. */
  public static @Nullable Integer date(String text) {
    Matcher matcher = DATE.matcher(text.trim());
    if (!matcher.matches()) {
      return null;
    }
    try {
      return Math.toIntExact(
          LocalDate.of(
                  Integer.parseInt(matcher.group(1)),
                  Integer.parseInt(matcher.group(2)),
                  Integer.parseInt(matcher.group(3)))
              .toEpochDay());
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  /** Microseconds of the day, digits beyond them cut, or null if the text is no time. */
  public static @Nullable Long timeMicros(String text) {
    Matcher matcher = TIME.matcher(text.trim());
    if (!matcher.matches()) {
      return null;
    }
    try {
      String fraction = matcher.group(4);
      int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
      String seconds = matcher.group(3);
      return LocalTime.of(
                  Integer.parseInt(matcher.group(1)),
                  Integer.parseInt(matcher.group(2)),
                  seconds == null ? 0 : Integer.parseInt(seconds),
                  nanos)
              .toNanoOfDay()
          / 1000;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Microseconds since 1970-01-01T00:00 of a text without a zone, or null. */
  public static @Nullable Long timestampMicros(String text) {
    Matcher matcher = TIMESTAMP.matcher(text.trim());
    return matcher.matches() && matcher.group(3).isEmpty() ? local(matcher) : null;
  }

  /** Microseconds since the epoch of a text with a zone, or in {@code zone} without one. */
  public static @Nullable Long instantMicros(String text, ZoneId zone) {
    Matcher matcher = TIMESTAMP.matcher(text.trim());
    if (!matcher.matches()) {
      return null;
    }
    Long local = local(matcher);
    if (local == null) {
      return null;
    }
    ZoneId actual = zone;
    if (!matcher.group(3).isEmpty()) {
      try {
        actual = ZoneId.of(matcher.group(3));
      } catch (DateTimeException e) {
        return null;
      }
    }
    return toInstant(local, actual);
  }

  /** Whether the fraction of the second has digits beyond microseconds. */
  public static boolean isNano(String text) {
    return NANOS.matcher(text).find();
  }

  /** Nanoseconds since 1970-01-01T00:00 of a text without a zone; null out of their range, too. */
  public static @Nullable Long timestampNanos(String text) {
    return nanos(timestampMicros(text), text);
  }

  /** Nanoseconds since the epoch of a text with a zone, or in {@code zone} without one. */
  public static @Nullable Long instantNanos(String text, ZoneId zone) {
    return nanos(instantMicros(text, zone), text);
  }

  private static @Nullable Long nanos(@Nullable Long micros, String text) {
    if (micros == null) {
      return null;
    }
    Matcher matcher = NANOS.matcher(text);
    int rest = matcher.find() ? Integer.parseInt((matcher.group(1) + "00").substring(0, 3)) : 0;
    try {
      return Timestamps.nanos(micros, rest);
    } catch (ArithmeticException e) {
      return null;
    }
  }

  /** A local time to the instant that it is in a zone. */
  public static long toInstant(long localMicros, ZoneId zone) {
    long seconds = Math.floorDiv(localMicros, 1_000_000L);
    java.time.LocalDateTime local =
        java.time.LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    long offsetSeconds = local.atZone(zone).toEpochSecond() - seconds;
    return localMicros + offsetSeconds * 1_000_000L;
  }

  private static @Nullable Long local(Matcher matcher) {
    Integer days = date(matcher.group(1));
    if (days == null) {
      return null;
    }
    String time = matcher.group(2);
    Long micros = time == null ? Long.valueOf(0) : timeMicros(time);
    if (micros == null) {
      return null;
    }
    BigInteger total =
        BigInteger.valueOf(days)
            .multiply(BigInteger.valueOf(MICROS_PER_DAY))
            .add(BigInteger.valueOf(micros));
    return total.bitLength() > 63 ? null : total.longValue();
  }
}
