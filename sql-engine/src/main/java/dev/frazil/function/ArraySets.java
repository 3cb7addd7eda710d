package dev.frazil.function;

import dev.frazil.kernel.CompareKernels;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.VectorBuilder;

/** Arrays as sets. */
final class ArraySets {
  private ArraySets() {}

  /** Of one array or of several. */
  static void union(Arguments in, VectorBuilder out) {
    ListVectorBuilder list = (ListVectorBuilder) out;
    ElementSet seen = new ElementSet();
    for (int array = 0; array < in.count(); array++) {
      ColumnVector elements = in.elements(array);
      for (int i = in.start(array); i < in.end(array); i++) {
        if (seen.add(elements, i)) {
          list.elements().appendFrom(elements, i);
        }
      }
    }
    list.endRow();
  }

  /** What is in the first array and is, or is not, in the second. */
  static void filter(Arguments in, VectorBuilder out, boolean wanted) {
    ListVectorBuilder list = (ListVectorBuilder) out;
    ElementSet other = all(in, 1);
    ElementSet seen = new ElementSet();
    ColumnVector elements = in.elements(0);
    for (int i = in.start(0); i < in.end(0); i++) {
      if (other.contains(elements, i) == wanted && seen.add(elements, i)) {
        list.elements().appendFrom(elements, i);
      }
    }
    list.endRow();
  }

  static void overlap(Arguments in, VectorBuilder out) {
    ElementSet other = all(in, 1);
    ColumnVector elements = in.elements(0);
    boolean found = false;
    for (int i = in.start(0); i < in.end(0) && !found; i++) {
      found = !elements.isNull(i) && other.contains(elements, i);
    }
    out.appendBoolean(found);
  }

  private static ElementSet all(Arguments in, int array) {
    ElementSet set = new ElementSet();
    for (int i = in.start(array); i < in.end(array); i++) {
      set.add(in.elements(array), i);
    }
    return set;
  }

  static void remove(Arguments in, VectorBuilder out) {
    ListVectorBuilder list = (ListVectorBuilder) out;
    ColumnVector elements = in.elements(0);
    for (int i = in.start(0); i < in.end(0); i++) {
      if (!CompareKernels.equal(elements, i, in.vector(1), in.row())) {
        list.elements().appendFrom(elements, i);
      }
    }
    list.endRow();
  }

  /** Sees nulls: one may be looked for, and one may come instead. */
  static void replace(Arguments in, VectorBuilder out) {
    if (in.isNull(0)) {
      out.appendNull();
      return;
    }
    ListVectorBuilder list = (ListVectorBuilder) out;
    ColumnVector elements = in.elements(0);
    for (int i = in.start(0); i < in.end(0); i++) {
      if (CompareKernels.equal(elements, i, in.vector(1), in.row())) {
        list.elements().appendFrom(in.vector(2), in.row());
      } else {
        list.elements().appendFrom(elements, i);
      }
    }
    list.endRow();
  }
}
