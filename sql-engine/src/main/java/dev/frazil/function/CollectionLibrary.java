package dev.frazil.function;

/** The functions of arrays and maps. Elements are equal as IS NOT DISTINCT FROM says. */
final class CollectionLibrary {
  private CollectionLibrary() {}

  static void define(Definitions library) {
    searches(library);
    sets(library);
    order(library);
    parts(library);
    makers(library);
    ArrayShapeLibrary.define(library);
    MapLibrary.define(library);
  }

  private static void searches(Definitions library) {
    if (library.has("compare_any")) {
      library
          .function(
              "varchar, E, array(E) -> boolean", (in, out) -> ArraySearches.compare(in, out, false))
          .takesNulls()
          .is("What x = ANY (array) computes: whether the comparison holds for an element.")
          .example("2 = ANY (array[1, 2])", "true")
          .example("2 > ANY (array[2, NULL])", "NULL");
    }
    if (library.has("compare_all")) {
      library
          .function(
              "varchar, E, array(E) -> boolean", (in, out) -> ArraySearches.compare(in, out, true))
          .takesNulls()
          .is("What x <> ALL (array) computes: whether the comparison holds for all elements.")
          .example("3 > ALL (array[1, 2])", "true")
          .example("3 <> ALL (array[])", "true");
    }
    if (library.has("array_contains", "contains", "list_contains", "array_has")) {
      library
          .function("array(E), E -> boolean | varchar, varchar -> boolean", ArraySearches::contains)
          .is(
              "Whether an array has an element (null if only a null could be it); or a text a"
                  + " text.")
          .example("array_contains(array[1, 2, 3], 2)", "true")
          .example("array_contains(array[1, NULL], 2)", "NULL")
          .example("contains('frazil', 'az')", "true");
    }
    if (library.has("array_position", "list_position")) {
      library
          .function("array(E), E -> bigint", ArraySearches::position)
          .is("The index of the first such element, 0 if there is none.")
          .example("array_position(array['a', 'b', 'c'], 'b')", "2")
          .example("array_position(array['a'], 'x')", "0");
    }
    if (library.has("element_at")) {
      library
          .function("array(E), bigint -> E | map(K, V), K -> V", ArraySearches::elementAt)
          .is(
              "An element by its index, from the end if negative, or a value by its key; else"
                  + " null.")
          .example("element_at(array[1, 2, 3], -1)", "3")
          .example("element_at(map['a', 1], 'b')", "NULL");
    }
    if (library.has("array_first", "list_first")) {
      library
          .function("array(E) -> E", (in, out) -> ArraySearches.edge(in, out, in.start(0)))
          .is("The first element; null if there is none.")
          .example("array_first(array['a', 'b'])", "a");
    }
    if (library.has("array_last", "list_last")) {
      library
          .function("array(E) -> E", (in, out) -> ArraySearches.edge(in, out, in.end(0) - 1))
          .is("The last element; null if there is none.")
          .example("array_last(array['a', 'b'])", "b");
    }
    if (library.has("array_min", "list_min")) {
      library
          .function("array(E) -> E", (in, out) -> ArraySearches.extreme(in, out, false))
          .is("The least element; null if there is none or one is null.")
          .example("array_min(array[3, 1, 2])", "1");
    }
    if (library.has("array_max", "list_max")) {
      library
          .function("array(E) -> E", (in, out) -> ArraySearches.extreme(in, out, true))
          .is("The greatest element; null if there is none or one is null.")
          .example("array_max(array[3, 1, 2])", "3");
    }
    if (library.has("array_sum", "list_sum")) {
      library
          .function(
              "array(bigint) -> bigint | array(double) -> double",
              (in, out) -> ArraySums.sum(in, out))
          .is("The sum of the elements that are not null; 0 for none.")
          .example("array_sum(array[1, 2, 3])", "6");
    }
    if (library.has("array_average", "list_avg")) {
      library
          .function("array(double) -> double", ArraySums::average)
          .is("The average of the elements that are not null.")
          .example("array_average(array[1, 2])", "1.5");
    }
    if (library.has("arrays_overlap", "list_has_any")) {
      library
          .function("array(E), array(E) -> boolean", ArraySets::overlap)
          .is("Whether two arrays share an element that is not null.")
          .example("arrays_overlap(array[1, 2], array[2, 3])", "true");
    }
  }

  private static void sets(Definitions library) {
    if (library.has("array_distinct", "list_distinct")) {
      library
          .function("array(E) -> array(E)", ArraySets::union)
          .is("Each element once, in the order of the first of each.")
          .example("array_distinct(array[2, 1, 2])", "[2, 1]");
    }
    if (library.has("array_union")) {
      library
          .function("array(E), array(E) -> array(E)", ArraySets::union)
          .is("What is in either array, each once.")
          .example("array_union(array[1, 2], array[2, 3])", "[1, 2, 3]");
    }
    if (library.has("array_intersect", "list_intersect")) {
      library
          .function("array(E), array(E) -> array(E)", (in, out) -> ArraySets.filter(in, out, true))
          .is("What is in both arrays, each once.")
          .example("array_intersect(array[1, 2], array[2, 3])", "[2]");
    }
    if (library.has("array_except")) {
      library
          .function("array(E), array(E) -> array(E)", (in, out) -> ArraySets.filter(in, out, false))
          .is("What is in the first array and not in the second, each once.")
          .example("array_except(array[1, 2], array[2, 3])", "[1]");
    }
    if (library.has("array_replace")) {
      library
          .function("array(E), E, E -> array(E)", ArraySets::replace)
          .takesNulls()
          .is("The array with each element equal to a value replaced by another one.")
          .example("array_replace(array[1, 2, 1], 1, 5)", "[5, 2, 5]")
          .example("array_replace(array[1, NULL], NULL, 0)", "[1, 0]");
    }
    if (library.has("array_remove")) {
      library
          .function("array(E), E -> array(E)", ArraySets::remove)
          .is("The array without the elements equal to a value.")
          .example("array_remove(array[1, 2, 1, 3], 1)", "[2, 3]");
    }
  }

