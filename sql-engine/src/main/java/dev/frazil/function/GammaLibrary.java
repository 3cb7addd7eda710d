package dev.frazil.function;

import dev.frazil.error.EngineException;

/** The gamma function, and the distributions that are made of it: beta, and Student's t. */
final class GammaLibrary {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
  private static final double STIRLING_START = 16;
  private static final double LARGEST = 171.7;
  private static final double TINY = 1e-300;
  private static final int MAX_TERMS = 100_000;

  private GammaLibrary() {}

  static void define(Definitions library) {
    if (library.has("gamma")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(gamma(in.number(0))))
          .is("The gamma function; 22003 where it has no value or is too large.")
          .example("gamma(0.5e0)", "1.772453851")
          .example("gamma(6e0)", "120");
    }
    if (library.has("lgamma")) {
      library
          .function(
              "double -> double",
              (in, out) -> {
                double x = in.number(0);
                if (x <= 0 && x == Math.floor(x) && !Double.isInfinite(x)) {
                  throw noValue("lgamma", x);
                }
                out.appendDouble(logGamma(x));
              })
          .is("The logarithm of the absolute value of the gamma function.")
          .example("lgamma(1000e0)", "5905.220423");
    }
    if (library.has("beta_cdf")) {
      library
          .function(
              "double, double, double -> double",
              (in, out) -> {
                double v = share(in.number(2), "the value of beta_cdf");
                out.appendDouble(incompleteBeta(positive(in.number(0)), positive(in.number(1)), v));
              })
          .is("The share of a beta distribution of these parameters up to a value.")
          .example("beta_cdf(3, 3.6, 0.3)", "0.2176481");
    }
    if (library.has("inverse_beta_cdf")) {
      library
          .function(
              "double, double, double -> double",
              (in, out) -> {
                double p = share(in.number(2), "the share of inverse_beta_cdf");
                out.appendDouble(inverseBeta(positive(in.number(0)), positive(in.number(1)), p));
              })
          .is("The value up to which a share of a beta distribution of these parameters is.")
          .example("inverse_beta_cdf(2, 2, 0.5)", "0.5");
    }
    if (library.has("t_cdf")) {
      library
          .function(
              "double, double -> double",
              (in, out) -> out.appendDouble(studentShare(in.number(0), positive(in.number(1)))))
          .is("The share of Student's t-distribution of so many degrees of freedom up to a value.")
          .example("t_cdf(2, 3)", "0.9303370157");
    }
    if (library.has("t_pdf")) {
      library
          .function(
              "double, double -> double",
              (in, out) -> out.appendDouble(studentDensity(in.number(0), positive(in.number(1)))))
          .is("The density of Student's t-distribution of so many degrees of freedom at a value.")
          .example("t_pdf(0, 1)", "0.3183098862");
    }
  }

  private static double positive(double parameter) {
    if (parameter > 0 && !Double.isInfinite(parameter)) {
      return parameter;
    }
    throw FunctionErrors.argument("a parameter of a distribution must be positive");
  }

  private static double share(double value, String what) {
    if (value >= 0 && value <= 1) {
      return value;
    }
    throw FunctionErrors.argument(what + " must lie between 0 and 1, not " + value);
  }

  private static EngineException noValue(String function, double x) {
    return FunctionErrors.outOfRange(function + "(" + x + ") is no number that a double holds");
  }

  private static double gamma(double x) {
    if (Double.isNaN(x) || x == Double.POSITIVE_INFINITY) {
      return x;
    }
    if (x > LARGEST || (x <= 0 && x == Math.floor(x))) {
      throw noValue("gamma", x);
    }
    if (x < 0.5) {
      double product = x < -LARGEST - 1 ? Double.POSITIVE_INFINITY : sinePi(x) * gamma(1 - x);
      return Math.PI / product;
    }
    double shifted = x;
    double product = 1;
    while (shifted < STIRLING_START) {
      product *= shifted++;
    }
    // in two halves, as the power alone is too large
    double half = Math.pow(shifted, 0.5 * (shifted - 0.5));
    double value =
        Math.sqrt(2 * Math.PI) * half * Math.exp(-shifted) * half * Math.exp(rest(shifted));
    value /= product;
    if (x == Math.floor(x) && x < 19) {
      return Math.rint(value);
    }
    if (Double.isInfinite(value)) {
      throw noValue("gamma", x);
    }
    return value;
  }

  static double logGamma(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x)) {
      return Math.abs(x);
    }
    if (x < 0.5) {
      return Math.log(Math.PI / Math.abs(sinePi(x))) - logGamma(1 - x);
    }
    double shifted = x;
    double product = 1;
    while (shifted < STIRLING_START) {
      product *= shifted++;
    }
    return (shifted - 0.5) * Math.log(shifted)
        - shifted
        + HALF_LOG_TWO_PI
        + rest(shifted)
        - Math.log(product);
  }

  /** Stirling's series behind its first terms: of the Bernoulli numbers. */
  private static double rest(double x) {
    double square = 1 / (x * x);
    double sum = -691.0 / 360_360;
    sum = sum * square + 1.0 / 1188;
    sum = sum * square - 1.0 / 1680;
    sum = sum * square + 1.0 / 1260;
    sum = sum * square - 1.0 / 360;
    return (sum * square + 1.0 / 12) / x;
  }

  /** The sine of pi times x, exact where x is whole. */
  private static double sinePi(double x) {
    double part = x - 2 * Math.floor(x / 2);
    return Math.sin(Math.PI * part);
  }

  /** The regularised incomplete beta function, by its continued fraction. */
  private static double incompleteBeta(double a, double b, double x) {
    if (x <= 0 || x >= 1) {
      return x;
    }
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    // the fraction converges fast on this side of the mean
    return x < (a + 1) / (a + b + 2)
        ? front * fraction(a, b, x) / a
        : 1 - front * fraction(b, a, 1 - x) / b;
  }

  private static double fraction(double a, double b, double x) {
    double numerator = 1;
    double denominator = inverse(1 - (a + b) * x / (a + 1));
    double value = denominator;
    for (int m = 1; m < MAX_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      denominator = inverse(1 + even * denominator);
      numerator = nonZero(1 + even / numerator);
      value *= denominator * numerator;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      denominator = inverse(1 + odd * denominator);
      numerator = nonZero(1 + odd / numerator);
      double change = denominator * numerator;
      value *= change;
      if (Math.abs(change - 1) < 1e-16) {
        break;
      }
    }
    return value;
  }

  private static double inverse(double value) {
    return 1 / nonZero(value);
  }

  private static double nonZero(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  private static double inverseBeta(double a, double b, double share) {
    if (share <= 0 || share >= 1) {
      return share;
    }
    double low = 0;
    double high = 1;
    while (true) {
      double middle = 0.5 * (low + high);
      if (middle <= low || middle >= high) {
        return middle;
      }
      double found = incompleteBeta(a, b, middle);
      if (found == share) {
        return middle;
      } else if (found < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  private static double studentShare(double x, double freedom) {
    if (Double.isNaN(x)) {
      return x;
    }
    double tail = 0.5 * incompleteBeta(freedom / 2, 0.5, freedom / (freedom + x * x));
    return x > 0 ? 1 - tail : tail;
  }

  private static double studentDensity(double x, double freedom) {
    double log =
        logGamma((freedom + 1) / 2)
            - logGamma(freedom / 2)
            - 0.5 * Math.log(freedom * Math.PI)
            - (freedom + 1) / 2 * Math.log1p(x * x / freedom);
    return Math.exp(log);
  }
}
