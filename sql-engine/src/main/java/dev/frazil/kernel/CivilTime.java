package dev.frazil.kernel;

/**
 * Dates and times of the proleptic Gregorian calendar as numbers: days and microseconds since
 * 1970-01-01. A civil date is packed as {@code year << 16 | month << 8 | day}. Pure arithmetic; the
 * calendar repeats every 400 years (146,097 days), and counting years from March puts the leap day
 * last.
 */
public final class CivilTime {
  public static final long MICROS_PER_SECOND = 1_000_000L;
  public static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
  public static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
  public static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

  private static final long DAYS_PER_ERA = 146_097;
  private static final long DAYS_FROM_0000_03_01_TO_1970 = 719_468;

  private CivilTime() {}

  /** Year, month and day of a day number, packed. */
  public static long pack(long epochDay) {
    long shifted = epochDay + DAYS_FROM_0000_03_01_TO_1970;
    long era = Math.floorDiv(shifted, DAYS_PER_ERA);
    long dayOfEra = shifted - era * DAYS_PER_ERA;
    long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long monthFromMarch = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return (year << 16) | (month << 8) | day;
  }

  public static long year(long packed) {
    return packed >> 16;
  }

  public static int month(long packed) {
    return (int) (packed >> 8) & 0xFF;
  }

  public static int day(long packed) {
    return (int) packed & 0xFF;
  }

  /** The day number of a date; month 1 to 12, any day. */
  public static long epochDay(long year, int month, int day) {
    long shiftedYear = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(shiftedYear, 400L);
    long yearOfEra = shiftedYear - era * 400;
    long monthFromMarch = month > 2 ? month - 3 : month + 9;
    long dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * DAYS_PER_ERA + dayOfEra - DAYS_FROM_0000_03_01_TO_1970;
  }

  /** Days in a month. */
  public static int lengthOfMonth(long year, int month) {
    if (month == 2) {
      return isLeapYear(year) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  public static boolean isLeapYear(long year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** Moves a date by months; a day that the month lacks becomes its last. */
  public static long addMonths(long epochDay, long months) {
    long packed = pack(epochDay);
    long total = Math.addExact(year(packed) * 12 + month(packed) - 1, months);
    long year = Math.floorDiv(total, 12L);
    int month = (int) Math.floorMod(total, 12L) + 1;
    return epochDay(year, month, Math.min(day(packed), lengthOfMonth(year, month)));
  }

  /** 1 for Monday to 7 for Sunday. */
  public static int dayOfWeek(long epochDay) {
    return (int) Math.floorMod(epochDay + 3, 7L) + 1;
  }

  /** From 1. */
  public static int dayOfYear(long epochDay) {
    return (int) (epochDay - epochDay(year(pack(epochDay)), 1, 1)) + 1;
  }

  /** The ISO 8601 week: 1 is the one with the year's first Thursday. */
  public static int isoWeek(long epochDay) {
    long thursday = epochDay - dayOfWeek(epochDay) + 4;
    return (dayOfYear(thursday) - 1) / 7 + 1;
  }

  /** The day of a point in time. */
  public static long epochDayOfMicros(long micros) {
    return Math.floorDiv(micros, MICROS_PER_DAY);
  }

  /** The time of day of a point in time. */
  public static long microsOfDay(long micros) {
    return Math.floorMod(micros, MICROS_PER_DAY);
  }
}