  private static void order(Definitions library) {
    if (library.has("array_sort", "list_sort")) {
      library
          .function("array(E) -> array(E)", (in, out) -> ArrayParts.sort(in, out, false))
          .is("The elements in ascending order, nulls last.")
          .example("array_sort(array[3, NULL, 1, 2])", "[1, 2, 3, NULL]");
    }
    if (library.has("array_sort_desc", "array_reverse_sort")) {
      library
          .function("array(E) -> array(E)", (in, out) -> ArrayParts.sort(in, out, true))
          .is("The elements in descending order, nulls last.")
          .example("array_sort_desc(array[3, NULL, 1, 2])", "[3, 2, 1, NULL]");
    }
  }

  private static void parts(Definitions library) {
    if (library.has("array_reverse", "list_reverse")) {
      library
          .function("array(E) -> array(E)", ArrayParts::reverse)
          .is("The elements in the opposite order.")
          .example("array_reverse(array[1, 2, NULL])", "[NULL, 2, 1]");
    }
    if (library.has("slice")) {
      library
          .function("array(E), bigint, bigint -> array(E)", ArrayParts::slice)
          .is("The elements from an index (from the end if negative), at most so many.")
          .example("slice(array[1, 2, 3, 4], 2, 2)", "[2, 3]")
          .example("slice(array[1, 2, 3, 4], -2, 2)", "[3, 4]");
    }
    if (library.has("trim_array")) {
      library
          .function("array(E), bigint -> array(E)", ArrayParts::trim)
          .is("The array without its last n elements.")
          .example("trim_array(array[1, 2, 3], 2)", "[1]");
    }
    if (library.has("flatten")) {
      library
          .function("array(array(E)) -> array(E)", ArrayParts::flatten)
          .is("The elements of the arrays in an array; a null array has none.")
          .example("flatten(array[array[1, 2], array[3]])", "[1, 2, 3]");
    }
    if (library.has("array_join", "array_to_string")) {
      library
          .function("array(text), varchar, varchar? -> varchar", ArrayParts::join)
          .is("The elements as one text with a delimiter between; nulls left out unless replaced.")
          .example("array_join(array['a', NULL, 'b'], '-')", "a-b")
          .example("array_join(array['a', NULL, 'b'], '-', '?')", "a-?-b");
    }
    if (library.has("array_length", "list_length")) {
      library
          .function("array(E) -> bigint | array(E), bigint -> bigint", ArrayParts::length)
          .is(
              "How many elements an array has, as cardinality; with a dimension (1) as in"
                  + " PostgreSQL: null for none.")
          .example("array_length(array[1, 2, 3], 1)", "3")
          .example("array_length(array[1, NULL])", "2");
    }
  }

  private static void makers(Definitions library) {
    if (library.has("array_concat", "array_cat", "list_concat")) {
      library
          .function("array(E), array(E)... -> array(E)", ArrayParts::concatenate)
          .is("Arrays one after the other; also a || b.")
          .example("array_concat(array[1], array[2, 3], array[4])", "[1, 2, 3, 4]")
          .example("array[1] || array[2]", "[1, 2]");
    }
    if (library.has("array_append", "list_append")) {
      library
          .function("array(E), E -> array(E)", (in, out) -> ArrayParts.append(in, out, 0, 1))
          .takesNulls()
          .is("An array with one more element at its end.")
          .example("array_append(array[1], 2)", "[1, 2]")
          .example("array[1] || 2", "[1, 2]");
    }
    if (library.has("array_prepend")) {
      library
          .function("E, array(E) -> array(E)", (in, out) -> ArrayParts.append(in, out, 1, 0))
          .takesNulls()
          .is("An array with one more element at its start.")
          .example("array_prepend(1, array[2])", "[1, 2]")
          .example("1 || array[2]", "[1, 2]");
    }
    if (library.has("array_repeat")) {
      library
          .function("E, bigint -> array(E)", ArrayParts::repeat)
          .is("An array of n times the same element.")
          .example("array_repeat('a', 2)", "[a, a]");
    }
    Sequences.define(library);
    if (library.has("zip", "arrays_zip")) {
      library
          .function("array(A), array(B) -> array(row(A, B))", ArrayParts::zip)
          .is("Rows of the elements at the same index; null where one array is shorter.")
          .example("zip(array[1, 2], array['a'])", "[[1, a], [2, NULL]]");
    }
  }
}
