package dev.frazil.function;

import dev.frazil.kernel.CivilTime;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Dates and times of numbers, and numbers of them. */
final class DateMakers {
  private DateMakers() {}

  static void date(Arguments in, VectorBuilder out) {
    TimeValues.appendDay(day(in), out);
  }

  static void time(Arguments in, VectorBuilder out) {
    out.appendLong(microsOfDay(in, 0));
  }

  static void timestamp(Arguments in, VectorBuilder out) {
    out.appendLong(localMicros(in));
  }

  /** Of a year, month, day, hour, minute and second. */
  static long localMicros(Arguments in) {
    return TimeValues.midnight(day(in)) + microsOfDay(in, 3);
  }

  private static long day(Arguments in) {
    long year = in.integer(0);
    long month = in.integer(1);
    long day = in.integer(2);
    boolean valid =
        year <= 5_000_000
            && year >= -5_000_000
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= CivilTime.lengthOfMonth(year, (int) month);
    if (!valid) {
      throw FunctionErrors.timeOutOfRange("there is no date " + year + "-" + month + "-" + day);
    }
    return CivilTime.epochDay(year, (int) month, (int) day);
  }

  private static long microsOfDay(Arguments in, int first) {
    long hour = in.integer(first);
    long minute = in.integer(first + 1);
    double second = in.number(first + 2);
    boolean valid =
        hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second < 60;
    if (!valid) {
      throw FunctionErrors.timeOutOfRange("there is no time " + hour + ":" + minute + ":" + second);
    }
    long micros =
        new BigDecimal(Double.toString(second))
            .movePointRight(6)
            .setScale(0, RoundingMode.DOWN)
            .longValueExact();
    return hour * CivilTime.MICROS_PER_HOUR + minute * CivilTime.MICROS_PER_MINUTE + micros;
  }

  /** A zone beside it, as Trino takes one, changes no point in time. */
  static void fromUnix(Arguments in, VectorBuilder out) {
    if (in.count() > 2) {
      in.integer(1, -14, 14, "the hours of a time zone");
      in.integer(2, 0, 59, "the minutes of a time zone");
    } else if (in.count() > 1) {
      in.remember(in.text(1), TimeZones::zone);
    }
    fromSeconds(in, out);
  }

  static void fromSeconds(Arguments in, VectorBuilder out) {
    double seconds = in.number(0);
    // the shortest decimal of the double, so that tenths are tenths
    if (!(Math.abs(seconds) < 9.2e12)) {
      throw FunctionErrors.timeOutOfRange(seconds + " seconds since 1970 are out of range");
    }
    out.appendLong(
        new BigDecimal(Double.toString(seconds))
            .movePointRight(6)
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact());
  }

  static void scaled(Arguments in, VectorBuilder out, long factor) {
    long count = in.integer(0);
    if (count > Long.MAX_VALUE / factor || count < -Long.MAX_VALUE / factor) {
      throw FunctionErrors.timeOutOfRange(count + " since 1970 is out of range");
    }
    out.appendLong(count * factor);
  }

  static void toSeconds(Arguments in, VectorBuilder out) {
    SqlType type = in.vector(0).type();
    long value = in.integer(0);
    out.appendDouble(
        type == Primitive.DATE ? value * 86400.0 : value / (Timestamps.isNano(type) ? 1e9 : 1e6));
  }

  static void timeOfDay(Arguments in, VectorBuilder out) {
    long now = in.clockMicros();
    long local = in.zone().toLocal(now);
    TimeTemplate template =
        in.remember("timeofday", key -> TimeTemplate.compile("Dy Mon DD HH24:MI:SS.US YYYY TZ"));
    out.appendText(TimeTemplateWriter.format(template, local, local - now, in.zone()));
  }

  static void digits(Arguments in, VectorBuilder out) {
    long unit = 1;
    for (int digits = in.integer(1, 0, 12, "the digits of a second"); digits < 6; digits++) {
      unit *= 10;
    }
    long value = in.integer(0);
    out.appendLong(value - Math.floorMod(value, unit));
  }

  static void dateOf(Arguments in, VectorBuilder out) {
    if (in.vector(0).type() != Primitive.VARCHAR) {
      TimeValues.appendDay(CivilTime.epochDayOfMicros(TimeValues.local(in, 0)), out);
      return;
    }
    try {
      TimeValues.appendDay(LocalDate.parse(in.text(0).strip()).toEpochDay(), out);
    } catch (DateTimeParseException notADate) {
      throw FunctionErrors.notATime(in.text(0), "a date such as 2024-02-09");
    }
  }
}
