package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.Answer;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.TpchTables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TPC-H at a hundredth of its smallest size: the answers are DuckDB's over the same rows. */
@Tag("slow")
class TpchTest {
  private static final double SCALE_FACTOR = 0.01;

  @TempDir static Path folder;

  private static EngineRunner frazil;
  private static DuckDbRunner duckDb;

  @BeforeAll
  static void load() throws IOException {
    frazil = EngineRunner.local(folder.resolve("warehouse"));
    duckDb = new DuckDbRunner();
    TpchTables.load(frazil.session(), duckDb, folder, SCALE_FACTOR);
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
    if (!name.equals("Q2") && !name.equals("Q20")) {
      assertThat(ours.rows()).as(name + " has rows").isNotEmpty();
    }
  }

  private static Map<String, String> texts() throws IOException {
    String text;
    try (InputStream resource = TpchTest.class.getResourceAsStream("tpch-queries.sql")) {
      text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
    Map<String, String> queries = new LinkedHashMap<>();
    Matcher parts =
        Pattern.compile("-- (Q\\d+)\n(.*?)(?=\n-- Q|\\z)", Pattern.DOTALL).matcher(text);
    while (parts.find()) {
      queries.put(parts.group(1), parts.group(2));
    }
    return queries;
  }
}
