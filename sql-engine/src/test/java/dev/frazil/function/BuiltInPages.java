package dev.frazil.function;

import dev.frazil.function.LibraryFunction.Example;
import java.util.ArrayList;
import java.util.List;

/** What the reference says of the scalar functions that are not in the library. */
public final class BuiltInPages {
  private final List<Page> pages = new ArrayList<>();
  private String group = "";

  private BuiltInPages() {}

  /**
   * A function of the reference.
   *
   * @param signatures as people read them
   */
  public record Page(
      List<String> names,
      String group,
      List<String> signatures,
      String description,
      List<Example> examples) {}

  /** All of them, by group as in {@link FunctionGroup#title()}, "Conditions" beside those. */
  public static List<Page> all() {
    BuiltInPages pages = new BuiltInPages();
    pages.conditions();
    pages.text();
    pages.numbers();
    pages.times();
    pages.collections();
    pages.lambdas();
    return pages.pages;
  }

  private void conditions() {
    group = "Conditions";
    add("coalesce", "(T, ...) -> T", "The first that is not null.", "coalesce(NULL, 1, 2)", "1");
    add("nullif", "(T, T) -> T", "Null if both are equal, else the first.", "nullif(1, 1)", "NULL");
    add(
        "if, iif",
        "(boolean, T, T) -> T",
        "The second where the first is true, else the third.",
        "if(1 > 2, 'a', 'b')",
        "b");
    add("ifnull, nvl", "(T, T) -> T", "The second where the first is null.", "nvl(NULL, 'x')", "x");
    add(
        "greatest",
        "(T, ...) -> T",
        "The greatest; null if any is null.",
        "greatest(1, 3, 2)",
        "3");
    add("least", "(T, ...) -> T", "The least; null if any is null.", "least(1, 3, 2)", "1");
    add(
        "try",
        "(T) -> T",
        "Null where computing its argument is an error of data (22xxx).",
        "try(1 / 0)",
        "NULL");
    add(
        "try_cast",
        "(value AS type) -> type",
        "Null where CAST would fail.",
        "try_cast('x' AS integer)",
        "NULL");
  }

  private void text() {
    group = FunctionGroup.TEXT.title();
    add("upper, ucase", "(varchar) -> varchar", "Capital letters.", "upper('straße')", "STRASSE");
    add("lower, lcase", "(varchar) -> varchar", "Small letters.", "lower('FRAZIL')", "frazil");
    add(
        "char_length, character_length, length",
        "(varchar) -> integer",
        "The length in characters.",
        "char_length('€uro')",
        "4");
    add(
        "octet_length",
        "(varchar | varbinary) -> integer",
        "The length in bytes.",
        "octet_length('€')",
        "3");
    add(
        "substring, substr",
        "(varchar | varbinary, start, [length]) -> varchar | varbinary",
        "A part, from a position counted from 1; also SUBSTRING(text FROM start FOR length).",
        "substring('frazil' FROM 2 FOR 3)",
        "raz");
    add(
        "trim",
        "([LEADING | TRAILING | BOTH] [characters] FROM text) -> varchar",
        "Strips blanks or characters from the ends.",
        "trim(LEADING 'x' FROM 'xxax')",
        "ax");
    add(
        "position",
        "(text IN text) -> integer",
        "Where a text stands in another, from 1; 0 if nowhere.",
        "position('z' IN 'frazil')",
        "4");
    add(
        "replace",
        "(varchar, varchar, varchar) -> varchar",
        "Replaces every occurrence.",
        "replace('banana', 'an', 'o')",
        "booa");
    add(
        "starts_with",
        "(varchar, varchar) -> boolean",
        "Whether a text starts with another.",
        "starts_with('frazil', 'fra')",
        "true");
    add("concat", "(varchar, ...) -> varchar", "One after the other.", "concat('a', 'b')", "ab");
  }

  private void numbers() {
    group = FunctionGroup.NUMBER.title();
    add("abs", "(N) -> N", "Without the sign.", "abs(-1.5)", "1.5");
    add("sign", "(N) -> N", "-1, 0 or 1.", "sign(-1.5)", "-1");
    add("ceil, ceiling", "(N) -> N", "The next integer not below.", "ceil(-1.5)", "-1");
    add("floor", "(N) -> N", "The next integer not above.", "floor(-1.5)", "-2");
    add(
        "round",
        "(N, [digits]) -> N",
        "Rounds half up (away from zero); a decimal keeps the digits that are asked for.",
        "round(1.005, 2)",
        "1.01");
    add(
        "truncate, trunc",
        "(N, [digits]) -> N",
        "Cuts digits after the point; the type as of round.",
        "truncate(1.999, 2)",
        "1.99");
    add("mod", "(N, N) -> N", "The remainder, with the dividend's sign.", "mod(-7, 3)", "-1");
    add("power, pow", "(double, double) -> double", "A power.", "power(2, 10)", "1024");
    add("sqrt", "(double) -> double", "The square root.", "sqrt(2)", "1.414213562");
    add("exp", "(double) -> double", "e to a power.", "exp(1)", "2.718281828");
    add("ln", "(double) -> double", "The natural logarithm.", "ln(10)", "2.302585093");
    add("log10", "(double) -> double", "The logarithm to the base 10.", "log10(1000)", "3");
  }

