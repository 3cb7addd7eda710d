package dev.frazil.function;

import dev.frazil.error.EngineException;
import dev.frazil.kernel.CivilTime;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An interval of months, days and microseconds, each with its own sign, as PostgreSQL has it.
 *
 * <p>In the engine it is one {@code decimal(38, 0)}: its length (a month counts 30 days) in
 * microseconds, times 2 to the 61, plus the months times 2 to the 35, plus the days. So sums, signs
 * and the order of intervals are those of the numbers; what does not fit any more is found when the
 * number is read. See {@code docs/adr/intervals-as-numbers.md}. Immutable.
 */
record MixedInterval(long months, long days, long micros) {
  static final long DAYS_PER_MONTH = 30;
  static final long MONTHS_PER_YEAR = 12;

  private static final int DAY_BITS = 35;
  private static final int LENGTH_SHIFT = 61;
  private static final long MAX_MONTHS = 1L << 24;
  private static final long MAX_DAYS = 1L << 33;
  private static final BigInteger LONGEST = BigInteger.TEN.pow(38).shiftRight(LENGTH_SHIFT);

  /** Of parts that may be too large (22008). */
  static MixedInterval of(BigInteger months, BigInteger days, BigInteger micros) {
    if (months.bitLength() > 62 || days.bitLength() > 62 || micros.bitLength() > 62) {
      throw outOfRange();
    }
    return new MixedInterval(months.longValue(), days.longValue(), micros.longValue());
  }

  /** The interval that a number stands for (22008). */
  static MixedInterval decode(BigDecimal number) {
    BigInteger value = number.toBigInteger();
    // both parts are signed: what is left of them after rounding to the next multiple
    long parts = signedLow(value, LENGTH_SHIFT);
    BigInteger length = value.subtract(BigInteger.valueOf(parts)).shiftRight(LENGTH_SHIFT);
    long days = parts << (Long.SIZE - DAY_BITS) >> (Long.SIZE - DAY_BITS);
    long months = (parts - days) >> DAY_BITS;
    BigInteger micros = length.subtract(length(months, days));
    if (Math.abs(months) > MAX_MONTHS || Math.abs(days) > MAX_DAYS || micros.bitLength() > 62) {
      throw outOfRange();
    }
    return new MixedInterval(months, days, micros.longValue());
  }

  /** The number that stands for it (22008). */
  BigDecimal encode() {
    BigInteger length = length();
    if (Math.abs(months) > MAX_MONTHS
        || Math.abs(days) > MAX_DAYS
        || length.abs().compareTo(LONGEST) >= 0) {
      throw outOfRange();
    }
    return new BigDecimal(
        length.shiftLeft(LENGTH_SHIFT).add(BigInteger.valueOf((months << DAY_BITS) + days)));
  }

  /** In microseconds, where a month has 30 days, and a day 24 hours: what intervals compare by. */
  BigInteger length() {
    return length(months, days).add(BigInteger.valueOf(micros));
  }

  private static BigInteger length(long months, long days) {
    return BigInteger.valueOf(months * DAYS_PER_MONTH + days)
        .multiply(BigInteger.valueOf(CivilTime.MICROS_PER_DAY));
  }

  private static long signedLow(BigInteger value, int bits) {
    return value.longValue() << (Long.SIZE - bits) >> (Long.SIZE - bits);
  }

  /** From one clock time to a later one, in whole years, months, days and the rest. */
  static MixedInterval between(long from, long to) {
    return from <= to ? forward(from, to) : forward(to, from).negated();
  }

  private static MixedInterval forward(long from, long to) {
    long fromDay = CivilTime.pack(CivilTime.epochDayOfMicros(from));
    long toDay = CivilTime.pack(CivilTime.epochDayOfMicros(to));
    long months =
        (CivilTime.year(toDay) - CivilTime.year(fromDay)) * MONTHS_PER_YEAR
            + CivilTime.month(toDay)
            - CivilTime.month(fromDay);
    long days = (long) CivilTime.day(toDay) - CivilTime.day(fromDay);
    long micros = CivilTime.microsOfDay(to) - CivilTime.microsOfDay(from);
    if (micros < 0) {
      micros += CivilTime.MICROS_PER_DAY;
      days--;
    }
    if (days < 0) {
      days += CivilTime.lengthOfMonth(CivilTime.year(fromDay), CivilTime.month(fromDay));
      months--;
    }
    return new MixedInterval(months, days, micros);
  }

  private MixedInterval negated() {
    return new MixedInterval(-months, -days, -micros);
  }

  /** Whole days of its hours, with one sign for both. */
  MixedInterval withDaysOfHours() {
    long wholeDays = days + micros / CivilTime.MICROS_PER_DAY;
    long rest = micros % CivilTime.MICROS_PER_DAY;
    int shift = borrow(wholeDays, rest);
    return new MixedInterval(months, wholeDays + shift, rest - shift * CivilTime.MICROS_PER_DAY);
  }

