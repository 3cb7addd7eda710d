package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.SqlScriptRunner;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts in {@code resources/dev/frazil/engine/scripts} give what DuckDB gives. */
class SqlScriptsTest {
  @TempDir Path folder;

  /** Every script of the folder. */
  static Stream<String> scripts() throws IOException, URISyntaxException {
    Path folder = Path.of(SqlScriptsTest.class.getResource("scripts").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replace(".sql", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theScriptGivesWhatDuckDbGives(String name) throws IOException {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      compare(frazil, name);
    }
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(strings = {"first-steps", "merge", "partitions", "version-3"})
  void theScriptGivesTheSameOnS3(String name) throws IOException {
    try (ConditionalS3Server server = ConditionalS3Server.start();
        EngineRunner frazil = EngineRunner.open(server.config("db"))) {
      compare(frazil, name);
    }
  }

  private static void compare(EngineRunner frazil, String name) throws IOException {
    String script;
    try (InputStream resource =
        SqlScriptsTest.class.getResourceAsStream("scripts/" + name + ".sql")) {
      assertThat(resource).as(name).isNotNull();
      script = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
    try (DuckDbRunner duckDb = new DuckDbRunner()) {
      SqlScriptRunner runner = new SqlScriptRunner(frazil, duckDb);
      runner.run(script);
      assertThat(runner.comparisons()).isGreaterThan(5);
    }
  }
}
