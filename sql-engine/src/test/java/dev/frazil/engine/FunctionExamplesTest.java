package dev.frazil.engine;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.architecture.RepositoryRoot;
import dev.frazil.error.EngineException;
import dev.frazil.function.BuiltInPages;
import dev.frazil.function.FunctionLibrary;
import dev.frazil.function.FunctionReference;
import dev.frazil.function.LibraryFunction;
import dev.frazil.function.LibraryFunction.Example;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of the function library runs and prints what it says; DuckDB agrees. */
class FunctionExamplesTest {
  private static final String WHOLE = "Trino counts whole units, DuckDB the bounds crossed";
  private static final String BRACES = "PostgreSQL and Trino: DuckDB has patterns with braces";

  private static final String MONS = "PostgreSQL's text: DuckDB writes months, without signs";

  /** Where DuckDB gives something else, and why we do not. */
  private static final Map<String, String> DIFFERS =
      Map.ofEntries(
          entry("age(TIMESTAMP '2001-04-10 00:00:00', TIMESTAMP '1957-06-13 00:00:00')", MONS),
          entry("INTERVAL '1 year 2 months 3 days 04:05'", MONS),
          entry("INTERVAL '1' MONTH + INTERVAL '36' HOUR", MONS),
          entry("CAST(INTERVAL '-1 month 1 day' AS varchar)", MONS),
          entry("INTERVAL '1 month 2 days' * 1.5", MONS),
          entry("format('Hello %s, %1$s', 'World')", BRACES),
          entry("format('INSERT INTO %I VALUES(%L)', 'locations', 'C:\\Program Files')", BRACES),
          entry("format('|%-10s|', 'foo')", BRACES),
          entry("format('%03d %.2f %,d', 8, 3.14159, 1234567)", BRACES),
          entry("decode('Cv8=', 'base64')", "PostgreSQL gives bytes"),
          entry("url_decode('a+b%26c')", "Trino reads a plus sign as a blank, as forms write it"),
          entry("to_base(255, 16)", "Trino gives small letters"),
          entry("'frazil' SIMILAR TO '(fra|bar)%'", "DuckDB has no patterns of ISO"),
          entry("regexp_replace('1a 2b', '(\\d)([ab])', '$2$1')", "Trino replaces all"),
          entry("date_diff('month', DATE '2024-01-31', DATE '2024-02-29')", WHOLE),
          entry(
              "date_diff('hour', TIMESTAMP '2024-01-01 00:30:00', TIMESTAMP '2024-01-02 00:00:00')",
              WHOLE),
          entry(
              "TIMESTAMP '2024-07-01 12:00:00+00:00' AT TIME ZONE 'America/New_York'",
              "ISO: a literal with an offset has a time zone"),
          entry("string_to_array('abc', NULL)", "PostgreSQL: the characters"),
          entry("generate_subscripts(array['a', 'b'], 1)", "rows in FROM only"),
          entry("array_contains(array[1, NULL], 2)", "three-valued, as Trino"),
          entry("json_value('{\"a\": 1.50}', 'lax $.a')", "DuckDB has no paths of ISO"),
          entry("json_exists('{\"a\": [1, 5]}', 'lax $.a[*] ? (@ > 4)')", "DuckDB has no filters"),
          entry("json_exists('{\"a\": null}', 'lax $.a')", "DuckDB has no paths of ISO"),
          entry("json_array(1, NULL, 'a')", "ISO: ABSENT ON NULL"),
          entry("version()", "another engine"),
          entry("try(1 / 0)", "ISO: division by zero is an error"),
          entry("upper('straße')", "Unicode's full mapping, as in Java and ICU"),
          entry("date_trunc('month', DATE '2024-05-17')", "Trino keeps a date a date"),
          entry("typeof(1.5)", "names of types differ"),
          entry("typeof(array[DATE '2024-01-01'])", "names of types differ"),
          entry("array_position(array['a'], 'x')", "Trino gives 0"),
          entry("array_distinct(array[2, 1, 2])", "Trino keeps the order"),
          entry("CAST(INTERVAL '3 04:05:06' DAY TO SECOND AS varchar)", "ISO and Trino, not days"),
          entry("CAST(INTERVAL '14' MONTH AS varchar)", "ISO and Trino, not a year 2 months"),
          entry(
              "date_part('second', TIMESTAMP '2024-01-01 00:00:30.25')",
              "PostgreSQL keeps the fraction"));

  @TempDir Path folder;

  @Test
  void everyExamplePrintsWhatItSays() {
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    try (EngineRunner frazil = EngineRunner.local(folder);
        DuckDbRunner duckDb = new DuckDbRunner()) {
      for (BuiltInPages.Page function : FunctionReference.pages()) {
        assertThat(function.description()).as(function.names().get(0)).isNotBlank();
        assertThat(function.examples()).as(function.names().get(0)).isNotEmpty();
        for (Example example : function.examples()) {
          String printed = run(frazil, example.call());
          boolean varies = isVolatile(function.names().get(0));
          if (varies ? printed.startsWith("fails") : !printed.equals(example.result())) {
            wrong.add(example.call() + "\n    is   " + printed + "\n    said " + example.result());
          }
          String theirs = run(duckDb, example.call());
          if (!varies && !theirs.startsWith("fails")) {
            compared++;
            if (!theirs.equals(printed) && !DIFFERS.containsKey(example.call())) {
              wrong.add(example.call() + "\n    DuckDB " + theirs + "\n    we     " + printed);
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(compared).as("examples that DuckDB runs too").isGreaterThan(130);
  }

  /** A name that two functions claim would hide one of them. */
  @Test
  void everyNameIsGivenOnce() {
    assertThat(FunctionLibrary.names()).doesNotHaveDuplicates();
    for (String name : FunctionLibrary.names()) {
      LibraryFunction found = FunctionLibrary.find(name);
      assertThat(found).as(name).isNotNull();
      assertThat(found.names()).contains(name);
    }
  }

  /** {@code -Dfrazil.write.docs=true} writes the page. */
  @Test
  void theReferenceIsThatOfTheRegistry() throws IOException {
    Path page = RepositoryRoot.find().resolve("docs/reference/functions.md");
    String text = Files.readString(page);
    int from = text.indexOf(FunctionReference.BEGIN) + FunctionReference.BEGIN.length() + 1;
    int to = text.indexOf(FunctionReference.END);
    String expected = FunctionReference.markdown();
    if (Boolean.getBoolean("frazil.write.docs")) {
      Files.writeString(page, text.substring(0, from) + expected + "\n" + text.substring(to));
      return;
    }
    assertThat(text.substring(from, to).strip())
        .as("docs/reference/functions.md; write it with -Dfrazil.write.docs=true")
        .isEqualTo(expected.strip());
  }

  private static boolean isVolatile(String name) {
    LibraryFunction function = FunctionLibrary.find(name);
    return function != null && function.isVolatile();
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
