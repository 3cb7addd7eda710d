package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.Answer;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.TpcdsQueries;
import dev.frazil.testing.TpcdsTables;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The queries of {@link TpcdsQueries}: the answers are DuckDB's over the same rows. Prints how long
 * each takes to plan.
 */
@Tag("slow")
class TpcdsTest {
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
    return TpcdsQueries.all().keySet();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void givesWhatDuckDbGives(String name) throws IOException {
    String sql = TpcdsQueries.all().get(name);
    Answer ours = frazil.query(sql);
    Answer theirs = duckDb.query(sql);
    if (sql.substring(sql.lastIndexOf('\n')).contains("ORDER BY")) {
      assertThat(ours.lines()).as(name).isEqualTo(theirs.lines());
    } else {
      assertThat(ours.sorted()).as(name).isEqualTo(theirs.sorted());
    }
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
}
