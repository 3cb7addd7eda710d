package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.function.FunctionLibrary;
import dev.frazil.function.LambdaFunction;
import dev.frazil.function.LibraryFunction;
import dev.frazil.plan.parser.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of SHOW FUNCTIONS. */
final class FunctionListing {
  static final List<String> LABELS = List.of("function", "kind", "signatures", "description");

  private static final Set<String> WINDOWS =
      Set.of(
          "row_number",
          "rank",
          "dense_rank",
          "percent_rank",
          "cume_dist",
          "ntile",
          "lag",
          "lead",
          "first_value",
          "last_value",
          "nth_value");

  private static final Set<String> AGGREGATES =
      Set.of(
          "any_value",
          "avg",
          "bool_and",
          "bool_or",
          "count",
          "every",
          "grouping",
          "grouping_id",
          "max",
          "min",
          "some",
          "sum");

  /** Operators that have a name. */
  private static final Set<String> OPERATORS = Set.of("ilike", "not ilike", "item", "row", "cast");

  private final Map<String, List<@Nullable String>> rows = new TreeMap<>();

  private FunctionListing() {}

  static List<List<@Nullable String>> rows(NamePattern pattern) {
    FunctionListing listing = new FunctionListing();
    for (String name : FunctionTable.INSTANCE.names()) {
      if (!OPERATORS.contains(name)) {
        listing.add(name, kind(name), null, null);
      }
    }
    for (LambdaFunction function : LambdaFunction.values()) {
      listing.add(function.sqlName(), "scalar", function.form(), null);
    }
    for (LibraryFunction function : FunctionLibrary.all()) {
      for (String name : function.names()) {
        String signatures =
            function.signatures().stream()
                .map(signature -> name + signature)
                .collect(Collectors.joining("; "));
        listing.add(name, "scalar", signatures, function.description());
      }
    }
    return listing.rows.values().stream()
        .filter(row -> pattern.matches(String.valueOf(row.get(0))))
        .toList();
  }

  private static String kind(String name) {
    if (WINDOWS.contains(name)) {
      return "window";
    }
    boolean isAggregate =
        AGGREGATES.contains(name) || AggregateLibrary.find(name.toUpperCase(Locale.ROOT)) != null;
    return isAggregate ? "aggregate" : "scalar";
  }

  /** DESCRIBE FUNCTION; 42883 where there is none. */
  static List<List<@Nullable String>> rows(String name, SqlText source) {
    List<List<@Nullable String>> all = rows(new NamePattern(null));
    List<List<@Nullable String>> found =
        all.stream().filter(row -> name.equalsIgnoreCase(row.get(0))).toList();
    if (found.isEmpty()) {
      throw new EngineException(
          SqlState.UNDEFINED_FUNCTION,
          "there is no function "
              + name
              + NearestNames.hint(name, all.stream().map(row -> row.get(0)).toList()));
    }
    return found;
  }

  private void add(
      String name, String kind, @Nullable String signatures, @Nullable String description) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<@Nullable String> row = new ArrayList<>();
    row.add(lower);
    row.add(kind);
    row.add(signatures);
    row.add(description);
    rows.put(lower, row);
  }
}
