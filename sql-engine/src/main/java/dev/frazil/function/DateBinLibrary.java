package dev.frazil.function;

import dev.frazil.kernel.CivilTime;
import dev.frazil.kernel.TimeZoneConversion;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.VectorBuilder;

/** Times cut to a grid, and their zones. */
final class DateBinLibrary {
  /** 2000-01-03, a Monday, from which time_bucket counts. */
  private static final long MONDAY_MICROS = 10_959 * CivilTime.MICROS_PER_DAY;

  private DateBinLibrary() {}

  static void define(Definitions library) {
    if (library.has("date_bin")) {
      library
          .function("bigint, D, D -> D", (in, out) -> bin(in, out, 2))
          .is(
              "The start of the bin, an interval of days to microseconds long, in which a time"
                  + " lies; bins are counted from an origin.")
          .example(
              "date_bin(INTERVAL '15' MINUTE, TIMESTAMP '2020-02-11 15:44:17', TIMESTAMP"
                  + " '2001-01-01 00:00:00')",
              "2020-02-11T15:30")
          .example(
              "date_bin(INTERVAL '15 minutes', TIMESTAMP '2020-02-11 15:44:17', TIMESTAMP"
                  + " '2001-01-01 00:02:30')",
              "2020-02-11T15:32:30");
    }
    if (library.has("time_bucket")) {
      library
          .function("bigint, D -> D | bigint, D, D -> D", (in, out) -> bin(in, out, 2))
          .is("As date_bin, with the bins counted from 2000-01-03 unless told.")
          .example(
              "time_bucket(INTERVAL '1' HOUR, TIMESTAMP '2024-01-01 10:59:59')",
              "2024-01-01T10:00");
    }
    if (library.has("make_timestamptz")) {
      library
          .function(
              "bigint, bigint, bigint, bigint, bigint, double, varchar? -> timestamptz",
              (in, out) -> {
                TimeZoneConversion zone =
                    in.count() > 6 ? in.remember(in.text(6), TimeZones::zone) : in.zone();
                out.appendLong(zone.toInstant(DateMakers.localMicros(in)));
              })
          .is(
              "The point in time of a year, ..., second in a zone, that of the session unless told.")
          .example(
              "make_timestamptz(2024, 7, 1, 12, 0, 30.5, 'Europe/Berlin')",
              "2024-07-01T10:00:30.500Z");
    }
    if (library.has("current_timezone")) {
      library
          .function("-> varchar", (in, out) -> out.appendText(in.zone().id()))
          .is("The name of the session's zone.")
          .example("current_timezone()", "UTC");
    }
    if (library.has("timezone_hour")) {
      library
          .function(
              "timestamptz -> bigint",
              (in, out) -> out.appendLong(offset(in) / CivilTime.MICROS_PER_HOUR))
          .is("The hours of the offset from UTC that the session's zone has at a time.")
          .example("timezone_hour(now())", "0");
    }
    if (library.has("timezone_minute")) {
      library
          .function(
              "timestamptz -> bigint",
              (in, out) -> out.appendLong(offset(in) / CivilTime.MICROS_PER_MINUTE % 60))
          .is("The minutes, besides the hours, of the offset that timezone_hour tells.")
          .example("timezone_minute(now())", "0");
    }
    if (library.has("from_unixtime_nanos")) {
      library
          .function(
              "bigint -> timestamptz",
              (in, out) -> out.appendLong(Math.floorDiv(in.integer(0), 1000L)))
          .is(
              "The point in time that many nanoseconds after 1970-01-01 in UTC, to the microsecond.")
          .example("from_unixtime_nanos(1700000000500000000)", "2023-11-14T22:13:20.500Z");
    }
  }

  private static long offset(Arguments in) {
    return in.zone().offsetMicros(in.integer(0));
  }

  private static void bin(Arguments in, VectorBuilder out, int originIndex) {
    long width = in.integer(0);
    if (width <= 0) {
      throw FunctionErrors.argument("a bin must be longer than nothing");
    }
    if (out.type() == Primitive.DATE && width % CivilTime.MICROS_PER_DAY != 0) {
      throw FunctionErrors.argument("bins of dates are whole days: CAST the date to timestamp");
    }
    long time = TimeValues.instant(in, 1);
    long origin = in.count() > originIndex ? TimeValues.instant(in, originIndex) : MONDAY_MICROS;
    try {
      long start = Math.subtractExact(time, Math.floorMod(Math.subtractExact(time, origin), width));
      if (out.type() == Primitive.DATE) {
        TimeValues.appendDay(Math.floorDiv(start, CivilTime.MICROS_PER_DAY), out);
      } else {
        TimeValues.appendInstant(start, 0, out);
      }
    } catch (ArithmeticException overflow) {
      throw FunctionErrors.timeOutOfRange("the time is too far from the origin of its bins");
    }
  }
}
