package dev.frazil.function;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions that take functions ({@code x -> x + 1}), as Trino defines them. Their names here
 * are in lower case.
 */
public enum LambdaFunction {
  /** array, element -> value: an array of the values. */
  TRANSFORM("transform(array, x -> value)", 1, 1),
  /** array, element -> condition: the elements for which it is true. */
  FILTER("filter(array, x -> condition)", 1, 1),
  /** array, element -> condition: three-valued. */
  ANY_MATCH("any_match(array, x -> condition)", 1, 1),
  /** array, element -> condition: three-valued. */
  ALL_MATCH("all_match(array, x -> condition)", 1, 1),
  /** array, element -> condition: three-valued. */
  NONE_MATCH("none_match(array, x -> condition)", 1, 1),
  /** array, first state, (state, element) -> state, state -> result. */
  REDUCE("reduce(array, first, (state, x) -> state, state -> result)", 2, 2, 1),
  /** array, array, (left, right) -> value: null stands for what the shorter one lacks. */
  ZIP_WITH("zip_with(array, array, (x, y) -> value)", 2, 2),
  /** map, (key, value) -> value. */
  TRANSFORM_VALUES("transform_values(map, (k, v) -> value)", 1, 2),
  /** map, (key, value) -> key. */
  TRANSFORM_KEYS("transform_keys(map, (k, v) -> key)", 1, 2),
  /** map, (key, value) -> condition. */
  MAP_FILTER("map_filter(map, (k, v) -> condition)", 1, 2),
  /** array, (element, element) -> -1, 0 or 1; without a lambda it is of the library. */
  ARRAY_SORT("array_sort(array, (x, y) -> -1, 0 or 1)", 1, 2),
  /** map, map, (key, left value, right value) -> value. */
  MAP_ZIP_WITH("map_zip_with(map, map, (k, v, w) -> value)", 2, 3);

  /** The names that DuckDB and Spark have for them. */
  private static final Map<String, LambdaFunction> ALIASES =
      Map.of(
          "array_transform", TRANSFORM,
          "list_transform", TRANSFORM,
          "list_apply", TRANSFORM,
          "array_filter", FILTER,
          "list_filter", FILTER,
          "forall", ALL_MATCH,
          "list_sort", ARRAY_SORT);

  /** Those that are made of these, with the number of arguments before their lambdas. */
  private static final Map<String, Integer> MADE =
      Map.of(
          "all_keys_match", 1,
          "any_keys_match", 1,
          "any_values_match", 1,
          "find_first", 1,
          "no_keys_match", 1,
          "no_values_match", 1,
          "reduce_agg", 2);

  /** Functions of functions that others have and we do not. */
  private static final Set<String> UNSUPPORTED =
      Set.of("aggregate", "apply", "exists", "find_first_index", "list_reduce");

  private final String form;
  private final int values;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Integer> parameterCounts;

  /**
   * @param form a call as messages show it
   * @param values arguments before the lambdas
   * @param parameterCounts how many parameters each lambda has
   */
  LambdaFunction(String form, int values, Integer... parameterCounts) {
    this.form = form;
    this.values = values;
    this.parameterCounts = List.of(parameterCounts);
  }

  /** The name in SQL. */
  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of the operator in a plan: that of a function without lambdas is taken. */
  public String operatorName() {
    return this == ARRAY_SORT ? "$array_sort" : sqlName();
  }

  /** A call as messages show it. */
  public String form() {
    return form;
  }

  /** How many arguments stand before the lambdas. */
  public int valueCount() {
    return values;
  }

  /** How many parameters each lambda has, in their order. */
  public List<Integer> parameterCounts() {
    return parameterCounts;
  }

  /** The function of a name in any case, or null. */
  public static @Nullable LambdaFunction find(String name) {
    LambdaFunction known = ALIASES.get(name.toLowerCase(Locale.ROOT));
    if (known != null) {
      return known;
    }
    for (LambdaFunction function : values()) {
      if (function.sqlName().equalsIgnoreCase(name)) {
        return function;
      }
    }
    return null;
  }

  /** How many arguments a function of lambdas has before the first of them; -1 if it is none. */
  public static int valuesOf(String name) {
    LambdaFunction function = find(name);
    return function == null ? MADE.getOrDefault(name, -1) : function.valueCount();
  }

  /**
   * Whether people know a function of this name (lower case) that takes lambdas and is not here.
   */
  public static boolean isUnsupported(String name) {
    return UNSUPPORTED.contains(name);
  }
}
