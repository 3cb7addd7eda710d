package dev.frazil.function;

import dev.frazil.kernel.CivilTime;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.VectorBuilder;
import java.util.Locale;

/** The fields of dates and times by name. */
final class DateFields {
  private DateFields() {}

  static void part(Arguments in, VectorBuilder out) {
    if (in.vector(1).type() instanceof DecimalType) {
      out.appendDouble(
          MixedIntervalLibrary.field(in.text(0), MixedIntervalLibrary.interval(in, 1)));
      return;
    }
    String name = in.text(0).toLowerCase(Locale.ROOT);
    long local = TimeValues.local(in, 1);
    switch (name) {
      case "epoch" -> out.appendDouble(TimeValues.instant(in, 1) / 1e6);
      case "second", "seconds" -> out.appendDouble(secondMicros(local) / 1e6);
      case "millisecond", "milliseconds" -> out.appendDouble(secondMicros(local) / 1e3);
      default -> {
        if (in.vector(1).type() == Primitive.TIME && !isOfTime(name)) {
          throw FunctionErrors.argument("a time has no '" + name + "'");
        }
        out.appendDouble((double) field(name, local));
      }
    }
  }

  static void append(String name, Arguments in, VectorBuilder out) {
    out.appendLong(field(name, TimeValues.local(in, 0)));
  }

  private static boolean isOfTime(String name) {
    return switch (name) {
      case "hour", "hours", "minute", "minutes", "microsecond", "microseconds" -> true;
      default -> false;
    };
  }

  private static long secondMicros(long local) {
    return Math.floorMod(local, CivilTime.MICROS_PER_MINUTE);
  }

  /** A field of a wall clock, whole. */
  static long field(String name, long local) {
    long day = CivilTime.epochDayOfMicros(local);
    long packed = CivilTime.pack(day);
    long year = CivilTime.year(packed);
    long micros = CivilTime.microsOfDay(local);
    return switch (name) {
      case "year", "years" -> year;
      case "quarter" -> (CivilTime.month(packed) + 2) / 3;
      case "month", "months" -> CivilTime.month(packed);
      case "week", "weeks" -> CivilTime.isoWeek(day);
      case "day", "days" -> CivilTime.day(packed);
      case "dow", "isodow", "dayofweek", "day_of_week" -> CivilTime.dayOfWeek(day);
      case "doy", "dayofyear", "day_of_year" -> CivilTime.dayOfYear(day);
      case "isoyear", "yearofweek" -> isoYear(day);
      case "decade" -> Math.floorDiv(year, 10);
      case "century" -> since(year, 100);
      case "millennium" -> since(year, 1000);
      case "hour", "hours" -> micros / CivilTime.MICROS_PER_HOUR;
      case "minute", "minutes" -> micros / CivilTime.MICROS_PER_MINUTE % 60;
      case "second", "seconds" -> secondMicros(local) / CivilTime.MICROS_PER_SECOND;
      case "millisecond", "milliseconds" -> secondMicros(local) / 1000;
      case "microsecond", "microseconds" -> secondMicros(local);
      case "julian" -> day + 2_440_588;
      default ->
          throw FunctionErrors.argument(
              "'"
                  + name
                  + "' is no field of a date or time: millennium, century, decade, isoyear, year,"
                  + " quarter, month, week, day, dow, isodow, doy, hour, minute, second,"
                  + " millisecond, microsecond, epoch or julian");
    };
  }

  private static long isoYear(long day) {
    // the year of the week's Thursday
    return CivilTime.year(CivilTime.pack(day - CivilTime.dayOfWeek(day) + 4));
  }

  /** Years 1 to 100 are the first century; year 0, which is 1 BC, belongs to the one before. */
  private static long since(long year, long length) {
    return year > 0 ? (year + length - 1) / length : -(-year / length + 1);
  }
}
