package dev.frazil.function;

import dev.frazil.kernel.CivilTime;
import dev.frazil.type.Timestamps;
import java.math.BigDecimal;

/** The functions of dates and times. A timestamp with time zone is read in the session's zone. */
final class DateTimeLibrary {
  private DateTimeLibrary() {}

  static void define(Definitions library) {
    now(library);
    arithmetic(library);
    makers(library);
    epochs(library);
    zones(library);
    fields(library);
    moreFields(library);
    DateBinLibrary.define(library);
    IntervalLibrary.define(library);
  }

  private static void now(Definitions library) {
    if (library.has("now", "transaction_timestamp", "statement_timestamp")) {
      library
          .function("-> timestamptz", (in, out) -> out.appendLong(in.statementStartMicros()))
          .is("When the statement began; the same for all its rows, as current_timestamp.")
          .example("now() = current_timestamp", "true");
    }
    if (library.has("time_digits")) {
      library
          .function(
              "timestamptz, bigint -> timestamptz | timestamp, bigint -> timestamp | time, bigint ->"
                  + " time",
              DateMakers::digits)
          .is(
              "What current_timestamp(n), localtimestamp(n) and localtime(n) compute: the time with n"
                  + " digits of the second.")
          .example("time_digits(TIMESTAMP '2024-02-09 13:05:07.256', 1)", "2024-02-09T13:05:07.200")
          .example("localtimestamp(3) <= localtimestamp", "true");
    }
    if (library.has("date")) {
      library
          .function("D -> date | varchar -> date", DateMakers::dateOf)
          .is("The date of a timestamp, or of a text such as 2024-02-09.")
          .example("date(TIMESTAMP '2024-02-09 13:05:07')", "2024-02-09")
          .example("date('2024-02-09')", "2024-02-09");
    }
    if (library.has("clock_timestamp")) {
      library
          .function("-> timestamptz", (in, out) -> out.appendLong(in.clockMicros()))
          .is("What time it is when this row is computed.")
          .example("clock_timestamp()", "")
          .isVolatile();
    }
    if (library.has("timeofday")) {
      library
          .function("-> varchar", DateMakers::timeOfDay)
          .is("What time it is when this row is computed, as text.")
          .example("timeofday()", "")
          .isVolatile();
    }
  }

  private static void arithmetic(Definitions library) {
    if (library.has("date_add")) {
      library
          .function("varchar, bigint, D -> D", DateArithmetic::add)
          .is("A date or timestamp and n units: year, quarter, month, week, day, ... microsecond.")
          .example("date_add('month', 1, DATE '2024-01-31')", "2024-02-29")
          .example(
              "date_add('microsecond', -1, TIMESTAMP '2024-01-01 00:00:00')",
              "2023-12-31T23:59:59.999999");
    }
    if (library.has("date_diff")) {
      library
          .function("varchar, D, D -> bigint", DateArithmetic::difference)
          .is("How many whole units lie between two dates or timestamps.")
          .example("date_diff('month', DATE '2024-01-31', DATE '2024-02-29')", "0")
          .example(
              "date_diff('hour', TIMESTAMP '2024-01-01 00:30:00', TIMESTAMP '2024-01-02 00:00:00')",
              "23");
    }
    if (library.has("add_months")) {
      library
          .function("D, bigint -> D", DateArithmetic::addMonths)
          .is("n months later, a day that the month lacks becoming its last.")
          .example("add_months(DATE '2024-01-31', 1)", "2024-02-29");
    }
    if (library.has("months_between")) {
      library
          .function("D, D -> bigint", DateArithmetic::monthsBetween)
          .is("How many whole months lie between two dates, the later one first.")
          .example("months_between(DATE '2024-03-15', DATE '2024-01-16')", "1");
    }
    if (library.has("time_shift")) {
      library
          .function(
              "time, bigint -> time",
              (in, out) ->
                  out.appendLong(
                      Math.floorMod(
                          in.integer(0) + Math.floorMod(in.integer(1), CivilTime.MICROS_PER_DAY),
                          CivilTime.MICROS_PER_DAY)))
          .is("What time + interval computes: the time so many microseconds later, past midnight.")
          .example("TIME '23:30:00' + INTERVAL '1' HOUR", "00:30")
          .example("TIME '00:30:00' - INTERVAL '1' HOUR", "23:30");
    }
    if (library.has("last_day_of_month", "last_day")) {
      library
          .function("D -> date", DateArithmetic::lastDay)
          .is("The last day of the month.")
          .example("last_day_of_month(DATE '2024-02-10')", "2024-02-29");
    }
  }