  /** Months of its days, 30 each, with one sign for both. */
  MixedInterval withMonthsOfDays() {
    long wholeMonths = months + days / DAYS_PER_MONTH;
    long rest = days % DAYS_PER_MONTH;
    int shift = borrow(wholeMonths, rest);
    return new MixedInterval(wholeMonths + shift, rest - shift * DAYS_PER_MONTH, micros);
  }

  /** Both, with one sign for all parts. */
  MixedInterval justified() {
    long allDays = days + micros / CivilTime.MICROS_PER_DAY;
    long rest = micros % CivilTime.MICROS_PER_DAY;
    long wholeMonths = months + allDays / DAYS_PER_MONTH;
    allDays %= DAYS_PER_MONTH;
    int shift = borrow(wholeMonths, allDays == 0 ? rest : allDays);
    wholeMonths += shift;
    allDays -= shift * DAYS_PER_MONTH;
    shift = borrow(allDays, rest);
    return new MixedInterval(wholeMonths, allDays + shift, rest - shift * CivilTime.MICROS_PER_DAY);
  }

  /** What to add to the greater unit so that the rest has its sign. */
  private static int borrow(long whole, long rest) {
    return whole > 0 && rest < 0 ? -1 : whole < 0 && rest > 0 ? 1 : 0;
  }

  /** With every part times a number; parts of a month become days, parts of a day time. */
  MixedInterval times(double factor) {
    return scaled(months * factor, days * factor, micros * factor);
  }

  MixedInterval dividedBy(double divisor) {
    return scaled(months / divisor, days / divisor, micros / divisor);
  }

  private static MixedInterval scaled(double months, double days, double micros) {
    double wholeMonths = truncated(months);
    double wholeDays = truncated(days);
    // to the microsecond, so that 0.1 months are 3 days
    double restDays = toMicros((months - wholeMonths) * DAYS_PER_MONTH);
    double seconds = toMicros((days - wholeDays + restDays - truncated(restDays)) * 86_400);
    if (Math.abs(seconds) >= 86_400) {
      wholeDays += truncated(seconds / 86_400);
      seconds -= truncated(seconds / 86_400) * 86_400;
    }
    double time = Math.rint(micros + seconds * 1e6);
    if (!(Math.abs(wholeMonths) < 1e12 && Math.abs(wholeDays) < 1e15 && Math.abs(time) < 4e18)) {
      throw outOfRange();
    }
    return new MixedInterval((long) wholeMonths, (long) wholeDays + (long) restDays, (long) time);
  }

  private static double truncated(double value) {
    return value < 0 ? Math.ceil(value) : Math.floor(value);
  }

  private static double toMicros(double value) {
    return Math.rint(value * 1e6) / 1e6;
  }

  /** As PostgreSQL writes it: {@code 1 year 2 mons 3 days 04:05:06.5}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    boolean isNegative = part(text, months / MONTHS_PER_YEAR, "year", false);
    isNegative = part(text, months % MONTHS_PER_YEAR, "mon", isNegative);
    isNegative = part(text, days, "day", isNegative);
    if (micros == 0 && text.length() > 0) {
      return text.toString();
    }
    if (text.length() > 0) {
      text.append(' ');
    }
    text.append(micros < 0 ? "-" : isNegative ? "+" : "");
    long time = Math.abs(micros);
    digits(text, time / CivilTime.MICROS_PER_HOUR).append(':');
    digits(text, time / CivilTime.MICROS_PER_MINUTE % 60).append(':');
    digits(text, time / CivilTime.MICROS_PER_SECOND % 60);
    long fraction = time % CivilTime.MICROS_PER_SECOND;
    if (fraction != 0) {
      String shown = Long.toString(CivilTime.MICROS_PER_SECOND + fraction).substring(1);
      text.append('.').append(shown.replaceAll("0+$", ""));
    }
    return text.toString();
  }

  /** Appends a part that is not zero; whether the last part shown is negative. */
  private static boolean part(StringBuilder text, long value, String unit, boolean isNegative) {
    if (value == 0) {
      return isNegative;
    }
    text.append(text.length() == 0 ? "" : " ")
        .append(isNegative && value > 0 ? "+" : "")
        .append(value)
        .append(' ')
        .append(unit)
        .append(value == 1 ? "" : "s");
    return value < 0;
  }

  private static StringBuilder digits(StringBuilder text, long number) {
    return text.append(number < 10 ? "0" : "").append(number);
  }

  private static EngineException outOfRange() {
    return FunctionErrors.timeOutOfRange(
        "the interval is out of range: months, days and time of about a million years");
  }
}
