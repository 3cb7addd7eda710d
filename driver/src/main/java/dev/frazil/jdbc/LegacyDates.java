package dev.frazil.jdbc;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.util.Calendar;
import java.util.GregorianCalendar;
import org.jspecify.annotations.Nullable;

/**
 * To and from {@code java.sql.Date}, {@code Time} and {@code Timestamp}. They are instants that
 * stand for local values in the calendar's zone, or in the JVM's default zone as it is at the call.
 */
final class LegacyDates {
  /** 0002-01-01 in UTC: after the year 1 began in every zone and either calendar. */
  private static final long FIRST_YEARS_END_MILLIS =
      LocalDate.of(2, 1, 1).toEpochDay() * 86_400_000L;

  private LegacyDates() {}

  static ZoneId zone(@Nullable Calendar calendar) {
    return calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
  }

  static Date date(LocalDate value, @Nullable Calendar calendar) {
    return calendar == null
        ? Date.valueOf(value)
        : new Date(millis(value.atStartOfDay(), calendar));
  }

  /** Keeps milliseconds, which {@code Time.valueOf(LocalTime)} drops. */
  static Time time(LocalTime value, @Nullable Calendar calendar) {
    LocalDateTime onFirstDay = LocalDateTime.of(LocalDate.EPOCH, value);
    return new Time(onFirstDay.atZone(zone(calendar)).toInstant().toEpochMilli());
  }

  static Timestamp timestamp(LocalDateTime value, @Nullable Calendar calendar) {
    if (calendar == null) {
      return Timestamp.valueOf(value);
    }
    Timestamp converted = new Timestamp(millis(value, calendar));
    converted.setNanos(value.get(ChronoField.NANO_OF_SECOND));
    return converted;
  }

  static LocalDate toLocalDate(Date value, @Nullable Calendar calendar) {
    return calendar == null && isOfOurEra(value.getTime())
        ? value.toLocalDate()
        : local(value.getTime(), clock(calendar)).toLocalDate();
  }

  static LocalTime toLocalTime(Time value, @Nullable Calendar calendar) {
    return Instant.ofEpochMilli(value.getTime()).atZone(zone(calendar)).toLocalTime();
  }

  static LocalDateTime toLocalDateTime(Timestamp value, @Nullable Calendar calendar) {
    return calendar == null && isOfOurEra(value.getTime())
        ? value.toLocalDateTime()
        : local(value.getTime(), clock(calendar)).withNano(value.getNanos());
  }

  /** Before it {@code toLocalDate} and its kin take the year 44 BC for the year 44. */
  private static boolean isOfOurEra(long millis) {
    return millis >= FIRST_YEARS_END_MILLIS;
  }

  private static Calendar clock(@Nullable Calendar calendar) {
    return calendar == null ? new GregorianCalendar() : calendar;
  }

  /** The moment at which a clock of the calendar's kind and zone shows {@code value}. */
  private static long millis(LocalDateTime value, Calendar calendar) {
    Calendar copy = gregorian(calendar);
    copy.clear();
    int year = value.getYear();
    if (year <= 0) {
      copy.set(Calendar.ERA, GregorianCalendar.BC);
      year = 1 - year;
    }
    copy.set(
        year,
        value.getMonthValue() - 1,
        value.getDayOfMonth(),
        value.getHour(),
        value.getMinute(),
        value.getSecond());
    copy.set(Calendar.MILLISECOND, value.getNano() / 1_000_000);
    return copy.getTimeInMillis();
  }

  /**
   * A copy that counts the years of SQL: of a calendar of another kind (Buddhist, Japanese) only
   * the zone. Lenient, as times that a zone skips are moved on.
   */
  private static Calendar gregorian(Calendar calendar) {
    Calendar copy =
        calendar.getCalendarType().equals("gregory") && calendar instanceof GregorianCalendar
            ? (Calendar) calendar.clone()
            : new GregorianCalendar(calendar.getTimeZone());
    copy.setLenient(true);
    return copy;
  }

  private static LocalDateTime local(long millis, Calendar calendar) {
    Calendar copy = gregorian(calendar);
    copy.setTimeInMillis(millis);
    int year = copy.get(Calendar.YEAR);
    return LocalDateTime.of(
        copy.get(Calendar.ERA) == GregorianCalendar.BC ? 1 - year : year,
        copy.get(Calendar.MONTH) + 1,
        copy.get(Calendar.DAY_OF_MONTH),
        copy.get(Calendar.HOUR_OF_DAY),
        copy.get(Calendar.MINUTE),
        copy.get(Calendar.SECOND),
        copy.get(Calendar.MILLISECOND) * 1_000_000);
  }
}
