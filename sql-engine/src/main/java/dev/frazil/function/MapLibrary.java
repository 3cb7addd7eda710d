package dev.frazil.function;

import dev.frazil.error.EngineException;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.MapVectorBuilder;
import dev.frazil.vector.StructVector;
import dev.frazil.vector.StructVectorBuilder;
import dev.frazil.vector.VectorBuilder;
import java.util.HashSet;
import java.util.Set;

/** The functions of maps. */
final class MapLibrary {
  private MapLibrary() {}

  static void define(Definitions library) {
    MultimapLibrary.define(library);
    if (library.has("map_keys")) {
      library
          .function("map(K, V) -> array(K)", (in, out) -> append(in, in.elements(0), out))
          .is("The keys of a map.")
          .example("map_keys(map['a', 1, 'b', 2])", "[a, b]");
    }
    if (library.has("map_values")) {
      library
          .function("map(K, V) -> array(V)", (in, out) -> append(in, in.mapValues(0), out))
          .is("The values of a map, in the order of its keys.")
          .example("map_values(map['a', 1, 'b', 2])", "[1, 2]");
    }
    if (library.has("map_entries")) {
      library
          .function("map(K, V) -> array(row(K, V))", MapLibrary::entries)
          .is("The entries of a map as rows of key and value.")
          .example("map_entries(map['a', 1])", "[[a, 1]]");
    }
    if (library.has("element_rows")) {
      library
          .function("array(E) -> array(row(E))", MapLibrary::elementRows)
          .is("What unnest(array) in a SELECT list goes through: each element as a row of its own.")
          .example("element_rows(array[1, 2])", "[[1], [2]]")
          .example("(SELECT sum(x) FROM (SELECT unnest(array[1, 2]) AS x) t)", "3");
    }
    if (library.has("map_from_entries")) {
      library
          .function("array(row(K, V)) -> map(K, V)", MapLibrary::fromEntries)
          .is("The map of rows of key and value.")
          .example("map_from_entries(array[row('a', 1), row('b', 2)])", "{a=1, b=2}");
    }
    if (library.has("map", "map_from_arrays")) {
      library
          .function("array(K), array(V) -> map(K, V)", MapLibrary::fromArrays)
          .is("The map of an array of keys and one of values.")
          .example("map(array['a', 'b'], array[1, 2])", "{a=1, b=2}");
    }
    if (library.has("split_to_map")) {
      library
          .function("varchar, varchar, varchar -> map(varchar, varchar)", MapLibrary::split)
          .is("The map of the entries of a text, by what is between entries and in them.")
          .example("split_to_map('a=1;b=2', ';', '=')", "{a=1, b=2}");
    }
    if (library.has("map_concat")) {
      library
          .function("map(K, V), map(K, V)... -> map(K, V)", MapLibrary::concatenate)
          .is("The entries of all maps; the last value of a key counts.")
          .example("map_concat(map['a', 1], map['a', 2, 'b', 3])", "{a=2, b=3}");
    }
    if (library.has("map_contains_key", "map_contains")) {
      library
          .function("map(K, V), K -> boolean", MapLibrary::containsKey)
          .is("Whether a map has a key.")
          .example("map_contains_key(map['a', 1], 'a')", "true");
    }
  }

  private static void append(Arguments in, ColumnVector elements, VectorBuilder out) {
    ListVectorBuilder list = (ListVectorBuilder) out;
    list.elements().appendRange(elements, in.start(0), in.end(0) - in.start(0));
    list.endRow();
  }

  private static void entries(Arguments in, VectorBuilder out) {
    ListVectorBuilder list = (ListVectorBuilder) out;
    StructVectorBuilder rows = (StructVectorBuilder) list.elements();
    for (int i = in.start(0); i < in.end(0); i++) {
      rows.fields().get(0).appendFrom(in.elements(0), i);
      rows.fields().get(1).appendFrom(in.mapValues(0), i);
      rows.endRow();
    }
    list.endRow();
  }

