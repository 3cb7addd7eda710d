package dev.frazil.function;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.kernel.CivilTime;
import dev.frazil.type.Timestamps;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** Functions that give intervals of months, days and microseconds, or take them. */
final class MixedIntervalLibrary {
  private static final BigInteger MICROS_PER_SECOND = BigInteger.valueOf(1_000_000);

  private MixedIntervalLibrary() {}

  static void define(Definitions library) {
    if (library.has("age")) {
      library
          .function("D, D -> interval | D -> interval", MixedIntervalLibrary::age)
          .is(
              "From the second time to the first in years, months, days and the time left; from one"
                  + " time to today's midnight.")
          .example(
              "age(TIMESTAMP '2001-04-10 00:00:00', TIMESTAMP '1957-06-13 00:00:00')",
              "43 years 9 mons 27 days")
          .example("extract(YEAR FROM age(DATE '2024-02-28', DATE '2000-02-29'))", "23")
          .example("age(current_date)", "00:00:00");
    }
    if (library.has("make_interval")) {
      library
          .function(
              "bigint?, bigint?, bigint?, bigint?, bigint?, bigint?, double? -> interval",
              MixedIntervalLibrary::make)
          .is(
              "An interval of years, months, weeks, days, hours, mins, secs, by place or by name; 0"
                  + " where not given.")
          .example("make_interval(days => 10)", "10 days")
          .example("make_interval(1, 2, 0, 3, 4, 5, 6.5)", "1 year 2 mons 3 days 04:05:06.5")
          .example(
              "DATE '2024-01-31' + make_interval(months => 1, hours => 6)", "2024-02-29T06:00");
    }
    if (library.has("justify_days")) {
      library
          .function(
              "interval -> interval", (in, out) -> append(interval(in, 0).withMonthsOfDays(), out))
          .is("An interval with every 30 days as a month.")
          .example("justify_days(make_interval(days => 65))", "2 mons 5 days");
    }
    if (library.has("justify_hours")) {
      library
          .function(
              "interval -> interval", (in, out) -> append(interval(in, 0).withDaysOfHours(), out))
          .is("An interval with every 24 hours as a day.")
          .example("justify_hours(make_interval(hours => 50, mins => 10))", "2 days 02:10:00");
    }
    if (library.has("justify_interval")) {
      library
          .function("interval -> interval", (in, out) -> append(interval(in, 0).justified(), out))
          .is("An interval as justify_days and justify_hours have it, with one sign for all parts.")
          .example("justify_interval(INTERVAL '1 mon -1 hour')", "29 days 23:00:00");
    }
    if (library.has("to_milliseconds")) {
      library
          .function("interval -> bigint", MixedIntervalLibrary::milliseconds)
          .is("The length of an interval in milliseconds; a month counts 30 days.")
          .example("to_milliseconds(INTERVAL '1' DAY)", "86400000");
    }
    operators(library);
  }

