package dev.frazil.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Big files are where good projects rot: few over 350 lines, none over 800. */
class SourceSizeTest {
  private static final int FEW = 11;

  @Test
  void filesStaySmall() throws IOException {
    Path root = RepositoryRoot.find();
    List<String> large;
    try (Stream<Path> files = Files.walk(root)) {
      large =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains("/target/"))
              .filter(file -> lines(file) > 350)
              .map(file -> root.relativize(file) + " has " + lines(file) + " lines")
              .sorted()
              .toList();
    }
    assertThat(large).as("files over 350 lines").hasSizeLessThanOrEqualTo(FEW);
    assertThat(large)
        .noneMatch(text -> Integer.parseInt(text.replaceAll(".* has (\\d+) .*", "$1")) > 800);
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
