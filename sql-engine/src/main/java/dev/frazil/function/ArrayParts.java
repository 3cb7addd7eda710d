package dev.frazil.function;

import dev.frazil.kernel.CompareKernels;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.StructVectorBuilder;
import dev.frazil.vector.VectorBuilder;
import java.util.Arrays;

/** Arrays in another order, in parts, and put together. */
final class ArrayParts {
  private ArrayParts() {}

  static void sort(Arguments in, VectorBuilder out, boolean descending) {
    ListVectorBuilder list = (ListVectorBuilder) out;
    for (int position : sorted(in, descending)) {
      list.elements().appendFrom(in.elements(0), position);
    }
    list.endRow();
  }

  /** The positions of the elements of argument 0 by their order, nulls last. */
  static Integer[] sorted(Arguments in, boolean descending) {
    ColumnVector elements = in.elements(0);
    Integer[] positions = new Integer[in.end(0) - in.start(0)];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = in.start(0) + i;
    }
    Arrays.sort(
        positions,
        (left, right) ->
            CompareKernels.compare(elements, left, elements, right, descending, false));
    return positions;
  }

  static void reverse(Arguments in, VectorBuilder out) {
    ListVectorBuilder list = (ListVectorBuilder) out;
    for (int i = in.end(0) - 1; i >= in.start(0); i--) {
      list.elements().appendFrom(in.elements(0), i);
    }
    list.endRow();
  }

  static void slice(Arguments in, VectorBuilder out) {
    long start = in.integer(1);
    long length = in.integer(2);
    if (start == 0 || length < 0) {
      throw FunctionErrors.argument(
          "slice counts from 1, or from -1, and takes no negative length: "
              + start
              + ", "
              + length);
    }
    int count = in.end(0) - in.start(0);
    long from = start > 0 ? start - 1 : count + start;
    boolean inside = from >= 0 && from < count;
    append(in, (ListVectorBuilder) out, inside ? from : 0, inside ? length : 0);
  }

  private static void append(Arguments in, ListVectorBuilder list, long from, long length) {
    int count = in.end(0) - in.start(0);
    int taken = (int) Math.min(length, count - from);
    list.elements().appendRange(in.elements(0), in.start(0) + (int) from, taken);
    list.endRow();
  }

  static void length(Arguments in, VectorBuilder out) {
    int length = in.end(0) - in.start(0);
    if (in.count() > 1 && (length == 0 || in.integer(1) != 1)) {
      out.appendNull();
    } else {
      out.appendLong(length);
    }
  }

  static void trim(Arguments in, VectorBuilder out) {
    int count = in.end(0) - in.start(0);
    long removed = in.integer(1);
    if (removed < 0 || removed > count) {
      throw FunctionErrors.argument(
          "trim_array removes 0 to " + count + " elements here, not " + removed);
    }
    append(in, (ListVectorBuilder) out, 0, count - removed);
  }

  static void flatten(Arguments in, VectorBuilder out) {
    ListVectorBuilder list = (ListVectorBuilder) out;
    ListVector arrays = (ListVector) in.elements(0);
    for (int i = in.start(0); i < in.end(0); i++) {
      if (!arrays.isNull(i)) {
        int from = arrays.offsets()[i];
        list.elements().appendRange(arrays.elements(), from, arrays.offsets()[i + 1] - from);
      }
    }
    list.endRow();
  }

  static void concatenate(Arguments in, VectorBuilder out) {
    ListVectorBuilder list = (ListVectorBuilder) out;
    for (int i = 0; i < in.count(); i++) {
      list.elements().appendRange(in.elements(i), in.start(i), in.end(i) - in.start(i));
    }
    list.endRow();
  }

  /** The array is argument {@code array}, the element the other one. */
  static void append(Arguments in, VectorBuilder out, int array, int element) {
    if (in.isNull(array)) {
      out.appendNull();
      return;
    }
    ListVectorBuilder list = (ListVectorBuilder) out;
    if (element < array) {
      list.elements().appendFrom(in.vector(element), in.row());
    }
    int from = in.start(array);
    list.elements().appendRange(in.elements(array), from, in.end(array) - from);
    if (element > array) {
      list.elements().appendFrom(in.vector(element), in.row());
    }
    list.endRow();
  }

  static void repeat(Arguments in, VectorBuilder out) {
    long times = Math.max(0, in.integer(1));
    FunctionErrors.checkElements(times, "array_repeat");
    ListVectorBuilder list = (ListVectorBuilder) out;
    for (long i = 0; i < times; i++) {
      list.elements().appendFrom(in.vector(0), in.row());
    }
    list.endRow();
  }

  static void join(Arguments in, VectorBuilder out) {
    String delimiter = in.text(1);
    String replacement = in.count() > 2 ? in.text(2) : null;
    StringBuilder text = new StringBuilder();
    boolean first = true;
    for (int i = in.start(0); i < in.end(0); i++) {
      boolean isNull = in.elements(0).isNull(i);
      if (!isNull || replacement != null) {
        text.append(first ? "" : delimiter);
        text.append(isNull ? replacement : text(in.elements(0), i));
        first = false;
      }
    }
    out.appendText(text.toString());
  }

  static String text(ColumnVector vector, int row) {
    return vector instanceof DictionaryVector dictionary
        ? dictionary.dictionary().text(dictionary.ids()[row])
        : ((BytesVector) vector).text(row);
  }

  static void zip(Arguments in, VectorBuilder out) {
    ListVectorBuilder list = (ListVectorBuilder) out;
    StructVectorBuilder rows = (StructVectorBuilder) list.elements();
    int left = in.end(0) - in.start(0);
    int right = in.end(1) - in.start(1);
    for (int i = 0; i < Math.max(left, right); i++) {
      appendOrNull(rows.fields().get(0), in, 0, i, left);
      appendOrNull(rows.fields().get(1), in, 1, i, right);
      rows.endRow();
    }
    list.endRow();
  }

  private static void appendOrNull(
      VectorBuilder field, Arguments in, int array, int index, int count) {
    if (index < count) {
      field.appendFrom(in.elements(array), in.start(array) + index);
    } else {
      field.appendNull();
    }
  }
}