  /** What operators and casts are computed by. */
  private static void operators(Definitions library) {
    if (library.has("interval_of")) {
      library
          .function("bigint, bigint, bigint -> interval", MixedIntervalLibrary::of)
          .is("What INTERVAL '...' of months beside days is: of months, days and microseconds.")
          .example("INTERVAL '1 year 2 months 3 days 04:05'", "1 year 2 mons 3 days 04:05:00");
    }
    if (library.has("interval_widened")) {
      library
          .function("integer -> interval | bigint -> interval", MixedIntervalLibrary::widened)
          .is("Months, or days to seconds, as an interval of both.")
          .example("INTERVAL '1' MONTH + INTERVAL '36' HOUR", "1 mon 1 day 12:00:00");
    }
    if (library.has("interval_length")) {
      library
          .function(
              "interval -> decimal",
              (in, out) -> out.appendDecimal(new BigDecimal(interval(in, 0).length())))
          .is("What intervals are compared by: microseconds, where a month has 30 days.")
          .example("INTERVAL '1 month 1 hour' > INTERVAL '30 days'", "true")
          .example("make_interval(months => 1) = INTERVAL '30 days'", "true");
    }
    if (library.has("interval_field")) {
      library
          .function("varchar, interval -> bigint", MixedIntervalLibrary::field)
          .is("What EXTRACT(field FROM interval) computes of months beside days.")
          .example("extract(DAY FROM INTERVAL '1 month 40 days')", "40");
    }
    if (library.has("interval_mixed_text")) {
      library
          .function("interval -> varchar", (in, out) -> out.appendText(interval(in, 0).toString()))
          .is("What CAST(interval AS varchar) computes of months beside days.")
          .example("CAST(INTERVAL '-1 month 1 day' AS varchar)", "-1 mons +1 day");
    }
    if (library.has("interval_to_char")) {
      library
          .function(
              "interval, varchar -> varchar",
              (in, out) ->
                  out.appendText(
                      IntervalTemplateWriter.format(
                          in.remember(in.text(1), TimeTemplate::compile), interval(in, 0))))
          .is("What to_char(interval, pattern) computes; hours may be more than 24.")
          .example("to_char(INTERVAL '15h 2m 12s', 'HH24:MI:SS')", "15:02:12")
          .example("to_char(INTERVAL '1 month 3 days 30 hours', 'MM DD HH24')", "01 03 30");
    }
    if (library.has("interval_times")) {
      library
          .function(
              "interval, double -> interval",
              (in, out) -> append(interval(in, 0).times(in.number(1)), out))
          .is("What interval * number computes; parts of months are days of 30 to the month.")
          .example("INTERVAL '1 month 2 days' * 1.5", "1 mon 18 days");
    }
    if (library.has("interval_over")) {
      library
          .function("interval, double -> interval", MixedIntervalLibrary::over)
          .is("What interval / number computes, as interval_times does.")
          .example("INTERVAL '1 month 3 days' / 2", "16 days 12:00:00");
    }
    if (library.has("interval_later")) {
      library
          .function(
              "timestamp, interval -> timestamp | timestamptz, interval -> timestamptz"
                  + " | timestamp_ns, interval -> timestamp_ns"
                  + " | timestamptz_ns, interval -> timestamptz_ns",
              MixedIntervalLibrary::later)
          .is("What time + interval computes: first the months, then the days, then the time.")
          .example(
              "TIMESTAMP '2024-01-31 12:00:00' + INTERVAL '1 month 1 day -12:00'",
              "2024-03-01T00:00");
    }
  }

  static MixedInterval interval(Arguments in, int index) {
    return MixedInterval.decode(in.exact(index));
  }

  static void append(MixedInterval interval, VectorBuilder out) {
    out.appendDecimal(interval.encode());
  }

  private static void age(Arguments in, VectorBuilder out) {
    long to =
        in.count() > 1
            ? TimeValues.local(in, 0)
            : TimeValues.midnight(
                CivilTime.epochDayOfMicros(in.zone().toLocal(in.statementStartMicros())));
    append(MixedInterval.between(TimeValues.local(in, in.count() - 1), to), out);
  }

  private static void make(Arguments in, VectorBuilder out) {
    BigInteger months = part(in, 0).multiply(BigInteger.valueOf(12)).add(part(in, 1));
    BigInteger days = part(in, 2).multiply(BigInteger.valueOf(7)).add(part(in, 3));
    BigInteger seconds =
        part(in, 4)
            .multiply(BigInteger.valueOf(3600))
            .add(part(in, 5).multiply(BigInteger.valueOf(60)));
    BigInteger micros = seconds.multiply(MICROS_PER_SECOND);
    if (in.count() > 6) {
      double rest = in.number(6);
      if (Double.isNaN(rest) || Double.isInfinite(rest)) {
        throw FunctionErrors.argument("make_interval does not take " + rest + " seconds");
      }
      micros = micros.add(BigDecimal.valueOf(Math.rint(rest * 1e6)).toBigInteger());
    }
    append(MixedInterval.of(months, days, micros), out);
  }

  private static BigInteger part(Arguments in, int index) {
    return in.count() > index ? BigInteger.valueOf(in.integer(index)) : BigInteger.ZERO;
  }

