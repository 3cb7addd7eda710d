package dev.frazil.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/architecture.md names exists, and every package stands on it. */
class ArchitecturePageTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @Test
  void everyNameOnThePageExists() throws IOException {
    Path root = RepositoryRoot.find();
    Set<String> classNames;
    try (Stream<Path> files = Files.walk(root)) {
      classNames =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .collect(Collectors.toSet());
    }
    List<String> missing = new ArrayList<>();
    int checked = 0;
    Matcher matcher = CODE.matcher(Files.readString(root.resolve("docs/architecture.md")));
    while (matcher.find()) {
      String name = matcher.group(1);
      if (name.matches("[A-Z][A-Za-z0-9]+")) {
        checked++;
        if (!classNames.contains(name)) {
          missing.add(name);
        }
      } else if (name.contains("/") && !name.contains(" ") && !name.contains("<")) {
        checked++;
        if (!Files.exists(root.resolve(name))) {
          missing.add(name);
        }
      }
    }
    assertThat(missing).as("named in docs/architecture.md, but not in the tree").isEmpty();
    assertThat(checked).isGreaterThan(30);
  }

  @Test
  void everyPackageStandsOnThePage() throws IOException {
    String page = Files.readString(RepositoryRoot.find().resolve("docs/architecture.md"));
    assertThat(HouseRows.LOWEST_FIRST)
        .allSatisfy(row -> assertThat(page).contains("| `" + row + "`"));
  }
}
