package dev.frazil.function;

import dev.frazil.kernel.CompareKernels;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.MapVectorBuilder;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;

/** Bounds of arrays, runs and choices of their elements. */
final class ArrayShapeLibrary {
  private static final int MAX_COMBINATION = 5;

  private ArrayShapeLibrary() {}

  static void define(Definitions library) {
    ArrayBoundsLibrary.define(library);
    bounds(library);
    searches(library);
    choices(library);
  }

  private static void bounds(Definitions library) {
    if (library.has("array_upper")) {
      library
          .function(
              "array(E), bigint -> integer", (in, out) -> bound(in, out, in.end(0) - in.start(0)))
          .is("The last index in a dimension, which is 1 here; null for an empty array.")
          .example("array_upper(array[1, 8, 3, 7], 1)", "4");
    }
    if (library.has("array_lower")) {
      library
          .function("array(E), bigint -> integer", (in, out) -> bound(in, out, 1))
          .is("The first index in a dimension, which is 1 here; null for an empty array.")
          .example("array_lower(array[1, 2], 1)", "1");
    }
  }

  /** Of arrays in arrays only the outer dimension is known: the inner ones may differ. */
  private static void bound(Arguments in, VectorBuilder out, int value) {
    if (in.integer(1) == 1 && in.end(0) > in.start(0)) {
      out.appendInt(value);
    } else {
      out.appendNull();
    }
  }

  private static void searches(Definitions library) {
    if (library.has("array_positions")) {
      library
          .function("array(E), E -> array(bigint)", ArrayShapeLibrary::positions)
          .is("The indexes of all elements equal to a value; a null is found too.")
          .takesNulls()
          .example("array_positions(array['A', 'A', 'B', 'A'], 'A')", "[1, 2, 4]");
    }
    if (library.has("contains_sequence")) {
      library
          .function("array(E), array(E) -> boolean", ArrayShapeLibrary::containsSequence)
          .is("Whether an array has the elements of another one, one after the other.")
          .example("contains_sequence(array[1, 2, 3, 4], array[2, 3])", "true")
          .example("contains_sequence(array[1, 2, 3, 4], array[2, 4])", "false");
    }
    if (library.has("array_contains_all", "array_has_all", "list_has_all")) {
      library
          .function(
              "array(E), array(E) -> boolean | varchar, varchar -> boolean",
              (in, out) -> out.appendBoolean(containsAll(in, 0, 1)))
          .is(
              "Whether an array has every element of another one, a null never; also a @> b and"
                  + " b <@ a. Of text, json_contains.")
          .example("array_contains_all(array[1, 4, 3], array[3, 1, 3])", "true")
          .example("array_contains_all(array[1, NULL], array[1, NULL])", "false")
          .example("array[1, 4, 3] @> array[3, 1, 3]", "true");
    }
    if (library.has("array_contained_by")) {
      library
          .function(
              "array(E), array(E) -> boolean | varchar, varchar -> boolean",
              (in, out) -> out.appendBoolean(containsAll(in, 1, 0)))
          .is("What a <@ b computes: whether every element of the first is in the second.")
          .example("array[2, 2, 7] <@ array[1, 7, 4, 2, 6]", "true");
    }
    if (library.has("array_slice", "list_slice")) {
      library
          .function("array(E), bigint, bigint -> array(E)", ArrayShapeLibrary::slice)
          .is(
              "What a[from:to] computes: the elements from one index to another, as far as they are.")
          .example("array_slice(array[1, 2, 3, 4], 2, 3)", "[2, 3]")
          .example("(array[1, 2, 3, 4])[3:]", "[3, 4]");
    }
    if (library.has("array_histogram")) {
      library
          .function("array(E) -> map(E, bigint)", ArrayShapeLibrary::histogram)
          .is("How often each element occurs, nulls not counted.")
          .example("array_histogram(array[42, 7, 42, NULL])", "{42=2, 7=1}");
    }
  }

  private static void positions(Arguments in, VectorBuilder out) {
    if (in.isNull(0)) {
      out.appendNull();
      return;
    }
    ListVectorBuilder list = (ListVectorBuilder) out;
    for (int i = in.start(0); i < in.end(0); i++) {
      if (CompareKernels.equal(in.elements(0), i, in.vector(1), in.row())) {
        list.elements().appendLong(i - in.start(0) + 1L);
      }
    }
    list.endRow();
  }

  private static void containsSequence(Arguments in, VectorBuilder out) {
    int wanted = in.end(1) - in.start(1);
    boolean found = false;
    for (int from = in.start(0); from + wanted <= in.end(0) && !found; from++) {
      found = true;
      for (int i = 0; i < wanted && found; i++) {
        found = CompareKernels.equal(in.elements(0), from + i, in.elements(1), in.start(1) + i);
      }
    }
    out.appendBoolean(found);
  }

  private static boolean containsAll(Arguments in, int whole, int part) {
    if (!(in.vector(whole) instanceof ListVector)) {
      return JsonInsertLibrary.contains(
          JsonText.parse(in.text(whole)), JsonText.parse(in.text(part)), true);
    }
    ElementSet known = new ElementSet();
    for (int i = in.start(whole); i < in.end(whole); i++) {
      known.add(in.elements(whole), i);
    }
    boolean all = true;
    for (int i = in.start(part); i < in.end(part) && all; i++) {
      all = !in.elements(part).isNull(i) && known.contains(in.elements(part), i);
    }
    return all;
  }

