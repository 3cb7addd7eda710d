package dev.frazil.orc;

import dev.frazil.parquet.encoding.MalformedDataException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * From the seconds of a timestamp column to those since 1970. Immutable. Source: ORC specification,
 * "Timestamp Columns"; where that is silent, Apache's library.
 *
 * @param base seconds since 1970 that the file counts from
 * @param zone whose local time is wanted; null for the moment itself
 * @param hybridCalendar see {@link OrcFooter}
 */
record OrcClock(long base, @Nullable TimeZone zone, boolean hybridCalendar) {
  private static final LocalDateTime BASE = LocalDateTime.of(2015, 1, 1, 0, 0);
  private static final int NANOS_A_MILLI = 1_000_000;
  private static final long MILLIS_A_SECOND = 1_000;
  private static final long SECONDS_A_DAY = 86_400;

  /** 1582-10-15, the first day of the Gregorian calendar. */
  private static final long FIRST_GREGORIAN_DAY = -141_427;

  /** Days from the begin of the Julian period to 1970-01-01. */
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;

  /** Moments: seconds that are counted in UTC. */
  static OrcClock ofMoments(boolean hybridCalendar) {
    return new OrcClock(BASE.toEpochSecond(ZoneOffset.UTC), null, hybridCalendar);
  }

  /**
   * Seconds that are counted in the writer's zone.
   *
   * @param isLocal whether the local time is wanted, not the moment
   */
  static OrcClock ofWriter(TimeZone zone, boolean isLocal, boolean hybridCalendar) {
    ZoneId id = zone.toZoneId();
    // Also of zones that keep to Greenwich by now, but did not always.
    boolean isMoving = isLocal && !(id.getRules().isFixedOffset() && zone.getRawOffset() == 0);
    return new OrcClock(BASE.atZone(id).toEpochSecond(), isMoving ? zone : null, hybridCalendar);
  }

  /**
   * Seconds since 1970.
   *
   * @param nanos of the second, that go with them
   */
  long epochSecond(long stored, long nanos) {
    long second = Math.addExact(stored, base);
    // Writers cut milliseconds off towards zero.
    if (second < 0 && nanos >= NANOS_A_MILLI) {
      second--;
    }
    if (zone != null) {
      long millis = Math.multiplyExact(second, MILLIS_A_SECOND) + nanos / NANOS_A_MILLI;
      second += zone.getOffset(millis) / MILLIS_A_SECOND;
    }
    if (hybridCalendar && second < FIRST_GREGORIAN_DAY * SECONDS_A_DAY) {
      long day = Math.floorDiv(second, SECONDS_A_DAY);
      second += (prolepticDay(day) - day) * SECONDS_A_DAY;
    }
    return second;
  }

  /** The day of the same date in the proleptic Gregorian calendar, of a day of the hybrid one. */
  static long prolepticDay(long day) {
    if (day >= FIRST_GREGORIAN_DAY) {
      return day;
    } else if (day < Integer.MIN_VALUE) {
      throw new MalformedDataException("a day " + day);
    }
    // Richards, "Explanatory Supplement to the Astronomical Almanac", 3rd edition, chapter 15.
    long count = 4 * (day + JULIAN_DAY_OF_EPOCH + 1401) + 3;
    long rest = 5 * Math.floorDiv(Math.floorMod(count, 1461L), 4L) + 2;
    long dayOfMonth = rest % 153 / 5 + 1;
    long month = (rest / 153 + 2) % 12 + 1;
    long year = Math.floorDiv(count, 1461L) - 4716 + (14 - month) / 12;
    return LocalDate.of((int) year, (int) month, 1).toEpochDay() + dayOfMonth - 1;
  }
}
