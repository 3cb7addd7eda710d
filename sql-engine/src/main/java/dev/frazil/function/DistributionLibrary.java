package dev.frazil.function;

import dev.frazil.vector.VectorBuilder;

/** The error function and the normal distribution. */
final class DistributionLibrary {
  private static final double SQRT_2 = Math.sqrt(2);
  private static final double TWO_BY_SQRT_PI = 2 / Math.sqrt(Math.PI);

  /** From here on the continued fraction converges faster than the series. */
  private static final double SERIES_LIMIT = 2.5;

  private DistributionLibrary() {}

  static void define(Definitions library) {
    if (library.has("erf")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(erf(in.number(0))))
          .is("The error function.")
          .example("erf(0.5e0)", "0.5204998778");
    }
    if (library.has("erfc")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(erfc(in.number(0))))
          .is("One less the error function, exact where that is small.")
          .example("erfc(3e0)", "0.000022090497");
    }
    if (library.has("normal_cdf")) {
      library
          .function(
              "double, double, double -> double",
              (in, out) ->
                  out.appendDouble(
                      cumulative((in.number(2) - in.number(0)) / deviation(in.number(1)))))
          .is("The share of a normal distribution of this mean and deviation up to a value.")
          .example("normal_cdf(0, 1, 1.96)", "0.9750021049");
    }
    if (library.has("inverse_normal_cdf")) {
      library
          .function(
              "double, double, double -> double",
              (in, out) ->
                  out.appendDouble(in.number(0) + deviation(in.number(1)) * quantile(in.number(2))))
          .is(
              "The value up to which a share of a normal distribution of this mean and deviation is.")
          .example("inverse_normal_cdf(0, 1, 0.975)", "1.959963985");
    }
  }

  private static double deviation(double deviation) {
    if (deviation > 0) {
      return deviation;
    }
    throw FunctionErrors.argument("a deviation must be greater than zero");
  }

  private static double erf(double x) {
    return Math.abs(x) < SERIES_LIMIT ? series(x) : Math.signum(x) * (1 - erfc(Math.abs(x)));
  }

  private static double erfc(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (x < SERIES_LIMIT) {
      return x > -SERIES_LIMIT ? 1 - series(x) : 2 - erfc(-x);
    }
    return fraction(x);
  }

  /** Abramowitz and Stegun 7.1.6, whose terms are all of one sign. */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return TWO_BY_SQRT_PI * Math.exp(-x * x) * sum;
  }

  /** Abramowitz and Stegun 7.1.14, from the innermost fraction outwards. */
  private static double fraction(double x) {
    double denominator = x;
    for (int n = 120; n > 0; n--) {
      denominator = x + n / 2.0 / denominator;
    }
    return Math.exp(-x * x) / (denominator * Math.sqrt(Math.PI));
  }

  private static double cumulative(double deviations) {
    return erfc(-deviations / SQRT_2) / 2;
  }

  /** By bisection, to the last digit that the distribution tells apart. */
  private static double quantile(double share) {
    if (!(share > 0 && share < 1)) {
      throw FunctionErrors.argument("a share must lie between 0 and 1");
    }
    double low = -40;
    double high = 40;
    while (true) {
      double middle = (low + high) / 2;
      if (middle <= low || middle >= high) {
        return middle;
      }
      if (cumulative(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  /** By the polar form of Box and Muller. */
  static void randomNormal(Arguments in, VectorBuilder out) {
    double radius = Math.sqrt(-2 * Math.log(1 - uniform(in)));
    double value = radius * Math.cos(2 * Math.PI * uniform(in));
    double mean = in.count() > 0 ? in.number(0) : 0;
    out.appendDouble(mean + value * (in.count() > 1 ? in.number(1) : 1));
  }

  private static double uniform(Arguments in) {
    return (in.randomBits() >>> 11) * 0x1p-53;
  }
}
