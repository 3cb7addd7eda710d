package dev.frazil.function;

import dev.frazil.kernel.CivilTime;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.VectorBuilder;

/** Numbers, days and times at even distances. */
final class Sequences {
  private static final String MONTH = "month";
  private static final String MICROSECOND = "microsecond";

  private Sequences() {}

  static void define(Definitions library) {
    String signature =
        "bigint, bigint, bigint? -> array(bigint) | date, date, bigint? -> array(date)"
            + " | D, D, bigint, varchar -> array(D)";
    if (library.has("sequence", "generate_array")) {
      library
          .function(signature, (in, out) -> append(in, out, "sequence"))
          .is(
              "The numbers, days or times from the first to the last, with a step; a step of dates"
                  + " and times is a literal interval, and months are counted from the first.")
          .example("sequence(1, 4)", "[1, 2, 3, 4]")
          .example("sequence(5, 1, -2)", "[5, 3, 1]")
          .example(
              "sequence(DATE '2024-02-28', DATE '2024-03-01')",
              "[2024-02-28, 2024-02-29, 2024-03-01]")
          .example(
              "sequence(DATE '2024-01-31', DATE '2024-03-31', INTERVAL '1' MONTH)",
              "[2024-01-31, 2024-02-29, 2024-03-31]");
    }
    if (library.has("generate_series")) {
      library
          .function(signature, (in, out) -> append(in, out, "generate_series"))
          .is(
              "As sequence, but empty where the step leads away from the end, and the step of"
                  + " numbers is 1 unless given; also in FROM.")
          .example("generate_series(1, 10, 4)", "[1, 5, 9]")
          .example("generate_series(3, 1)", "[]");
    }
  }

  private static void append(Arguments in, VectorBuilder out, String function) {
    ListVectorBuilder list = (ListVectorBuilder) out;
    boolean mayBeEmpty = function.equals("generate_series");
    boolean times = in.count() == 4;
    long from = times ? TimeValues.local(in, 0) : in.integer(0);
    long to = times ? TimeValues.local(in, 1) : in.integer(1);
    long step = in.count() > 2 ? in.integer(2) : from <= to || mayBeEmpty ? 1 : -1;
    boolean away = (step > 0 && to < from) || (step < 0 && to > from);
    if (step == 0 || (away && !mayBeEmpty)) {
      throw FunctionErrors.argument(
          times
              ? function + " never reaches its end with this step"
              : function + "(" + from + ", " + to + ", " + step + ") never reaches its end");
    }
    if (away) {
      list.endRow();
    } else if (!times) {
      appendNumbers(from, to, step, list, function);
    } else if (in.text(3).equals(MONTH)) {
      appendMonths(in, to, step, list, function);
    } else {
      appendTimes(in, step, list, function);
    }
  }

  private static void appendNumbers(
      long from, long to, long step, ListVectorBuilder list, String function) {
    boolean days = list.elements().type() == Primitive.DATE;
    long steps = steps(from, to, step, function);
    for (long i = 0; i <= steps; i++) {
      long value = from + i * step;
      if (days) {
        TimeValues.appendDay(value, list.elements());
      } else {
        list.elements().appendLong(value);
      }
    }
    list.endRow();
  }

  private static long steps(long from, long to, long step, String function) {
    double count = ((double) to - (double) from) / step;
    FunctionErrors.checkElements(count > 1e18 ? Long.MAX_VALUE : (long) count + 1, function);
    // unsigned, for the ends of bigint lie further apart than a long counts
    return Long.divideUnsigned(step > 0 ? to - from : from - to, Math.abs(step));
  }

  /** Each counted from the first, so that the 31st comes back after a shorter month. */
  private static void appendMonths(
      Arguments in, long to, long step, ListVectorBuilder list, String function) {
    long from = TimeValues.local(in, 0);
    long day = CivilTime.epochDayOfMicros(from);
    long count = 0;
    for (long at = from; step > 0 ? at <= to : at >= to; ) {
      TimeValues.appendLocal(at, in, list.elements());
      FunctionErrors.checkElements(++count, function);
      if (Math.abs((double) count * step) > DateArithmetic.MAX_MONTHS) {
        break; // further than any time
      }
      at =
          CivilTime.addMonths(day, count * step) * CivilTime.MICROS_PER_DAY
              + CivilTime.microsOfDay(from);
    }
    list.endRow();
  }

  /** Whole days follow the calendar of the session's zone, anything else the clock of UTC. */
  private static void appendTimes(
      Arguments in, long step, ListVectorBuilder list, String function) {
    boolean wholeDays = step % CivilTime.MICROS_PER_DAY == 0;
    if (!in.text(3).equals(MICROSECOND)) {
      throw FunctionErrors.argument("the step of " + function + " is an interval");
    }
    if (list.elements().type() == Primitive.DATE && !wholeDays) {
      throw FunctionErrors.argument(
          "a date has no time: CAST it to timestamp, or let " + function + " go by whole days");
    }
    long from = wholeDays ? TimeValues.local(in, 0) : TimeValues.instant(in, 0);
    long to = wholeDays ? TimeValues.local(in, 1) : TimeValues.instant(in, 1);
    long steps = steps(from, to, step, function);
    for (long i = 0; i <= steps; i++) {
      if (wholeDays) {
        TimeValues.appendLocal(from + i * step, in, list.elements());
      } else {
        list.elements().appendLong(from + i * step);
      }
    }
    list.endRow();
  }
}