  private static void makers(Definitions library) {
    if (library.has("make_date")) {
      library
          .function("bigint, bigint, bigint -> date", DateMakers::date)
          .is("The date of a year, month and day.")
          .example("make_date(2024, 2, 29)", "2024-02-29");
    }
    if (library.has("make_time")) {
      library
          .function("bigint, bigint, double -> time", DateMakers::time)
          .is("The time of an hour, minute and second.")
          .example("make_time(13, 30, 15.25)", "13:30:15.250");
    }
    if (library.has("make_timestamp")) {
      library
          .function(
              "bigint, bigint, bigint, bigint, bigint, double -> timestamp", DateMakers::timestamp)
          .is("The timestamp of a year, month, day, hour, minute and second.")
          .example("make_timestamp(2024, 2, 29, 13, 30, 15.25)", "2024-02-29T13:30:15.250");
    }
  }

  private static void epochs(Definitions library) {
    if (library.has("from_unixtime")) {
      library
          .function(
              "double -> timestamptz | double, varchar -> timestamptz | double, bigint, bigint ->"
                  + " timestamptz",
              DateMakers::fromUnix)
          .is(
              "The point in time that many seconds after 1970-01-01 in UTC; the zone that may follow changes nothing, for a point in time has none.")
          .example("from_unixtime(1700000000.5)", "2023-11-14T22:13:20.500Z");
    }
    if (library.has("from_unixtime_millis")) {
      library
          .function("bigint -> timestamptz", (in, out) -> DateMakers.scaled(in, out, 1000))
          .is("The point in time that many milliseconds after 1970-01-01 in UTC.")
          .example("from_unixtime_millis(1700000000500)", "2023-11-14T22:13:20.500Z");
    }
    if (library.has("from_unixtime_micros")) {
      library
          .function("bigint -> timestamptz", (in, out) -> DateMakers.scaled(in, out, 1))
          .is("The point in time that many microseconds after 1970-01-01 in UTC.")
          .example("from_unixtime_micros(1)", "1970-01-01T00:00:00.000001Z");
    }
    if (library.has("to_unixtime", "epoch")) {
      library
          .function("D -> double", DateMakers::toSeconds)
          .is("Seconds since 1970-01-01 in UTC, with a fraction.")
          .example("to_unixtime(TIMESTAMP '1970-01-02 00:00:00.5')", "86400.5");
    }
    if (library.has("epoch_ms")) {
      library
          .function(
              "D -> bigint",
              (in, out) -> out.appendLong(Math.floorDiv(TimeValues.instant(in, 0), 1000L)))
          .is("Milliseconds since 1970-01-01 in UTC.")
          .example("epoch_ms(TIMESTAMP '1970-01-01 00:00:01.5')", "1500");
    }
    if (library.has("epoch_us")) {
      library
          .function("D -> bigint", (in, out) -> out.appendLong(TimeValues.instant(in, 0)))
          .is("Microseconds since 1970-01-01 in UTC.")
          .example("epoch_us(TIMESTAMP '1970-01-01 00:00:01.5')", "1500000");
    }
    if (library.has("epoch_ns")) {
      library
          .function(
              "D -> decimal",
              (in, out) ->
                  out.appendDecimal(
                      BigDecimal.valueOf(TimeValues.instant(in, 0))
                          .multiply(BigDecimal.valueOf(Timestamps.NANOS_PER_MICRO))
                          .add(BigDecimal.valueOf(TimeValues.nanosOfMicro(in, 0)))))
          .is("Nanoseconds since 1970-01-01 in UTC.")
          .example("epoch_ns(TIMESTAMP '1970-01-01 00:00:01.5')", "1500000000");
    }
  }

