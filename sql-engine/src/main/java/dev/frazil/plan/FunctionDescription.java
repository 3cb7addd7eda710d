package dev.frazil.plan;

import dev.frazil.function.FunctionLibrary;
import dev.frazil.function.LibraryFunction;
import dev.frazil.function.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A function as metadata calls show it.
 *
 * @param name lower case
 * @param kind scalar, aggregate or window
 * @param signatures its overloads; empty where the function has rules of its own
 * @param remarks what it does, or its kind where nothing else is known
 */
public record FunctionDescription(
    String name, String kind, List<Signature> signatures, String remarks) {
  public FunctionDescription {
    signatures = List.copyOf(signatures);
  }

  /** All functions that SQL may call, by name, aliases among them. */
  public static List<FunctionDescription> all() {
    Map<String, LibraryFunction> library = new TreeMap<>();
    for (LibraryFunction function : FunctionLibrary.all()) {
      function.names().forEach(name -> library.put(name, function));
    }
    List<FunctionDescription> all = new ArrayList<>();
    for (List<@Nullable String> row : FunctionListing.rows(new NamePattern(null))) {
      String name = String.valueOf(row.get(0));
      String kind = String.valueOf(row.get(1));
      LibraryFunction function = library.get(name);
      all.add(
          function == null
              ? new FunctionDescription(name, kind, List.of(), kind + " function")
              : new FunctionDescription(name, kind, function.signatures(), function.description()));
    }
    return all;
  }
}
