package dev.frazil.function;

import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.VectorBuilder;
import java.util.BitSet;

/** The digits of numbers. */
final class DigitLibrary {
  private DigitLibrary() {}

  static void define(Definitions library) {
    if (library.has("scale")) {
      library
          .function("X -> integer", (in, out) -> out.appendInt(Math.max(0, in.exact(0).scale())))
          .is("How many digits after the point the type of an exact number has.")
          .example("scale(8.4100)", "4");
    }
    if (library.has("min_scale")) {
      library
          .function(
              "X -> integer",
              (in, out) -> out.appendInt(Math.max(0, in.exact(0).stripTrailingZeros().scale())))
          .is("How many digits after the point an exact number needs.")
          .example("min_scale(8.4100)", "2");
    }
    if (library.has("to_bin")) {
      library
          .function(
              "bigint -> varchar", (in, out) -> out.appendText(Long.toBinaryString(in.integer(0))))
          .is("The binary digits, of a negative number those of its 64 bits.")
          .example("to_bin(10)", "1010");
    }
    if (library.has("to_oct")) {
      library
          .function(
              "bigint -> varchar", (in, out) -> out.appendText(Long.toOctalString(in.integer(0))))
          .is("The octal digits, of a negative number those of its 64 bits.")
          .example("to_oct(64)", "100");
    }
    if (library.has("wilson_interval_lower")) {
      library
          .function("bigint, bigint, double -> double", (in, out) -> wilson(in, out, -1))
          .is("The lower bound of Wilson's interval: of successes, trials, at a z-score.")
          .example("wilson_interval_lower(1250, 1310, 1.96e0)", "0.9414883725");
    }
    if (library.has("wilson_interval_upper")) {
      library
          .function("bigint, bigint, double -> double", (in, out) -> wilson(in, out, 1))
          .is("The upper bound of Wilson's interval: of successes, trials, at a z-score.")
          .example("wilson_interval_upper(1250, 1310, 1.96e0)", "0.9642524717");
    }
    if (library.has("num_nulls")) {
      library
          .function("any, any... -> integer", (in, out) -> out.appendInt(nulls(in)))
          .is("How many of the arguments are null.")
          .takesNulls()
          .example("num_nulls(1, NULL, 2)", "1");
    }
    if (library.has("num_nonnulls")) {
      library
          .function("any, any... -> integer", (in, out) -> out.appendInt(in.count() - nulls(in)))
          .is("How many of the arguments are not null.")
          .takesNulls()
          .example("num_nonnulls(1, NULL, 2)", "2");
    }
  }

  static void bitCount(Arguments in, VectorBuilder out) {
    if (in.vector(0).type() == Primitive.VARBINARY) {
      out.appendLong(BitSet.valueOf(in.bytes(0)).cardinality());
      return;
    }
    long value = in.integer(0);
    int bits = in.count() > 1 ? in.integer(1, 2, 64, "the number of bits of bit_count") : 64;
    if (value >> (bits - 1) != 0 && value >> (bits - 1) != -1) {
      throw FunctionErrors.argument(value + " has no place in " + bits + " bits");
    }
    out.appendLong(Long.bitCount(bits == 64 ? value : value & (1L << bits) - 1));
  }

  private static int nulls(Arguments in) {
    int nulls = 0;
    for (int i = 0; i < in.count(); i++) {
      nulls += in.isNull(i) ? 1 : 0;
    }
    return nulls;
  }

  private static void wilson(Arguments in, VectorBuilder out, int side) {
    double successes = (double) in.integer(0);
    double trials = (double) in.integer(1);
    double z = in.number(2);
    if (successes < 0 || trials <= 0 || successes > trials || !(z >= 0)) {
      throw FunctionErrors.argument(
          "Wilson's interval wants 0 <= successes <= trials, trials above 0, and z not negative");
    }
    double share = successes / trials;
    double square = z * z / trials;
    double half = z * Math.sqrt(share * (1 - share) / trials + square / (4 * trials));
    out.appendDouble((share + square / 2 + side * half) / (1 + square));
  }
}