  private static void of(Arguments in, VectorBuilder out) {
    append(MixedInterval.of(part(in, 0), part(in, 1), part(in, 2)), out);
  }

  private static void widened(Arguments in, VectorBuilder out) {
    long value = in.integer(0);
    append(
        in.vector(0) instanceof IntVector
            ? new MixedInterval(value, 0, 0)
            : new MixedInterval(
                0, value / CivilTime.MICROS_PER_DAY, value % CivilTime.MICROS_PER_DAY),
        out);
  }

  private static void over(Arguments in, VectorBuilder out) {
    double divisor = in.number(1);
    if (divisor == 0) {
      throw new EngineException(SqlState.DIVISION_BY_ZERO, "division of an interval by zero");
    }
    append(interval(in, 0).dividedBy(divisor), out);
  }

  private static void milliseconds(Arguments in, VectorBuilder out) {
    BigInteger millis = interval(in, 0).length().divide(BigInteger.valueOf(1000));
    if (millis.bitLength() > 63) {
      throw FunctionErrors.outOfRange("the milliseconds of the interval are no bigint");
    }
    out.appendLong(millis.longValue());
  }

  private static void later(Arguments in, VectorBuilder out) {
    MixedInterval interval = interval(in, 1);
    long local = TimeValues.local(in, 0);
    long day = CivilTime.epochDayOfMicros(local);
    if (interval.months() != 0) {
      day = CivilTime.addMonths(day, interval.months());
    }
    try {
      day = Math.addExact(day, interval.days());
      long moved = Math.addExact(TimeValues.midnight(day), CivilTime.microsOfDay(local));
      boolean isInstant = Timestamps.hasZone(out.type());
      // an instant keeps its offset where neither month nor day changes
      long start =
          !isInstant
              ? moved
              : moved == local ? TimeValues.instant(in, 0) : in.zone().toInstant(moved);
      TimeValues.appendInstant(
          Math.addExact(start, interval.micros()), TimeValues.nanosOfMicro(in, 0), out);
    } catch (ArithmeticException overflow) {
      throw FunctionErrors.timeOutOfRange("a time plus the interval " + interval + " is too far");
    }
  }

  private static void field(Arguments in, VectorBuilder out) {
    out.appendLong((long) field(in.text(0), interval(in, 1)));
  }

  /** What date_part gives: with the fraction of seconds. */
  static double field(String name, MixedInterval interval) {
    long micros = interval.micros();
    String unit = name.toLowerCase(Locale.ROOT);
    return switch (unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit) {
      case "second" -> micros % CivilTime.MICROS_PER_MINUTE / 1e6;
      case "millisecond" -> micros % CivilTime.MICROS_PER_MINUTE / 1e3;
      case "epoch" -> epochDays(interval) * 86_400.0 + micros / 1e6;
      default -> (double) wholeField(unit, interval);
    };
  }

  private static long wholeField(String unit, MixedInterval interval) {
    long months = interval.months();
    long micros = interval.micros();
    return switch (unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit) {
      case "millennium" -> months / 12_000;
      case "century" -> months / 1_200;
      case "decade" -> months / 120;
      case "year" -> months / 12;
      case "quarter" -> months % 12 / 3 + 1;
      case "month" -> months % 12;
      case "day" -> interval.days();
      case "hour" -> micros / CivilTime.MICROS_PER_HOUR;
      case "minute" -> micros / CivilTime.MICROS_PER_MINUTE % 60;
      case "microsecond" -> micros % CivilTime.MICROS_PER_MINUTE;
      default ->
          throw FunctionErrors.argument("an interval has no field " + FunctionErrors.shown(unit));
    };
  }

  /** As PostgreSQL counts: a year has 365.25 days, a month besides 30. */
  private static double epochDays(MixedInterval interval) {
    long years = interval.months() / MixedInterval.MONTHS_PER_YEAR;
    long months = interval.months() % MixedInterval.MONTHS_PER_YEAR;
    return years * 365.25 + months * MixedInterval.DAYS_PER_MONTH + interval.days();
  }
}