  private static void zones(Definitions library) {
    if (library.has("at_time_zone", "with_timezone", "at_timezone")) {
      library
          .function(
              "timestamp, varchar -> timestamptz | timestamptz, varchar -> timestamp"
                  + " | timestamp_ns, varchar -> timestamptz_ns"
                  + " | timestamptz_ns, varchar -> timestamp_ns",
              (in, out) -> TimeZones.convert(in, out, 0, 1))
          .is(
              "What t AT TIME ZONE zone computes: the point in time of a wall clock, or the"
                  + " reverse.")
          .example(
              "TIMESTAMP '2024-07-01 12:00:00' AT TIME ZONE 'Europe/Berlin'",
              "2024-07-01T10:00:00Z")
          .example(
              "TIMESTAMP '2024-07-01 12:00:00+00:00' AT TIME ZONE 'America/New_York'",
              "2024-07-01T08:00");
    }
    if (library.has("timezone")) {
      library
          .function(
              "varchar, timestamp -> timestamptz | varchar, timestamptz -> timestamp"
                  + " | varchar, timestamp_ns -> timestamptz_ns"
                  + " | varchar, timestamptz_ns -> timestamp_ns",
              (in, out) -> TimeZones.convert(in, out, 1, 0))
          .is("As AT TIME ZONE, with the zone first.")
          .example(
              "timezone('Asia/Kathmandu', TIMESTAMP '2024-07-01 12:00:00')",
              "2024-07-01T06:15:00Z");
    }
  }

  private static void fields(Definitions library) {
    if (library.has("date_part", "datepart")) {
      library
          .function(
              "varchar, D -> double | varchar, time -> double | varchar, interval -> double",
              DateFields::part)
          .is("A field by name, as EXTRACT(field FROM t), seconds with their fraction.")
          .example("date_part('year', age(DATE '2024-03-01', DATE '1990-07-15'))", "33")
          .example("date_part('second', TIMESTAMP '2024-01-01 00:00:30.25')", "30.25")
          .example("date_part('isodow', DATE '2024-01-07')", "7");
    }
    if (library.has("day", "day_of_month")) {
      library
          .function("D -> bigint", (in, out) -> DateFields.append("day", in, out))
          .is("The day of the month.")
          .example("day(DATE '2024-02-29')", "29");
    }
    if (library.has("day_of_week", "isodow", "dow")) {
      library
          .function("D -> bigint", (in, out) -> DateFields.append("isodow", in, out))
          .is("The day of the week, from 1 (Monday) to 7.")
          .example("day_of_week(DATE '2024-01-07')", "7");
    }
    if (library.has("day_of_year", "doy")) {
      library
          .function("D -> bigint", (in, out) -> DateFields.append("doy", in, out))
          .is("The day of the year.")
          .example("day_of_year(DATE '2024-12-31')", "366");
    }
    if (library.has("week_of_year", "weekofyear")) {
      library
          .function("D -> bigint", (in, out) -> DateFields.append("week", in, out))
          .is("The week of ISO 8601.")
          .example("week_of_year(DATE '2024-12-31')", "1");
    }
    if (library.has("year_of_week", "isoyear", "yow")) {
      library
          .function("D -> bigint", (in, out) -> DateFields.append("isoyear", in, out))
          .is("The year to which the week of ISO 8601 belongs.")
          .example("year_of_week(DATE '2024-12-31')", "2025");
    }
  }

  private static void moreFields(Definitions library) {
    if (library.has("millisecond")) {
      library
          .function(
              "D -> bigint | time -> bigint",
              (in, out) -> DateFields.append("milliseconds", in, out))
          .is("The seconds within the minute, in milliseconds.")
          .example("millisecond(TIME '00:00:01.5')", "1500");
    }
    if (library.has("microsecond")) {
      library
          .function(
              "D -> bigint | time -> bigint",
              (in, out) -> DateFields.append("microseconds", in, out))
          .is("The seconds within the minute, in microseconds.")
          .example("microsecond(TIME '00:00:01.5')", "1500000");
    }
    if (library.has("decade")) {
      library
          .function("D -> bigint", (in, out) -> DateFields.append("decade", in, out))
          .is("The year divided by ten.")
          .example("decade(DATE '2024-01-01')", "202");
    }
    if (library.has("century")) {
      library
          .function("D -> bigint", (in, out) -> DateFields.append("century", in, out))
          .is("The century, which begins in a year that ends in 01.")
          .example("century(DATE '2000-12-31')", "20");
    }
    if (library.has("day_name", "dayname")) {
      library
          .function(
              "D -> varchar",
              (in, out) ->
                  out.appendText(
                      TimeNames.day(
                          CivilTime.dayOfWeek(
                              CivilTime.epochDayOfMicros(TimeValues.local(in, 0))))))
          .is("The English name of the day of the week.")
          .example("day_name(DATE '2024-01-07')", "Sunday");
    }
    if (library.has("month_name", "monthname")) {
      library
          .function(
              "D -> varchar",
              (in, out) ->
                  out.appendText(
                      TimeNames.month((int) DateFields.field("month", TimeValues.local(in, 0)))))
          .is("The English name of the month.")
          .example("month_name(DATE '2024-02-07')", "February");
    }
  }
}
