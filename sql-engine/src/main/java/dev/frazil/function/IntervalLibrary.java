package dev.frazil.function;

import dev.frazil.kernel.CivilTime;

/** The text of intervals, which are numbers of microseconds or of months. */
final class IntervalLibrary {
  private static final int MONTHS_PER_YEAR = 12;
  private static final int MICROS_PER_MILLI = 1000;

  private IntervalLibrary() {}

  static void define(Definitions library) {
    MixedIntervalLibrary.define(library);
    if (library.has("interval_text")) {
      library
          .function("bigint -> varchar", (in, out) -> out.appendText(ofMicros(in.integer(0))))
          .is("What CAST(interval AS varchar) computes: days, time, three or six digits after it.")
          .example("CAST(INTERVAL '3 04:05:06' DAY TO SECOND AS varchar)", "3 04:05:06.000")
          .example("CAST(TIME '01:00:00' - TIME '02:30:00' AS varchar)", "-0 01:30:00.000");
    }
    if (library.has("interval_months_text")) {
      library
          .function("integer -> varchar", (in, out) -> out.appendText(ofMonths(in.integer(0))))
          .is("What CAST(interval AS varchar) computes of months: years and months.")
          .example("CAST(INTERVAL '14' MONTH AS varchar)", "1-2");
    }
  }

  private static String ofMicros(long micros) {
    // negative throughout: the least of all has no opposite
    long rest = micros < 0 ? micros : -micros;
    long days = -(rest / CivilTime.MICROS_PER_DAY);
    int seconds = (int) (-(rest % CivilTime.MICROS_PER_DAY) / CivilTime.MICROS_PER_SECOND);
    int fraction = (int) -(rest % CivilTime.MICROS_PER_SECOND);
    StringBuilder text = new StringBuilder(micros < 0 ? "-" : "").append(days).append(' ');
    append(text, seconds / 3600, 2).append(':');
    append(text, seconds / 60 % 60, 2).append(':');
    append(text, seconds % 60, 2).append('.');
    boolean isMillis = fraction % MICROS_PER_MILLI == 0;
    append(text, isMillis ? fraction / MICROS_PER_MILLI : fraction, isMillis ? 3 : 6);
    return text.toString();
  }

  private static StringBuilder append(StringBuilder text, int number, int digits) {
    String shown = Integer.toString(number);
    return text.append("0".repeat(digits - shown.length())).append(shown);
  }

  private static String ofMonths(long months) {
    long absolute = Math.abs(months);
    return (months < 0 ? "-" : "") + absolute / MONTHS_PER_YEAR + "-" + absolute % MONTHS_PER_YEAR;
  }
}
