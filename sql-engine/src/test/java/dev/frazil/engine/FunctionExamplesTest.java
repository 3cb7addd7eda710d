package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.error.EngineException;
import dev.frazil.function.FunctionLibrary;
import dev.frazil.function.LibraryFunction;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of the function library runs and prints what it says; DuckDB agrees. */
class FunctionExamplesTest {
  /** Where DuckDB gives something else, and why we do not. */
  private static final Map<String, String> DIFFERS =
      Map.of(
          "decode('Cv8=', 'base64')", "DuckDB ignores the encoding; PostgreSQL gives bytes",
          "url_decode('a+b%26c')", "Trino reads a plus sign as a blank, as forms write it",
          "to_base(255, 16)", "Trino gives small letters",
          "'frazil' SIMILAR TO '(fra|bar)%'", "DuckDB takes a regular expression, not ISO's pattern",
          "regexp_replace('1a 2b', '(\\d)([ab])', '$2$1')", "Trino replaces all; $n is a group");

  @TempDir Path folder;

  @Test
  void everyExamplePrintsWhatItSays() {
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    try (EngineRunner frazil = EngineRunner.local(folder);
        DuckDbRunner duckDb = new DuckDbRunner()) {
      for (LibraryFunction function : FunctionLibrary.all()) {
        assertThat(function.description()).as(function.name()).isNotBlank();
        assertThat(function.examples()).as(function.name()).isNotEmpty();
        for (LibraryFunction.Example example : function.examples()) {
          String printed = run(frazil, example.call());
          if (!function.isVolatile() && !printed.equals(example.result())) {
            wrong.add(example.call() + "\n    is   " + printed + "\n    said " + example.result());
          }
          String theirs = run(duckDb, example.call());
          if (!function.isVolatile() && !theirs.startsWith("fails")) {
            compared++;
            if (!theirs.equals(printed) && !DIFFERS.containsKey(example.call())) {
              wrong.add(example.call() + "\n    DuckDB " + theirs + "\n    we     " + printed);
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(compared).isGreaterThan(10);
  }

  private static String run(EngineRunner frazil, String call) {
    try {
      return frazil.query("SELECT " + call).rows().get(0).get(0);
    } catch (EngineException e) {
      return "fails: " + e.getMessage();
    }
  }

  private static String run(DuckDbRunner duckDb, String call) {
    try {
      return duckDb.query("SELECT " + call).rows().get(0).get(0);
    } catch (AssertionError e) {
      return "fails";
    }
  }
}
