package dev.frazil.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tests that docs/reliability.md names exist, and the soak run has the sizes that it states.
 */
class PromisesPageTest {
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*Test)`");
  private static final Pattern SIZE = Pattern.compile("`(frazil[a-z.]+)=(\\d+)`");

  /** A size without a property, at the head of its cell. */
  private static final Pattern NUMBER = Pattern.compile("\\d{1,3}(?:,\\d{3})+");

  private final Path root = RepositoryRoot.find();
  private final String page = read(root.resolve("docs/reliability.md"));
  private final Map<String, String> tests = tests();

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The sources of all tests, by their names. */
  private Map<String, String> tests() {
    Map<String, String> sources = new HashMap<>();
    for (String module : List.of("sql-engine", "driver")) {
      try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/test/java"))) {
        files
            .filter(file -> file.toString().endsWith("Test.java"))
            .forEach(
                file ->
                    sources.put(file.getFileName().toString().replace(".java", ""), read(file)));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return sources;
  }

  @Test
  void everyTestOnThePageExists() {
    List<String> named = TEST.matcher(page).results().map(found -> found.group(1)).toList();
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(tests.keySet()).containsAll(named);
  }

  @Test
  void theSoakRunHasTheSizesOnThePage() {
    String pom = read(root.resolve("pom.xml"));
    Matcher size = SIZE.matcher(page);
    int checked = 0;
    while (size.find()) {
      String property = size.group(1);
      if (page.startsWith("-D", size.start() + 1)) {
        continue;
      }
      checked++;
      assertThat(pom).contains("<" + property + ">" + size.group(2) + "</" + property + ">");
      assertThat(pom).contains("<" + property + ">${" + property + "}</" + property + ">");
      assertThat(tests.values().stream().filter(source -> source.contains(property)))
          .as("tests that read " + property)
          .isNotEmpty();
    }
    assertThat(checked).isGreaterThanOrEqualTo(7);
  }

  @Test
  void sizesWithoutAPropertyStandInTheTests() {
    int checked = 0;
    for (String line : page.lines().filter(text -> text.startsWith("| 1")).toList()) {
      String[] cells = line.split("\\|");
      boolean isSize = cells.length >= 6 && NUMBER.matcher(cells[4].strip()).lookingAt();
      if (isSize) {
        Matcher test = TEST.matcher(cells[2]);
        Matcher number = NUMBER.matcher(cells[4]);
        while (test.find() && number.find()) {
          checked++;
          assertThat(tests.get(test.group(1))).contains(number.group().replace(',', '_'));
        }
      }
    }
    assertThat(checked).isEqualTo(5);
  }
}