  private void times() {
    group = FunctionGroup.DATETIME.title();
    add(
        "current_date",
        "-> date",
        "The date on which the statement began, in the session's zone.",
        "current_date = CAST(current_timestamp AS date)",
        "true");
    add(
        "current_timestamp",
        "-> timestamp with time zone",
        "When the statement began.",
        "current_timestamp = now()",
        "true");
    add(
        "localtimestamp",
        "-> timestamp",
        "When the statement began, on the clock of the session's zone.",
        "CAST(localtimestamp AS timestamp with time zone) = now()",
        "true");
    add(
        "localtime, current_time",
        "-> time",
        "The time at which the statement began, in the session's zone.",
        "localtime = CAST(localtimestamp AS time)",
        "true");
    add(
        "extract",
        "(field FROM date | time | timestamp | interval) -> bigint",
        "A field: see date_part for the names.",
        "extract(QUARTER FROM DATE '2024-05-01')",
        "2");
    add(
        "year",
        "(date | timestamp) -> bigint",
        "The year; likewise quarter, month, week, hour, minute, second, dayofmonth, dayofyear.",
        "year(DATE '2024-05-01')",
        "2024");
    add(
        "date_trunc",
        "(varchar, D) -> D",
        "The start of a unit: microsecond, ..., week (Monday), month, ..., millennium.",
        "date_trunc('month', DATE '2024-05-17')",
        "2024-05-01");
  }

  private void collections() {
    group = FunctionGroup.COLLECTION.title();
    add(
        "cardinality",
        "(array | map) -> integer",
        "How many elements or entries.",
        "cardinality(array[1, NULL])",
        "2");
    add("array", "[T, ...] -> array(T)", "An array of values.", "array[1, 2]", "[1, 2]");
    add("map", "[K, V, ...] -> map(K, V)", "A map of keys and values.", "map['a', 1]", "{a=1}");
    add("row", "(A, B, ...) -> row", "A row of values.", "row(1, 'a')", "[1, a]");
  }

  private void lambdas() {
    add(
        "transform, array_transform, list_transform, list_apply",
        "(array(T), T -> U) -> array(U)",
        "What a function gives for each element, nulls among them.",
        "list_transform(array[1, 2, NULL], x -> x * 2)",
        "[2, 4, NULL]");
    add(
        "filter, array_filter, list_filter",
        "(array(T), T -> boolean) -> array(T)",
        "The elements for which a condition is true.",
        "filter(array[3, NULL, 1], x -> x > 1)",
        "[3]");
    add(
        "any_match",
        "(array(T), T -> boolean) -> boolean",
        "Whether a condition is true for an element; if not, null where it is null for one.",
        "any_match(array[1, NULL, 3], x -> x > 2)",
        "true");
    add(
        "all_match, forall",
        "(array(T), T -> boolean) -> boolean",
        "Whether a condition is true for all elements; if false for none, null where it is null for one.",
        "all_match(array[1, NULL], x -> x > 0)",
        "NULL");
    add(
        "none_match",
        "(array(T), T -> boolean) -> boolean",
        "Whether a condition is true for no element; if so, null where it is null for one.",
        "none_match(array[1, 2], x -> x > 2)",
        "true");
    add(
        "reduce",
        "(array(T), S, (S, T) -> S, S -> R) -> R",
        "One value: from a first state, each element makes the next; the last function gives the"
            + " result.",
        "reduce(array[5, 20, 50], 0, (s, x) -> s + x, s -> s * 10)",
        "750");
    add(
        "zip_with",
        "(array(T), array(U), (T, U) -> V) -> array(V)",
        "What a function gives for the elements at the same index; null where one array is shorter.",
        "zip_with(array[1, 2], array[10, 20, 30], (x, y) -> x + y)",
        "[11, 22, NULL]");
    add(
        "array_sort",
        "(array(T), (T, T) -> bigint) -> array(T)",
        "Sorts by a comparison that gives -1, 0 or 1 (else 22023) of two elements, nulls among them.",
        "array_sort(array['ccc', 'a', 'bb'], (x, y) -> CAST(sign(length(x) - length(y)) AS integer))",
        "[a, bb, ccc]");
    add(
        "map_zip_with",
        "(map(K, V), map(K, W), (K, V, W) -> X) -> map(K, X)",
        "The keys of two maps with what a function gives for both values; null where one has no such key.",
        "map_zip_with(map['a', 1, 'b', 2], map['b', 3, 'c', 4], (k, v, w) -> coalesce(v, 0) + coalesce(w, 0))",
        "{a=1, b=5, c=4}");
    add(
        "transform_values",
        "(map(K, V), (K, V) -> W) -> map(K, W)",
        "The same keys with what a function gives as values.",
        "transform_values(map['a', 1], (k, v) -> k || '!')",
        "{a=a!}");
    add(
        "transform_keys",
        "(map(K, V), (K, V) -> L) -> map(L, V)",
        "The same values with what a function gives as keys, each once and not null (22023).",
        "transform_keys(map['a', 1], (k, v) -> upper(k))",
        "{A=1}");
    add(
        "map_filter",
        "(map(K, V), (K, V) -> boolean) -> map(K, V)",
        "The entries for which a condition is true.",
        "map_filter(map['a', 1, 'b', 2], (k, v) -> v > 1)",
        "{b=2}");
  }

  private void add(String names, String signature, String description, String call, String result) {
    pages.add(
        new Page(
            List.of(names.split(", ")),
            group,
            List.of(signature),
            description,
            List.of(new Example(call, result))));
  }
}
