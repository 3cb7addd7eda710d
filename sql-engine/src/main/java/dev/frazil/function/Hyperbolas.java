package dev.frazil.function;

/**
 * The inverse hyperbolic functions, which Java lacks, in forms that keep their digits near 0, where
 * the logarithms of the definitions cancel.
 */
final class Hyperbolas {
  /** Above, the square of a number plus or minus one is the square. */
  private static final double LARGE = 1 << 28;

  private static final double LN_2 = Math.log(2);

  private Hyperbolas() {}

  static double arsinh(Arguments in) {
    double value = in.number(0);
    double size = Math.abs(value);
    double result =
        size > LARGE
            ? Math.log(size) + LN_2
            : Math.log1p(size + size * size / (1 + Math.sqrt(1 + size * size)));
    return Math.copySign(result, value);
  }

  static double arcosh(Arguments in) {
    double value = in.number(0);
    if (value < 1) {
      throw FunctionErrors.outOfRange("acosh(" + value + ") is undefined: it takes numbers from 1");
    }
    double above = value - 1;
    return value > LARGE
        ? Math.log(value) + LN_2
        : Math.log1p(above + Math.sqrt(above * (value + 1)));
  }

  static double artanh(Arguments in) {
    double value = in.number(0);
    if (value < -1 || value > 1) {
      throw FunctionErrors.outOfRange(
          "atanh(" + value + ") is undefined: it takes numbers from -1 to 1");
    }
    double size = Math.abs(value);
    return Math.copySign(0.5 * Math.log1p(2 * size / (1 - size)), value);
  }
}
