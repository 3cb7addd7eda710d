package dev.frazil.function;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.kernel.CompareKernels;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;

/** What needs more than a line in {@link NumberLibrary}. */
final class NumberBodies {
  private NumberBodies() {}

  static double arc(String function, Arguments in) {
    double value = in.number(0);
    if (value < -1 || value > 1) {
      throw FunctionErrors.outOfRange(
          function + "(" + value + ") is undefined: it takes numbers from -1 to 1");
    }
    return function.equals("asin") ? Math.asin(value) : Math.acos(value);
  }

  static void logarithm(Arguments in, VectorBuilder out) {
    out.appendDouble(
        in.count() == 1 ? logarithm(10, in.number(0)) : logarithm(in.number(0), in.number(1)));
  }

  static double logarithm(double base, double value) {
    if (base <= 0 || value <= 0) {
      throw FunctionErrors.outOfRange(
          "log(" + base + ", " + value + ") is undefined: both must be positive");
    }
    if (base == 1) {
      throw new EngineException(SqlState.DIVISION_BY_ZERO, "there is no logarithm to the base 1");
    }
    if (base == 10) {
      return Math.log10(value);
    }
    double quotient = Math.log(value) / Math.log(base);
    double rounded = Math.rint(quotient);
    // exact where the number is a power of the base
    return Math.pow(base, rounded) == value ? rounded : quotient;
  }

  static void random(Arguments in, VectorBuilder out) {
    double unit = (in.randomBits() >>> 11) * 0x1.0p-53;
    if (in.count() == 0) {
      out.appendDouble(unit);
      return;
    }
    long from = in.count() == 1 ? 0 : in.integer(0);
    long to = in.integer(in.count() - 1);
    if (from >= to) {
      throw FunctionErrors.argument("random(m, n) needs m < n, not " + from + " and " + to);
    }
    BigInteger width = BigInteger.valueOf(to).subtract(BigInteger.valueOf(from));
    BigInteger bits = new BigInteger(Long.toUnsignedString(in.randomBits()));
    out.appendLong(bits.multiply(width).shiftRight(64).add(BigInteger.valueOf(from)).longValue());
  }

  static long gcd(long left, long right) {
    BigInteger divisor = BigInteger.valueOf(left).gcd(BigInteger.valueOf(right));
    return fitting(divisor, "gcd(" + left + ", " + right + ")");
  }

  static long lcm(long left, long right) {
    if (left == 0 || right == 0) {
      return 0;
    }
    BigInteger product = BigInteger.valueOf(left).multiply(BigInteger.valueOf(right)).abs();
    BigInteger divisor = BigInteger.valueOf(left).gcd(BigInteger.valueOf(right));
    return fitting(product.divide(divisor), "lcm(" + left + ", " + right + ")");
  }

  private static long fitting(BigInteger value, String call) {
    if (value.bitLength() > 63) {
      throw FunctionErrors.outOfRange(call + " is out of the range of bigint");
    }
    return value.longValue();
  }

  static void factorial(Arguments in, VectorBuilder out) {
    long n = in.integer(0);
    if (n < 0 || n > 33) {
      throw FunctionErrors.outOfRange("factorial(" + n + "): it takes 0 to 33");
    }
    BigDecimal product = BigDecimal.ONE;
    for (long factor = 2; factor <= n; factor++) {
      product = product.multiply(BigDecimal.valueOf(factor));
    }
    out.appendDecimal(product);
  }

  static void quotient(Arguments in, VectorBuilder out) {
    long dividend = in.integer(0);
    long divisor = in.integer(1);
    if (divisor == 0) {
      throw new EngineException(SqlState.DIVISION_BY_ZERO, "division of " + dividend + " by zero");
    }
    if (dividend == Long.MIN_VALUE && divisor == -1) {
      throw FunctionErrors.outOfRange("div(" + dividend + ", -1) is out of the range of bigint");
    }
    out.appendLong(dividend / divisor);
  }

  static void toBase(Arguments in, VectorBuilder out) {
    int base = in.integer(1, Character.MIN_RADIX, Character.MAX_RADIX, "the base of to_base");
    out.appendText(Long.toString(in.integer(0), base));
  }

  static void fromBase(Arguments in, VectorBuilder out) {
    int base = in.integer(1, Character.MIN_RADIX, Character.MAX_RADIX, "the base of from_base");
    BigInteger value;
    try {
      value = new BigInteger(in.text(0), base);
    } catch (NumberFormatException notDigits) {
      throw FunctionErrors.notA(in.text(0), "a number to the base " + base);
    }
    out.appendLong(fitting(value, "from_base('" + FunctionErrors.shown(in.text(0)) + "')"));
  }

  static void within(Arguments in, VectorBuilder out) {
    long value = in.integer(0);
    if (value >= in.integer(1) && value <= in.integer(2) && value == (int) value) {
      out.appendInt(Math.toIntExact(value));
    } else if (in.count() > 3 && in.bool(3)) {
      out.appendNull();
    } else {
      throw FunctionErrors.outOfRange(
          value + " does not lie between " + in.integer(1) + " and " + in.integer(2));
    }
  }

  static void bucket(Arguments in, VectorBuilder out) {
    double value = in.number(0);
    if (in.count() == 2) {
      out.appendLong(between(value, in));
      return;
    }
    double from = in.number(1);
    double to = in.number(2);
    long parts = in.integer(3);
    if (parts < 1) {
      throw FunctionErrors.argument("width_bucket needs at least one part, not " + parts);
    }
    if (from == to || !Double.isFinite(from) || !Double.isFinite(to) || Double.isNaN(value)) {
      throw FunctionErrors.argument(
          "width_bucket needs two different finite bounds and a number, not NaN");
    }
    boolean before = from < to ? value < from : value > from;
    boolean after = from < to ? value >= to : value <= to;
    if (after && parts == Long.MAX_VALUE) {
      throw FunctionErrors.outOfRange("the part after the last is out of the range of bigint");
    }
    out.appendLong(
        before ? 0 : after ? parts + 1 : (long) (parts * ((value - from) / (to - from))) + 1);
  }

  private static long between(double value, Arguments in) {
    DoubleVector bounds = (DoubleVector) in.elements(1);
    long below = 0;
    for (int i = in.start(1); i < in.end(1); i++) {
      if (bounds.isNull(i)) {
        throw FunctionErrors.argument("a bound of width_bucket must not be null");
      }
      if (i > in.start(1)
          && CompareKernels.compareDoubles(bounds.values()[i - 1], bounds.values()[i]) > 0) {
        throw FunctionErrors.argument("the bounds of width_bucket must ascend");
      }
      below += CompareKernels.compareDoubles(bounds.values()[i], value) <= 0 ? 1 : 0;
    }
    return below;
  }

  static void shiftLeft(Arguments in, VectorBuilder out) {
    long shift = shift(in);
    out.appendLong(shift > 63 ? 0 : in.integer(0) << shift);
  }

  static void shiftRight(Arguments in, VectorBuilder out, boolean signed) {
    long value = in.integer(0);
    long shift = shift(in);
    if (signed) {
      out.appendLong(value >> Math.min(shift, 63));
    } else {
      out.appendLong(shift > 63 ? 0 : value >>> shift);
    }
  }

  private static long shift(Arguments in) {
    long shift = in.integer(1);
    if (shift < 0) {
      throw FunctionErrors.argument("bits are shifted by 0 or more, not by " + shift);
    }
    return shift;
  }
}
