package dev.frazil.function;

import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.ListVectorBuilder;
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

  static void sequence(Arguments in, VectorBuilder out) {
    long from = in.integer(0);
    long to = in.integer(1);
    long step = in.count() > 2 ? in.integer(2) : from <= to ? 1 : -1;
    if (step == 0 || (step > 0 && to < from) || (step < 0 && to > from)) {
      throw FunctionErrors.argument(
          "sequence(" + from + ", " + to + ", " + step + ") never reaches its end");
    }
    double count = ((double) to - (double) from) / step;
    FunctionErrors.checkElements(count > 1e18 ? Long.MAX_VALUE : (long) count + 1, "sequence");
    // unsigned, for the ends of bigint lie further apart than a long counts
    long distance = step > 0 ? to - from : from - to;
    ListVectorBuilder list = (ListVectorBuilder) out;
    boolean days = list.elements().type() == Primitive.DATE;
    long elements = Long.divideUnsigned(distance, Math.abs(step));
    for (long i = 0; i <= elements; i++) {
      long value = from + i * step;
      if (days) {
        TimeValues.appendDay(value, list.elements());
      } else {
        list.elements().appendLong(value);
      }
    }
    list.endRow();
  }
}
