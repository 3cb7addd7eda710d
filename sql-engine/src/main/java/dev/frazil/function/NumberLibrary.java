package dev.frazil.function;

import dev.frazil.type.SqlType.Primitive;

/** The functions of numbers. */
final class NumberLibrary {
  private NumberLibrary() {}

  static void define(Definitions library) {
    DistributionLibrary.define(library);
    GammaLibrary.define(library);
    roots(library);
    constants(library);
    integers(library);
    bits(library);
    floating(library);
    AngleLibrary.define(library);
    DegreeLibrary.define(library);
    DigitLibrary.define(library);
    VectorLibrary.define(library);
  }

  private static void roots(Definitions library) {
    if (library.has("cbrt")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(Math.cbrt(in.number(0))))
          .is("The cube root.")
          .example("cbrt(27)", "3");
    }
    if (library.has("log2")) {
      library
          .function(
              "double -> double",
              (in, out) -> out.appendDouble(NumberBodies.logarithm(2, in.number(0))))
          .is("The logarithm to the base 2.")
          .example("log2(1024)", "10");
    }
    if (library.has("log")) {
      library
          .function("double -> double | double, double -> double", NumberBodies::logarithm)
          .is("The logarithm: log(x) to the base 10, log(b, x) to the base b.")
          .example("log(1000)", "3")
          .example("log(2, 64)", "6");
    }
    if (library.has("square")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(in.number(0) * in.number(0)))
          .is("A number times itself, as a double.")
          .example("square(1.5)", "2.25");
    }
  }

  private static void constants(Definitions library) {
    if (library.has("pi")) {
      library
          .function("-> double", (in, out) -> out.appendDouble(Math.PI))
          .is("The ratio of a circle's circumference to its diameter.")
          .example("pi()", "3.141592654");
    }
    if (library.has("e")) {
      library
          .function("-> double", (in, out) -> out.appendDouble(Math.E))
          .is("The base of the natural logarithm.")
          .example("e()", "2.718281828");
    }
    if (library.has("random", "rand")) {
      library
          .function("-> double | bigint -> bigint | bigint, bigint -> bigint", NumberBodies::random)
          .is(
              "A random number: in [0, 1), an integer in [0, n), or one in [m, n); new for each"
                  + " row.")
          .isVolatile()
          .example("random()", "")
          .example("random(1, 7)", "");
    }
    if (library.has("random_normal")) {
      library
          .function("double?, double? -> double", DistributionLibrary::randomNormal)
          .is("A random number with a mean (0) and a standard deviation (1), new for each row.")
          .isVolatile()
          .example("random_normal()", "")
          .example("random_normal(100, 15)", "");
    }
  }

  private static void integers(Definitions library) {
    if (library.has("gcd", "greatest_common_divisor")) {
      library
          .function(
              "bigint, bigint -> bigint",
              (in, out) -> out.appendLong(NumberBodies.gcd(in.integer(0), in.integer(1))))
          .is("The greatest common divisor, never negative.")
          .example("gcd(42, 57)", "3");
    }
    if (library.has("lcm", "least_common_multiple")) {
      library
          .function(
              "bigint, bigint -> bigint",
              (in, out) -> out.appendLong(NumberBodies.lcm(in.integer(0), in.integer(1))))
          .is("The least common multiple, never negative.")
          .example("lcm(42, 57)", "798");
    }
    if (library.has("factorial")) {
      library
          .function("bigint -> decimal", NumberBodies::factorial)
          .is("1 * 2 * ... * n, for n up to 33.")
          .example("factorial(20)", "2432902008176640000");
    }
    if (library.has("div")) {
      library
          .function("bigint, bigint -> bigint", NumberBodies::quotient)
          .is("The quotient of two integers, cut towards zero.")
          .example("div(-7, 2)", "-3");
    }
    if (library.has("to_base")) {
      library
          .function("bigint, bigint -> varchar", NumberBodies::toBase)
          .is("An integer in the digits of a base from 2 to 36.")
          .example("to_base(255, 16)", "ff");
    }
    if (library.has("from_base")) {
      library
          .function("varchar, bigint -> bigint", NumberBodies::fromBase)
          .is("The integer that digits of a base from 2 to 36 stand for.")
          .example("from_base('ff', 16)", "255");
    }
    if (library.has("integer_within")) {
      library
          .function("bigint, bigint, bigint, boolean? -> integer", NumberBodies::within)
          .is("An integer that must lie between two others (22003, or null if the last is true).")
          .example("integer_within(5, 1, 9)", "5")
          .example("integer_within(50, 1, 9, true)", "NULL")
          .example("CAST(12.6 AS SMALLINT)", "13");
    }
    if (library.has("width_bucket")) {
      library
          .function(
              "double, double, double, bigint -> bigint | double, array(double) -> bigint",
              NumberBodies::bucket)
          .is(
              "In which of n equal parts of a range a number lies, or between which bounds of an"
                  + " array.")
          .example("width_bucket(5.3, 0.2, 10.6, 5)", "3")
          .example("width_bucket(3, array[1, 2, 4])", "2");
    }
  }

  private static void bits(Definitions library) {
    if (library.has("bitwise_and")) {
      library
          .function(
              "bigint, bigint -> bigint",
              (in, out) -> out.appendLong(in.integer(0) & in.integer(1)))
          .is("The bits that both have.")
          .example("bitwise_and(12, 10)", "8");
    }
    if (library.has("bitwise_or")) {
      library
          .function(
              "bigint, bigint -> bigint",
              (in, out) -> out.appendLong(in.integer(0) | in.integer(1)))
          .is("The bits that either has.")
          .example("bitwise_or(12, 10)", "14");
    }
    if (library.has("bitwise_xor", "xor")) {
      library
          .function(
              "bigint, bigint -> bigint",
              (in, out) -> out.appendLong(in.integer(0) ^ in.integer(1)))
          .is("The bits that one has.")
          .example("bitwise_xor(12, 10)", "6");
    }
    if (library.has("bitwise_not")) {
      library
          .function("bigint -> bigint", (in, out) -> out.appendLong(~in.integer(0)))
          .is("All bits turned over.")
          .example("bitwise_not(12)", "-13");
    }
    if (library.has("bitwise_left_shift")) {
      library
          .function("bigint, bigint -> bigint", NumberBodies::shiftLeft)
          .is("Bits moved to the left; what leaves the 64 bits is lost.")
          .example("bitwise_left_shift(3, 4)", "48");
    }
    if (library.has("bitwise_right_shift")) {
      library
          .function(
              "bigint, bigint -> bigint", (in, out) -> NumberBodies.shiftRight(in, out, false))
          .is("Bits moved to the right, zeros after them.")
          .example("bitwise_right_shift(48, 4)", "3");
    }
    if (library.has("bitwise_right_shift_arithmetic")) {
      library
          .function("bigint, bigint -> bigint", (in, out) -> NumberBodies.shiftRight(in, out, true))
          .is("Bits moved to the right, the sign after them.")
          .example("bitwise_right_shift_arithmetic(-48, 4)", "-3");
    }
    if (library.has("bit_count")) {
      library
          .function(
              "bigint -> bigint | bigint, bigint -> bigint | varbinary -> bigint",
              DigitLibrary::bitCount)
          .is(
              "How many bits of the 64, of as many as the second argument says, or of bytes, are set.")
          .example("bit_count(7)", "3")
          .example("bit_count(-7, 8)", "6");
    }
  }

  private static void floating(Definitions library) {
    if (library.has("is_nan", "isnan")) {
      library
          .function("double -> boolean", (in, out) -> out.appendBoolean(Double.isNaN(in.number(0))))
          .is("Whether it is not a number.")
          .example("is_nan(nan())", "true");
    }
    if (library.has("is_finite", "isfinite")) {
      library
          .function(
              "double -> boolean | D -> boolean",
              (in, out) ->
                  out.appendBoolean(
                      in.vector(0).type() != Primitive.DOUBLE || Double.isFinite(in.number(0))))
          .is("Whether it is neither infinite nor NaN; dates and timestamps all are.")
          .example("is_finite(1e300)", "true");
    }
    if (library.has("is_infinite", "isinf")) {
      library
          .function(
              "double -> boolean", (in, out) -> out.appendBoolean(Double.isInfinite(in.number(0))))
          .is("Whether it is infinite.")
          .example("is_infinite(-infinity())", "true");
    }
    if (library.has("infinity")) {
      library
          .function("-> double", (in, out) -> out.appendDouble(Double.POSITIVE_INFINITY))
          .is("Positive infinity.")
          .example("infinity()", "Infinity");
    }
    if (library.has("nan")) {
      library
          .function("-> double", (in, out) -> out.appendDouble(Double.NaN))
          .is("Not a number.")
          .example("nan()", "NaN");
    }
  }
}