  private static void slice(Arguments in, VectorBuilder out) {
    long count = (long) in.end(0) - in.start(0);
    long first = Math.max(1, in.integer(1));
    long last = Math.min(count, in.integer(2));
    ListVectorBuilder list = (ListVectorBuilder) out;
    if (first <= last) {
      list.elements()
          .appendRange(in.elements(0), in.start(0) + (int) first - 1, (int) (last - first) + 1);
    }
    list.endRow();
  }

  private static void histogram(Arguments in, VectorBuilder out) {
    ColumnVector elements = in.elements(0);
    MapVectorBuilder map = (MapVectorBuilder) out;
    Integer[] order = ArrayParts.sorted(in, false);
    long count = 0;
    for (int i = 0; i < order.length && !elements.isNull(order[i]); i++) {
      count++;
      if (i + 1 == order.length
          || !CompareKernels.equal(elements, order[i], elements, order[i + 1])) {
        map.keys().appendFrom(elements, order[i]);
        map.mapValues().appendLong(count);
        count = 0;
      }
    }
    map.endRow();
  }

  private static void choices(Definitions library) {
    if (library.has("ngrams")) {
      library
          .function("array(E), bigint -> array(array(E))", ArrayShapeLibrary::ngrams)
          .is("All runs of n elements; the array itself if it has fewer.")
          .example("ngrams(array['a', 'b', 'c'], 2)", "[[a, b], [b, c]]");
    }
    if (library.has("combinations")) {
      library
          .function("array(E), bigint -> array(array(E))", ArrayShapeLibrary::combinations)
          .is("All choices of n elements (at most 5) in their order.")
          .example("combinations(array['a', 'b', 'c'], 2)", "[[a, b], [a, c], [b, c]]");
    }
    if (library.has("shuffle", "array_shuffle")) {
      library
          .function("array(E) -> array(E)", (in, out) -> sample(in, out, in.end(0) - in.start(0)))
          .is("The elements in a random order, another one for each row.")
          .isVolatile()
          .example("shuffle(array[1, 2, 3])", "");
    }
    if (library.has("array_sample")) {
      library
          .function(
              "array(E), bigint -> array(E)",
              (in, out) ->
                  sample(
                      in,
                      out,
                      in.integer(1, 0, in.end(0) - in.start(0), "the size of array_sample")))
          .is("So many elements, drawn without putting them back.")
          .isVolatile()
          .example("array_sample(array[1, 2, 3], 2)", "");
    }
  }

  private static void ngrams(Arguments in, VectorBuilder out) {
    int length = in.integer(1, 1, Integer.MAX_VALUE, "the length of ngrams");
    int count = in.end(0) - in.start(0);
    ListVectorBuilder list = (ListVectorBuilder) out;
    ListVectorBuilder runs = (ListVectorBuilder) list.elements();
    int size = Math.min(length, count);
    FunctionErrors.checkElements((long) size * (count - size + 1), "ngrams");
    for (int from = 0; from + size <= count; from++) {
      runs.elements().appendRange(in.elements(0), in.start(0) + from, size);
      runs.endRow();
    }
    list.endRow();
  }

  private static void combinations(Arguments in, VectorBuilder out) {
    int size = in.integer(1, 0, MAX_COMBINATION, "the size of combinations");
    int count = in.end(0) - in.start(0);
    ListVectorBuilder list = (ListVectorBuilder) out;
    long total = size > count ? 0 : 1;
    for (int i = 0; i < size; i++) {
      total = total * (count - i) / (i + 1);
      FunctionErrors.checkElements(total, "combinations");
    }
    List<Integer> chosen = new ArrayList<>();
    if (size <= count) {
      choose(in, (ListVectorBuilder) list.elements(), chosen, 0, size);
    }
    list.endRow();
  }

  private static void choose(
      Arguments in, ListVectorBuilder choices, List<Integer> chosen, int from, int size) {
    if (chosen.size() == size) {
      for (int index : chosen) {
        choices.elements().appendFrom(in.elements(0), in.start(0) + index);
      }
      choices.endRow();
      return;
    }
    int count = in.end(0) - in.start(0);
    for (int i = from; i <= count - (size - chosen.size()); i++) {
      chosen.add(i);
      choose(in, choices, chosen, i + 1, size);
      chosen.remove(chosen.size() - 1);
    }
  }

  private static void sample(Arguments in, VectorBuilder out, int wanted) {
    int count = in.end(0) - in.start(0);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = in.start(0) + i;
    }
    ListVectorBuilder list = (ListVectorBuilder) out;
    for (int i = 0; i < wanted; i++) {
      // the high bits times the range: no remainder, hardly a bias
      int other = i + (int) Math.multiplyHigh(in.randomBits() >>> 1, 2L * (count - i));
      int drawn = order[other];
      order[other] = order[i];
      order[i] = drawn;
      list.elements().appendFrom(in.elements(0), drawn);
    }
    list.endRow();
  }
}
