package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.Answer;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.TpcdsTables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Queries of our own over the tables of TPC-DS, each with the features of the query whose number it
 * has: the answers are DuckDB's over the same rows. Prints how long each takes to plan.
 */
@Tag("slow")
class TpcdsTest {
  private static final List<String> FILES =
      List.of("tpcds-queries.sql", "tpcds-queries-1.sql", "tpcds-queries-2.sql");

  @TempDir static Path folder;

  private static EngineRunner frazil;
  private static DuckDbRunner duckDb;

  @BeforeAll
  static void load() throws IOException {
    frazil = EngineRunner.local(folder.resolve("warehouse"));
    duckDb = new DuckDbRunner();
    TpcdsTables.load(frazil.session(), duckDb, folder);
  }

  @AfterAll
  static void close() {
    frazil.close();
    duckDb.close();
  }

  static Iterable<String> queries() throws IOException {
    return texts().keySet();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void givesWhatDuckDbGives(String name) throws IOException {
    String sql = texts().get(name);
    Answer ours = frazil.query(sql);
    assertThat(ours.sorted()).as(name).isEqualTo(duckDb.query(sql).sorted());
    assertThat(ours.rows()).as(name + " has rows").isNotEmpty();
    System.out.printf(
        "TpcdsTest: %s %d rows, planned in %.1f ms%n",
        name, ours.rows().size(), planningMillis(sql));
  }

  /** The shortest of some: what else the machine does is not the planner's. */
  private static double planningMillis(String sql) {
    double shortest = Double.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = System.nanoTime();
      frazil.query("EXPLAIN " + sql + " ".repeat(i));
      shortest = Math.min(shortest, (System.nanoTime() - before) / 1e6);
    }
    return shortest;
  }

  private static Map<String, String> texts() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String file : FILES) {
      try (InputStream resource = TpcdsTest.class.getResourceAsStream(file)) {
        text.append(new String(resource.readAllBytes(), StandardCharsets.UTF_8)).append('\n');
      }
    }
    Map<String, String> queries = new TreeMap<>();
    Matcher parts =
        Pattern.compile("-- (D\\d+[ab]?)[^\n]*\n(.*?)(?=\n-- D|\\z)", Pattern.DOTALL).matcher(text);
    while (parts.find()) {
      queries.put(parts.group(1), parts.group(2).strip());
    }
    return queries;
  }
}
