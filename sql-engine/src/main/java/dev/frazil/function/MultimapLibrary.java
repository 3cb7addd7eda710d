package dev.frazil.function;

import dev.frazil.kernel.CompareKernels;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.MapVectorBuilder;
import dev.frazil.vector.StructVector;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Maps of many entries: what aggregates of maps are made of. */
final class MultimapLibrary {
  private MultimapLibrary() {}

  static void define(Definitions library) {
    if (library.has("multimap_from_entries")) {
      library
          .function("array(row(K, V)) -> map(K, array(V))", MultimapLibrary::multimap)
          .is("The map of rows of key and value, all values of a key in an array.")
          .example(
              "multimap_from_entries(array[row('a', 1), row('b', 2), row('a', 3)])",
              "{a=[1, 3], b=[2]}");
    }
    if (library.has("split_to_multimap")) {
      library
          .function(
              "varchar, varchar, varchar -> map(varchar, array(varchar))", MultimapLibrary::split)
          .is(
              "The map of the entries of a text, by what is between entries and in them, all values of"
                  + " a key in an array.")
          .example("split_to_multimap('a=1;b=2;a=3', ';', '=')", "{a=[1, 3], b=[2]}");
    }
    if (library.has("map_concat_all")) {
      library
          .function("array(map(K, V)) -> map(K, V)", MultimapLibrary::concatenate)
          .is("The entries of all maps of an array; the first value of a key counts.")
          .example("map_concat_all(array[map['a', 1], map['a', 2, 'b', 3]])", "{a=1, b=3}");
    }
    if (library.has("map_top_n")) {
      library
          .function("map(K, bigint), bigint -> map(K, bigint)", MultimapLibrary::top)
          .is("The n entries with the greatest values; of equal values those with the least keys.")
          .example("map_top_n(map['a', 1, 'b', 3, 'c', 3], 2)", "{b=3, c=3}");
    }
  }

  /** The places of the entries by key, and by their order in the array for each key. */
  private static Integer[] byKey(ColumnVector keys, Integer[] places) {
    for (Integer place : places) {
      if (keys.isNull(place)) {
        throw FunctionErrors.argument("a key of a map must not be null");
      }
    }
    Arrays.sort(
        places,
        (left, right) -> {
          int compared = CompareKernels.compare(keys, left, keys, right);
          return compared != 0 ? compared : Integer.compare(left, right);
        });
    return places;
  }

  private static void multimap(Arguments in, VectorBuilder out) {
    StructVector rows = (StructVector) ((ListVector) in.vector(0)).elements();
    ColumnVector keys = rows.fields().get(0);
    Integer[] places = new Integer[in.end(0) - in.start(0)];
    for (int i = 0; i < places.length; i++) {
      places[i] = in.start(0) + i;
      if (rows.isNull(places[i])) {
        throw FunctionErrors.argument("an entry of a map must not be null");
      }
    }
    byKey(keys, places);
    MapVectorBuilder map = (MapVectorBuilder) out;
    ListVectorBuilder values = (ListVectorBuilder) map.mapValues();
    for (int i = 0; i < places.length; i++) {
      boolean isFirst = i == 0 || !CompareKernels.equal(keys, places[i - 1], keys, places[i]);
      if (isFirst) {
        map.keys().appendFrom(keys, places[i]);
      }
      values.elements().appendFrom(rows.fields().get(1), places[i]);
      boolean isLast =
          i + 1 == places.length || !CompareKernels.equal(keys, places[i], keys, places[i + 1]);
      if (isLast) {
        values.endRow();
      }
    }
    map.endRow();
  }

  private static void split(Arguments in, VectorBuilder out) {
    String between = in.text(1);
    String inside = in.text(2);
    if (between.isEmpty() || inside.isEmpty() || between.equals(inside)) {
      throw FunctionErrors.argument("split_to_multimap needs two delimiters, not the same ones");
    }
    Map<String, List<String>> entries = new LinkedHashMap<>();
    String text = in.text(0);
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf(between, from);
      String entry = text.substring(from, end < 0 ? text.length() : end);
      int middle = entry.indexOf(inside);
      if (middle < 0) {
        throw FunctionErrors.argument(
            "an entry of a map needs a key and '"
                + inside
                + "' behind it: '"
                + FunctionErrors.shown(entry)
                + "'");
      }
      entries
          .computeIfAbsent(entry.substring(0, middle), key -> new ArrayList<>())
          .add(entry.substring(middle + inside.length()));
      from = end < 0 ? text.length() : end + between.length();
    }
    MapVectorBuilder map = (MapVectorBuilder) out;
    ListVectorBuilder values = (ListVectorBuilder) map.mapValues();
    entries.forEach(
        (key, list) -> {
          map.keys().appendText(key);
          list.forEach(values.elements()::appendText);
          values.endRow();
        });
    map.endRow();
  }

  private static void concatenate(Arguments in, VectorBuilder out) {
    MapVector maps = (MapVector) ((ListVector) in.vector(0)).elements();
    MapVectorBuilder map = (MapVectorBuilder) out;
    ElementSet seen = new ElementSet();
    for (int each = in.start(0); each < in.end(0); each++) {
      if (maps.isNull(each)) {
        continue;
      }
      for (int i = maps.offsets()[each]; i < maps.offsets()[each + 1]; i++) {
        if (seen.add(maps.keys(), i)) {
          map.keys().appendFrom(maps.keys(), i);
          map.mapValues().appendFrom(maps.mapValues(), i);
        }
      }
    }
    map.endRow();
  }

  private static void top(Arguments in, VectorBuilder out) {
    if (in.integer(1) < 0) {
      throw FunctionErrors.argument("map_top_n needs a number that is not negative");
    }
    ColumnVector keys = in.elements(0);
    ColumnVector counts = in.mapValues(0);
    Integer[] places = new Integer[in.end(0) - in.start(0)];
    Arrays.setAll(places, i -> in.start(0) + i);
    byKey(keys, places);
    Comparator<Integer> byCount =
        Comparator.comparingLong(
            place -> counts.isNull(place) ? Long.MIN_VALUE : ((LongVector) counts).values()[place]);
    Arrays.sort(places, byCount.reversed());
    MapVectorBuilder map = (MapVectorBuilder) out;
    for (int i = 0; i < Math.min(places.length, in.integer(1)); i++) {
      map.keys().appendFrom(keys, places[i]);
      map.mapValues().appendFrom(counts, places[i]);
    }
    map.endRow();
  }
}
