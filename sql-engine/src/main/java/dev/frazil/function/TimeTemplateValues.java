package dev.frazil.function;

import dev.frazil.function.TimeTemplate.Field;
import dev.frazil.kernel.CivilTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The time that the fields of a text make, as PostgreSQL puts them together. What is missing is the
 * first of its kind; without a year it is the one before the year 1.
 */
record TimeTemplateValues(Map<Field, Long> values, String text) {
  private static final long JULIAN_OF_1970 = 2_440_588;
  private static final long MAX_CENTURY = 10_000;

  ParsedTime time() {
    Long offset = values.get(Field.ZONE_OFFSET);
    if (offset != null) {
      long minutes = value(Field.ZONE_MINUTE, 0);
      offset += value(Field.ZONE, 0) == 1 ? -minutes : minutes;
      check(Math.abs(offset) < 16 * 60 && minutes < 60);
    }
    return new ParsedTime(
        TimeValues.midnight(day()) + microsOfDay(),
        offset == null ? null : offset * CivilTime.MICROS_PER_MINUTE);
  }

  private long value(Field field, long missing) {
    return values.getOrDefault(field, missing);
  }

  private @Nullable Long find(Field field) {
    return values.get(field);
  }

  private long day() {
    Long julian = find(Field.JULIAN_DAY);
    if (julian != null) {
      return julian - JULIAN_OF_1970;
    }
    boolean isIso =
        values.containsKey(Field.ISO_YEAR)
            || values.containsKey(Field.ISO_WEEK)
            || values.containsKey(Field.ISO_DAY_OF_YEAR)
            || values.containsKey(Field.ISO_DAY_OF_WEEK);
    boolean isCivil =
        values.containsKey(Field.YEAR)
            || values.containsKey(Field.MONTH)
            || values.containsKey(Field.DAY)
            || values.containsKey(Field.DAY_OF_YEAR)
            || values.containsKey(Field.WEEK_OF_YEAR)
            || values.containsKey(Field.WEEK_OF_MONTH);
    if (isIso && isCivil) {
      throw FunctionErrors.notATime(
          text, "a date either by ISO weeks or by months: a pattern must not mix them");
    }
    return isIso ? isoDay() : civilDay();
  }

  private long isoDay() {
    long year = value(Field.ISO_YEAR, 0);
    // the 4th of January lies in week 1
    long fourth = CivilTime.epochDay(year, 1, 4);
    long before = fourth - CivilTime.dayOfWeek(fourth);
    Long ofYear = find(Field.ISO_DAY_OF_YEAR);
    if (ofYear != null) {
      check(ofYear >= 1 && ofYear <= 371);
      return before + ofYear;
    }
    long week = value(Field.ISO_WEEK, 1);
    long dayOfWeek = value(Field.ISO_DAY_OF_WEEK, 1);
    check(week >= 1 && week <= 53 && dayOfWeek >= 1 && dayOfWeek <= 7);
    return before + (week - 1) * 7 + dayOfWeek;
  }

  private long civilDay() {
    long year = year();
    Long ofYear = find(Field.DAY_OF_YEAR);
    Long week = find(Field.WEEK_OF_YEAR);
    if (ofYear == null && week != null) {
      check(week >= 1 && week <= 53);
      ofYear = (week - 1) * 7 + 1;
    }
    if (ofYear != null && !values.containsKey(Field.MONTH) && !values.containsKey(Field.DAY)) {
      check(values.containsKey(Field.YEAR) || values.containsKey(Field.ERA));
      check(ofYear >= 1 && ofYear <= (CivilTime.isLeapYear(year) ? 366 : 365));
      return CivilTime.epochDay(year, 1, 1) + ofYear - 1;
    }
    Long ofMonth = find(Field.WEEK_OF_MONTH);
    long month = value(Field.MONTH, 1);
    long day = value(Field.DAY, ofMonth == null ? 1 : (ofMonth - 1) * 7 + 1);
    check(month >= 1 && month <= 12);
    check(day >= 1 && day <= CivilTime.lengthOfMonth(year, (int) month));
    return CivilTime.epochDay(year, (int) month, (int) day);
  }

  private long year() {
    Long century = find(Field.CENTURY);
    Long year = find(Field.YEAR);
    // 1 BC is the year 0
    boolean isBefore = value(Field.ERA, 1) == 2;
    if (century != null && (year == null || values.containsKey(Field.YEAR_2))) {
      check(century >= 1 && century <= MAX_CENTURY);
      return ofCentury(isBefore ? -century : century, year);
    } else if (year == null) {
      return 0;
    }
    return isBefore ? (year > 0 ? 1 - year : -year) : year < 0 ? year + 1 : year;
  }

  /**
   * The first year of a century, or the one with these last two digits: the 21st begins with 2001
   * and ends with 2100, the 6th BC begins with 600 BC and ends with 501 BC.
   */
  private static long ofCentury(long century, @Nullable Long year) {
    if (year == null) {
      return century > 0 ? (century - 1) * 100 + 1 : century * 100 + 1;
    }
    long last = year % 100;
    if (last == 0) {
      return century > 0 ? century * 100 : century * 100 + 1;
    }
    return century > 0 ? (century - 1) * 100 + last : (century + 1) * 100 - last + 1;
  }

  private long microsOfDay() {
    Long ofDay = find(Field.SECOND_OF_DAY);
    long micros = value(Field.MILLISECOND, 0) + value(Field.MICROSECOND, 0);
    if (ofDay != null) {
      check(ofDay >= 0 && ofDay < 86_400);
      return ofDay * CivilTime.MICROS_PER_SECOND + micros;
    }
    long hour = value(Field.HOUR, 0);
    Long ofHalf =
        find(
            values.containsKey(Field.HALF) && values.containsKey(Field.HOUR)
                ? Field.HOUR
                : Field.HOUR_OF_HALF);
    if (ofHalf != null) {
      check(ofHalf >= 1 && ofHalf <= 12);
      hour = ofHalf % 12 + (value(Field.HALF, 1) == 2 ? 12 : 0);
    }
    long minute = value(Field.MINUTE, 0);
    long second = value(Field.SECOND, 0);
    check(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59);
    return hour * CivilTime.MICROS_PER_HOUR
        + minute * CivilTime.MICROS_PER_MINUTE
        + second * CivilTime.MICROS_PER_SECOND
        + micros;
  }

  private void check(boolean valid) {
    if (!valid) {
      throw FunctionErrors.timeOutOfRange(
          "'" + FunctionErrors.shown(text) + "' has a field of a date or time out of its range");
    }
  }
}
