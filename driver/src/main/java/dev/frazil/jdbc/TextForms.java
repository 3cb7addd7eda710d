package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import java.math.BigDecimal;
import java.net.MalformedURLException;
import java.net.URL;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How values are spelled, both ways: {@code 2024-02-29 13:45:00.123456+00:00}. */
final class TextForms {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter READ_TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("H:mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter READ_TIMESTAMP =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][ ]")
          .append(READ_TIME)
          .optionalEnd()
          .optionalStart()
          .appendPattern("[ ]")
          .appendOffset("+HH:mm", "Z")
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private static final Pattern UUID_FORM =
      Pattern.compile(
          "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

  private TextForms() {}

  static String time(LocalTime value) {
    return TIME.format(value);
  }

  static String timestamp(LocalDateTime value) {
    return value.toLocalDate() + " " + time(value.toLocalTime());
  }

  /** In UTC. */
  static String instant(Instant value) {
    return timestamp(LocalDateTime.ofInstant(value, ZoneOffset.UTC)) + "+00:00";
  }

  static boolean parseBoolean(String text) throws SQLException {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> true;
      case "false", "f", "no", "n", "off", "0" -> false;
      default -> throw notA("boolean", text, null);
    };
  }

  static BigDecimal parseDecimal(String text) throws SQLException {
    try {
      return new BigDecimal(text.trim());
    } catch (NumberFormatException e) {
      throw notA("number", text, e);
    }
  }

  /** 22003 beyond the range of doubles; {@code NaN} and {@code Infinity} are such. */
  static double parseDouble(String text) throws SQLException {
    String trimmed = text.trim();
    // Java's own forms end in a letter (1d, 0x1p3f), and its others hold an x.
    boolean isJava =
        !trimmed.isEmpty() && "dDfF".indexOf(trimmed.charAt(trimmed.length() - 1)) >= 0;
    try {
      if (!isJava && trimmed.indexOf('x') < 0 && trimmed.indexOf('X') < 0) {
        double parsed = Double.parseDouble(trimmed);
        if (Double.isInfinite(parsed) && !trimmed.endsWith("Infinity")) {
          throw SqlExceptions.of(
              SqlState.NUMERIC_OUT_OF_RANGE,
              "the value " + shortened(trimmed) + " does not fit a double");
        }
        return parsed;
      }
    } catch (NumberFormatException e) {
      throw notA("number", text, e);
    }
    throw notA("number", text, null);
  }

  static URL parseUrl(String text) throws SQLException {
    try {
      return new URL(text);
    } catch (MalformedURLException e) {
      throw notA("URL", text, e);
    }
  }

  static LocalDate parseDate(String text) throws SQLException {
    return parseTimestamp(text).toLocalDate();
  }

  static LocalTime parseTime(String text) throws SQLException {
    try {
      return LocalTime.parse(text.trim(), READ_TIME);
    } catch (DateTimeException e) {
      throw badTime("time such as 13:45:00.123456", text, e);
    }
  }

  /** A date alone is its first moment; an offset is dropped. */
  static LocalDateTime parseTimestamp(String text) throws SQLException {
    return local(parse(text));
  }

  /** Without an offset the text is taken as local to {@code zone}. */
  static Instant parseInstant(String text, ZoneId zone) throws SQLException {
    TemporalAccessor parsed = parse(text);
    ZoneOffset offset = parsed.query(TemporalQueries.offset());
    LocalDateTime local = local(parsed);
    return offset == null ? local.atZone(zone).toInstant() : local.toInstant(offset);
  }

  static UUID parseUuid(String text) throws SQLException {
    String trimmed = text.trim();
    // UUID.fromString also takes shortened forms.
    if (!UUID_FORM.matcher(trimmed).matches()) {
      throw notA("UUID", text, null);
    }
    return UUID.fromString(trimmed);
  }

  static OffsetDateTime inUtc(Instant value) {
    return value.atOffset(ZoneOffset.UTC);
  }

  private static TemporalAccessor parse(String text) throws SQLException {
    try {
      return READ_TIMESTAMP.parse(text.trim());
    } catch (DateTimeException e) {
      throw badTime("date or timestamp such as 2024-02-29 13:45:00.123456", text, e);
    }
  }

  private static LocalDateTime local(TemporalAccessor parsed) {
    LocalTime time = parsed.query(TemporalQueries.localTime());
    return LocalDateTime.of(LocalDate.from(parsed), time == null ? LocalTime.MIDNIGHT : time);
  }

  private static SQLException badTime(String expected, String text, DateTimeException cause) {
    return SqlExceptions.of(
        SqlState.INVALID_DATETIME_FORMAT, "'" + shortened(text) + "' is not a " + expected, cause);
  }

  static SQLException notA(String what, String text, @Nullable Throwable cause) {
    return SqlExceptions.of(
        SqlState.INVALID_CAST, "'" + shortened(text) + "' is not a " + what, cause);
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
