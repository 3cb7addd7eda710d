package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What functions with lambdas refuse, and what is no lambda. */
class LambdaErrorsTest {
  /** A call, the state that it fails with, and a part of the message. */
  private record Refused(String call, String state, String message) {}

  private static final List<Refused> REFUSED =
      List.of(
          new Refused("any_match(x -> x > 1)", "42883", "any_match(array, x -> condition)"),
          new Refused("transform(array[1], (x, y) -> x)", "42883", "transform(array, x -> value)"),
          new Refused("transform(array[1], 2)", "42883", "transform(array, x -> value)"),
          new Refused("transform(1, x -> x)", "42804", "needs an array"),
          new Refused("map_filter(array[1], (k, v) -> true)", "42804", "needs a map"),
          new Refused("filter(array[1], x -> x + 1)", "42804", "filter needs a condition"),
          new Refused("zip_with(array[1], array[1], (x, X) -> x)", "42601", "differently"),
          new Refused("reduce(array[1.5], 0, (s, x) -> s + x, s -> s)", "42804", "CAST the first"),
          new Refused("reduce(array[1], NULL, (s, x) -> s + x, s -> s)", "42804", "needs a type"),
          new Refused("reduce(array[1, 2147483647], 0, (s, x) -> s + x, s -> s)", "22003", ""),
          new Refused("transform(array[1, 0], x -> 1 / x)", "22012", ""),
          new Refused("all_match(array[1, 0], x -> 1 / x > 0)", "22012", ""),
          new Refused("transform(array[1], x -> x + nosuch)", "42703", "nosuch"),
          new Refused("transform(array['a'], x -> nosuch(x))", "42883", "column 35"),
          new Refused("transform(array[1], x -> sum(x))", "0A000", "aggregate"),
          new Refused("transform(array[1], x -> sum(x) OVER ())", "0A000", "window function"),
          new Refused("transform(array[1], x -> EXISTS (SELECT 1))", "0A000", "sub-query"),
          new Refused("transform_keys(map[1, 2], (k, v) -> NULLIF(k, 1))", "22023", "not be null"),
          new Refused("transform_keys(map[1, 2, 3, 4], (k, v) -> 0)", "22023", "each key once"),
          new Refused("array_sort(array[1, 9], (x, y) -> x - y)", "22023", "-1, 0 or 1, not"),
          new Refused("array_sort(array[1, 9], (x, y) -> NULL)", "22023", "not null"),
          new Refused("array_sort(array[1, 9], (x, y) -> 'a')", "42804", "needs an integer"),
          new Refused("array_sort(array[1, 9], x -> 0)", "42883", "array_sort(array, (x, y)"),
          new Refused("map_zip_with(map[1, 2], map['a', 2], (k, a, b) -> a)", "42804", "CAST"),
          new Refused("list_reduce(array[1], (x, y) -> x)", "0A000", "list_reduce"),
          new Refused("\"$element\"(0, 0, array[1])", "0A000", "lambda"));

  @TempDir Path folder;

  @Test
  void everyRefusalSaysWhatIsWrong() {
    List<String> wrong = new ArrayList<>();
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      for (Refused refused : REFUSED) {
        EngineException failure =
            catchThrowableOfType(
                EngineException.class, () -> frazil.query("SELECT " + refused.call()));
        if (failure == null
            || !failure.state().code().equals(refused.state())
            || !failure.getMessage().contains(refused.message())) {
          wrong.add(refused + " fails with " + failure);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Trino goes through an array from the left, and no further than it must. */
  @Test
  void whatFailsBehindTheElementThatDecidesIsNotSeen() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      assertThat(
              frazil
                  .query(
                      "SELECT any_match(a, x -> 1 / x > 0) FROM (VALUES (1, array[1, 0]),"
                          + " (2, array[-1]), (3, NULL), (4, array[NULL, -1]),"
                          + " (5, array[NULL, 1, 0]), (6, CAST(array[] AS integer[]))) AS t (i, a)"
                          + " ORDER BY i")
                  .lines())
          .containsExactly("true", "false", "NULL", "NULL", "true", "false");
      assertThat(
              frazil
                  .query(
                      "SELECT all_match(array[-1, 0], x -> 1 / x > 0),"
                          + " none_match(array[1, 0], x -> 1 / x > 0)")
                  .lines())
          .containsExactly("false | false");
    }
  }

  @Test
  void anArrowAnywhereElseTakesJsonApart() {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      assertThat(
              frazil
                  .query(
                      "SELECT coalesce(x -> 'a', 'none'), transform(array[x], x -> x ->> 'a'),"
                          + " contains(array['1'], (x) -> 'a'), array[x -> 'a']"
                          + " FROM (VALUES ('{\"a\": 1}')) AS t(x)")
                  .rows())
          .containsExactly(List.of("1", "[1]", "true", "[1]"));
    }
  }

  /** Copies of arrays tell the types of parameters: their number is limited. */
  @Test
  void tooManyLambdasInEachOthersArraysAreRefused() {
    String array = "array[1]";
    for (int i = 0; i < 20; i++) {
      array = "transform(" + array + ", x -> x + x)";
    }
    String call = array;
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      EngineException failure =
          catchThrowableOfType(EngineException.class, () -> frazil.query("SELECT " + call));
      assertThat(failure.state().code()).isEqualTo("54000");
      assertThat(failure).hasMessageContaining("lambdas");
    }
  }
}
