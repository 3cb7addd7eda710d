package dev.frazil.function;

import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorBuilder;

/** Arrays of numbers. */
final class ArraySums {
  private ArraySums() {}

  static void sum(Arguments in, VectorBuilder out) {
    if (in.elements(0) instanceof DoubleVector) {
      out.appendDouble(total(in));
      return;
    }
    LongVector elements = (LongVector) in.elements(0);
    long sum = 0;
    for (int i = in.start(0); i < in.end(0); i++) {
      if (!elements.isNull(i)) {
        try {
          sum = Math.addExact(sum, elements.values()[i]);
        } catch (ArithmeticException overflow) {
          throw FunctionErrors.outOfRange("the sum of an array is out of the range of bigint");
        }
      }
    }
    out.appendLong(sum);
  }

  static void average(Arguments in, VectorBuilder out) {
    int count = 0;
    for (int i = in.start(0); i < in.end(0); i++) {
      count += in.elements(0).isNull(i) ? 0 : 1;
    }
    if (count == 0) {
      out.appendNull();
    } else {
      out.appendDouble(total(in) / count);
    }
  }

  private static double total(Arguments in) {
    DoubleVector elements = (DoubleVector) in.elements(0);
    double sum = 0;
    for (int i = in.start(0); i < in.end(0); i++) {
      sum += elements.isNull(i) ? 0 : elements.values()[i];
    }
    return sum;
  }
}
