package dev.frazil.function;

import dev.frazil.kernel.CompareKernels;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.VectorBuilder;

/** Looks for elements. */
final class ArraySearches {
  private ArraySearches() {}

  static void contains(Arguments in, VectorBuilder out) {
    if (!(in.vector(0) instanceof ListVector)) {
      out.appendBoolean(in.text(0).contains(in.text(1)));
      return;
    }
    ColumnVector elements = in.elements(0);
    boolean sawNull = false;
    for (int i = in.start(0); i < in.end(0); i++) {
      if (elements.isNull(i)) {
        sawNull = true;
      } else if (CompareKernels.compare(elements, i, in.vector(1), in.row()) == 0) {
        out.appendBoolean(true);
        return;
      }
    }
    if (sawNull) {
      out.appendNull();
    } else {
      out.appendBoolean(false);
    }
  }

  /** Whether the comparison holds for one element, or for all: three-valued. */
  static void compare(Arguments in, VectorBuilder out, boolean all) {
    if (in.isNull(2)) {
      out.appendNull();
      return;
    }
    String operator = in.text(0);
    ColumnVector elements = in.elements(2);
    boolean sawNull = false;
    for (int i = in.start(2); i < in.end(2); i++) {
      if (in.isNull(1) || elements.isNull(i)) {
        sawNull = true;
      } else if (holds(operator, CompareKernels.compare(in.vector(1), in.row(), elements, i))
          != all) {
        out.appendBoolean(!all);
        return;
      }
    }
    if (sawNull) {
      out.appendNull();
    } else {
      out.appendBoolean(all);
    }
  }

  private static boolean holds(String operator, int order) {
    return switch (operator) {
      case "=" -> order == 0;
      case "<>" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default ->
          throw FunctionErrors.argument("'" + operator + "' is no comparison: = <> < <= > >=");
    };
  }

  /** The element at a position of the array's vector, if it is one of the array. */
  static void edge(Arguments in, VectorBuilder out, int at) {
    if (at >= in.start(0) && at < in.end(0)) {
      out.appendFrom(in.elements(0), at);
    } else {
      out.appendNull();
    }
  }

  static void position(Arguments in, VectorBuilder out) {
    ColumnVector elements = in.elements(0);
    for (int i = in.start(0); i < in.end(0); i++) {
      if (CompareKernels.equal(elements, i, in.vector(1), in.row())) {
        out.appendLong(i - in.start(0) + 1L);
        return;
      }
    }
    out.appendLong(0);
  }

  static void elementAt(Arguments in, VectorBuilder out) {
    if (in.vector(0) instanceof ListVector) {
      long index = in.integer(1);
      int length = in.end(0) - in.start(0);
      if (index == 0) {
        throw FunctionErrors.argument("elements are counted from 1, or from -1");
      }
      long at = index > 0 ? index - 1 : length + index;
      if (at < 0 || at >= length) {
        out.appendNull();
      } else {
        out.appendFrom(in.elements(0), in.start(0) + (int) at);
      }
      return;
    }
    for (int i = in.start(0); i < in.end(0); i++) {
      if (CompareKernels.compare(in.elements(0), i, in.vector(1), in.row()) == 0) {
        out.appendFrom(in.mapValues(0), i);
        return;
      }
    }
    out.appendNull();
  }

  static void extreme(Arguments in, VectorBuilder out, boolean greatest) {
    ColumnVector elements = in.elements(0);
    int best = -1;
    for (int i = in.start(0); i < in.end(0); i++) {
      if (elements.isNull(i)) {
        out.appendNull();
        return;
      }
      int order = best < 0 ? 0 : CompareKernels.compare(elements, i, elements, best);
      if (best < 0 || (greatest ? order > 0 : order < 0)) {
        best = i;
      }
    }
    if (best < 0) {
      out.appendNull();
    } else {
      out.appendFrom(elements, best);
    }
  }
}
