package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.architecture.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of docs/reference/jdbc-checklist.md names tests, and they exist. */
class JdbcChecklistPageTest {
  private static final Pattern TEST =
      Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))#([a-zA-Z0-9]+)`");

  private final Path root = RepositoryRoot.find();

  private Map<String, String> sources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    for (String module : List.of("driver", "sql-engine", "examples")) {
      try (Stream<Path> files = Files.walk(root.resolve(module))) {
        for (Path file :
            files
                .filter(file -> file.toString().matches(".*/src/test/java/.*(Test|IT)\\.java"))
                .toList()) {
          sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
      }
    }
    return sources;
  }

  @Test
  void everyLineNamesTestsThatExist() throws IOException {
    Map<String, String> sources = sources();
    List<String> wrong = new ArrayList<>();
    int lines = 0;
    for (String line : page().lines().filter(text -> text.matches("\\| [^|]+\\|.*")).toList()) {
      if (line.startsWith("| need ") || line.contains("|---|")) {
        continue;
      }
      lines++;
      List<MatchResult> tests = TEST.matcher(line).results().toList();
      if (tests.isEmpty() && !line.contains("**not held**")) {
        wrong.add("no test: " + line);
      }
      for (MatchResult test : tests) {
        String source = sources.getOrDefault(test.group(1), "");
        if (!source.contains("void " + test.group(2) + "(")) {
          wrong.add("no such test: " + test.group());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(lines).isGreaterThan(50);
  }

  private String page() throws IOException {
    return Files.readString(root.resolve("docs/reference/jdbc-checklist.md"));
  }
}
