package dev.frazil.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds functions by name. A function is defined when it is first asked for: the code of the others
 * is not even linked, which a fresh JVM would feel. Thread-safe.
 */
public final class FunctionLibrary {
  private static final Map<String, LibraryFunction> FOUND = new ConcurrentHashMap<>();

  private FunctionLibrary() {}

  /** The function of a name in lower case, or null. */
  public static @Nullable LibraryFunction find(String name) {
    LibraryFunction known = FOUND.get(name);
    if (known != null) {
      return known;
    }
    for (FunctionGroup group : FunctionGroup.values()) {
      Definitions definitions = Definitions.of(group, name);
      group.define(definitions);
      for (LibraryFunction function : definitions.functions()) {
        FOUND.put(name, function);
        return function;
      }
    }
    return null;
  }

  /** All names, aliases among them, for hints. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    for (FunctionGroup group : FunctionGroup.values()) {
      Definitions definitions = Definitions.none(group);
      group.define(definitions);
      names.addAll(definitions.names());
    }
    return names;
  }

  /** All functions, by group. */
  public static List<LibraryFunction> all() {
    List<LibraryFunction> functions = new ArrayList<>();
    for (FunctionGroup group : FunctionGroup.values()) {
      Definitions definitions = Definitions.all(group);
      group.define(definitions);
      functions.addAll(definitions.functions());
    }
    return functions;
  }
}