  private static void elementRows(Arguments in, VectorBuilder out) {
    ListVectorBuilder list = (ListVectorBuilder) out;
    StructVectorBuilder rows = (StructVectorBuilder) list.elements();
    for (int i = in.start(0); i < in.end(0); i++) {
      rows.fields().get(0).appendFrom(in.elements(0), i);
      rows.endRow();
    }
    list.endRow();
  }

  private static void fromEntries(Arguments in, VectorBuilder out) {
    ListVector entries = (ListVector) in.vector(0);
    StructVector rows = (StructVector) entries.elements();
    MapVectorBuilder map = (MapVectorBuilder) out;
    ElementSet seen = new ElementSet();
    for (int i = in.start(0); i < in.end(0); i++) {
      if (rows.isNull(i)) {
        throw FunctionErrors.argument("an entry of a map must not be null");
      }
      appendKey(rows.fields().get(0), i, seen, map);
      map.mapValues().appendFrom(rows.fields().get(1), i);
    }
    map.endRow();
  }

  private static void fromArrays(Arguments in, VectorBuilder out) {
    int count = in.end(0) - in.start(0);
    if (count != in.end(1) - in.start(1)) {
      throw FunctionErrors.argument("a map needs as many values as keys");
    }
    MapVectorBuilder map = (MapVectorBuilder) out;
    ElementSet seen = new ElementSet();
    for (int i = 0; i < count; i++) {
      appendKey(in.elements(0), in.start(0) + i, seen, map);
      map.mapValues().appendFrom(in.elements(1), in.start(1) + i);
    }
    map.endRow();
  }

  private static void appendKey(ColumnVector keys, int row, ElementSet seen, MapVectorBuilder map) {
    EngineException wrong = null;
    if (keys.isNull(row)) {
      wrong = FunctionErrors.argument("a key of a map must not be null");
    } else if (!seen.add(keys, row)) {
      wrong = FunctionErrors.argument("a map has each key once");
    }
    if (wrong != null) {
      throw wrong;
    }
    map.keys().appendFrom(keys, row);
  }

  private static void concatenate(Arguments in, VectorBuilder out) {
    MapVectorBuilder map = (MapVectorBuilder) out;
    for (int argument = 0; argument < in.count(); argument++) {
      ElementSet later = new ElementSet();
      for (int other = argument + 1; other < in.count(); other++) {
        for (int i = in.start(other); i < in.end(other); i++) {
          later.add(in.elements(other), i);
        }
      }
      for (int i = in.start(argument); i < in.end(argument); i++) {
        if (!later.contains(in.elements(argument), i)) {
          map.keys().appendFrom(in.elements(argument), i);
          map.mapValues().appendFrom(in.mapValues(argument), i);
        }
      }
    }
    map.endRow();
  }

  private static void split(Arguments in, VectorBuilder out) {
    String between = in.text(1);
    String inside = in.text(2);
    if (between.isEmpty() || inside.isEmpty() || between.equals(inside)) {
      throw FunctionErrors.argument("split_to_map needs two delimiters, not the same ones");
    }
    MapVectorBuilder map = (MapVectorBuilder) out;
    Set<String> keys = new HashSet<>();
    String text = in.text(0);
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf(between, from);
      String entry = text.substring(from, end < 0 ? text.length() : end);
      int middle = entry.indexOf(inside);
      if (middle < 0 || !keys.add(entry.substring(0, middle))) {
        throw FunctionErrors.argument(
            "an entry of a map needs a key, each key once, and '"
                + inside
                + "' behind it: '"
                + FunctionErrors.shown(entry)
                + "'");
      }
      map.keys().appendText(entry.substring(0, middle));
      map.mapValues().appendText(entry.substring(middle + inside.length()));
      from = end < 0 ? text.length() : end + between.length();
    }
    map.endRow();
  }

  private static void containsKey(Arguments in, VectorBuilder out) {
    ElementSet keys = new ElementSet();
    for (int i = in.start(0); i < in.end(0); i++) {
      keys.add(in.elements(0), i);
    }
    out.appendBoolean(keys.contains(in.vector(1), in.row()));
  }
}
