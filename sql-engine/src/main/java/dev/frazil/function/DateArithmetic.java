package dev.frazil.function;

import dev.frazil.kernel.CivilTime;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.VectorBuilder;
import java.util.Locale;

/** Dates and timestamps that many units later or apart. */
final class DateArithmetic {
  static final long MAX_MONTHS = 12L * 300_000;

  private DateArithmetic() {}

  static void add(Arguments in, VectorBuilder out) {
    String unit = unit(in.text(0));
    long months = months(unit);
    long count = in.integer(1);
    if (months > 0) {
      appendMonthsLater(in, 2, product(count, months), out);
      return;
    }
    long micros = micros(unit);
    boolean isDate = in.vector(2).type() == Primitive.DATE;
    if (isDate && micros % CivilTime.MICROS_PER_DAY != 0) {
      throw FunctionErrors.argument(
          "a date has no " + unit + "s: CAST it to timestamp before date_add");
    }
    try {
      if (isDate) {
        long days = Math.multiplyExact(count, micros / CivilTime.MICROS_PER_DAY);
        TimeValues.appendDay(Math.addExact(in.integer(2), days), out);
      } else if (micros % CivilTime.MICROS_PER_DAY == 0) {
        // whole days follow the calendar of the session's zone, not 24 hours
        long local = TimeValues.local(in, 2);
        long moved = Math.addExact(local, Math.multiplyExact(count, micros));
        TimeValues.appendLocal(moved, TimeValues.nanosOfMicro(in, 2), in, out);
      } else {
        long instant = TimeValues.instant(in, 2);
        long moved = Math.addExact(instant, Math.multiplyExact(count, micros));
        TimeValues.appendInstant(moved, TimeValues.nanosOfMicro(in, 2), out);
      }
    } catch (ArithmeticException overflow) {
      throw tooFar(count, unit);
    }
  }

  static void addMonths(Arguments in, VectorBuilder out) {
    appendMonthsLater(in, 0, in.integer(1), out);
  }

  private static void appendMonthsLater(Arguments in, int index, long months, VectorBuilder out) {
    if (months > MAX_MONTHS || months < -MAX_MONTHS) {
      throw tooFar(months, "month");
    }
    long local = TimeValues.local(in, index);
    long day = CivilTime.addMonths(CivilTime.epochDayOfMicros(local), months);
    TimeValues.appendLocal(
        TimeValues.midnight(day) + CivilTime.microsOfDay(local),
        TimeValues.nanosOfMicro(in, index),
        in,
        out);
  }

  static void difference(Arguments in, VectorBuilder out) {
    String unit = unit(in.text(0));
    long months = months(unit);
    if (months > 0) {
      out.appendLong(wholeMonths(in, 1, 2) / months);
      return;
    }
    long micros = micros(unit);
    boolean byCalendar = micros % CivilTime.MICROS_PER_DAY == 0;
    long from = byCalendar ? TimeValues.local(in, 1) : TimeValues.instant(in, 1);
    long to = byCalendar ? TimeValues.local(in, 2) : TimeValues.instant(in, 2);
    try {
      out.appendLong(Math.subtractExact(to, from) / micros);
    } catch (ArithmeticException overflow) {
      throw FunctionErrors.timeOutOfRange("the times of date_diff are too far apart");
    }
  }

  static void monthsBetween(Arguments in, VectorBuilder out) {
    out.appendLong(wholeMonths(in, 1, 0));
  }

  /** Months from one to the other, none counted that is not over. */
  private static long wholeMonths(Arguments in, int fromIndex, int toIndex) {
    long from = TimeValues.local(in, fromIndex);
    long to = TimeValues.local(in, toIndex);
    long fromDay = CivilTime.pack(CivilTime.epochDayOfMicros(from));
    long toDay = CivilTime.pack(CivilTime.epochDayOfMicros(to));
    long months =
        (CivilTime.year(toDay) - CivilTime.year(fromDay)) * 12
            + CivilTime.month(toDay)
            - CivilTime.month(fromDay);
    long fromRest = CivilTime.day(fromDay) * CivilTime.MICROS_PER_DAY + CivilTime.microsOfDay(from);
    long toRest = CivilTime.day(toDay) * CivilTime.MICROS_PER_DAY + CivilTime.microsOfDay(to);
    if (months > 0 && toRest < fromRest) {
      return months - 1;
    }
    return months < 0 && toRest > fromRest ? months + 1 : months;
  }

  static void lastDay(Arguments in, VectorBuilder out) {
    long packed = CivilTime.pack(CivilTime.epochDayOfMicros(TimeValues.local(in, 0)));
    long year = CivilTime.year(packed);
    int month = CivilTime.month(packed);
    TimeValues.appendDay(
        CivilTime.epochDay(year, month, CivilTime.lengthOfMonth(year, month)), out);
  }

  /** The unit of a name: small letters, singular. */
  private static String unit(String name) {
    String unit = name.toLowerCase(Locale.ROOT);
    return unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
  }

  private static long months(String unit) {
    return switch (unit) {
      case "month" -> 1;
      case "quarter" -> 3;
      case "year" -> 12;
      case "decade" -> 120;
      case "century", "centurie" -> 1200;
      default -> 0;
    };
  }

  private static long micros(String unit) {
    return switch (unit) {
      case "microsecond" -> 1;
      case "millisecond" -> 1000;
      case "second" -> CivilTime.MICROS_PER_SECOND;
      case "minute" -> CivilTime.MICROS_PER_MINUTE;
      case "hour" -> CivilTime.MICROS_PER_HOUR;
      case "day" -> CivilTime.MICROS_PER_DAY;
      case "week" -> 7 * CivilTime.MICROS_PER_DAY;
      default ->
          throw FunctionErrors.argument(
              "'"
                  + unit
                  + "' is no unit of time: microsecond, millisecond, second, minute, hour, day,"
                  + " week, month, quarter, year, decade or century");
    };
  }

  private static long product(long count, long months) {
    return count > MAX_MONTHS || count < -MAX_MONTHS ? Long.MAX_VALUE : count * months;
  }

  private static dev.frazil.error.EngineException tooFar(long count, String unit) {
    return FunctionErrors.timeOutOfRange(count + " " + unit + "s later is out of range");
  }
}
