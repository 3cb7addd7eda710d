package dev.frazil.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every public kernel is called by a test of this package, by its name or by reflection. */
class KernelCoverageTest {
  private static final Path MAIN = Path.of("src/main/java/dev/frazil/kernel");
  private static final Path TESTS = Path.of("src/test/java/dev/frazil/kernel");
  private static final Pattern METHOD =
      Pattern.compile("\n  public (?!record|enum|interface|class)[^=;{(]*?(\\w+)\\(");

  @Test
  void everyKernelIsTested() throws IOException {
    StringBuilder tests = new StringBuilder();
    for (Path file : files(TESTS)) {
      tests.append(Files.readString(file));
    }
    List<String> missing = new ArrayList<>();
    int found = 0;
    for (Path file : files(MAIN)) {
      String name = file.getFileName().toString().replace(".java", "");
      Matcher method = METHOD.matcher(Files.readString(file));
      while (method.find()) {
        found++;
        String kernel = method.group(1);
        boolean isConstructor = kernel.equals(name);
        boolean tested =
            tests.indexOf(name + "." + kernel + "(") >= 0
                || tests.indexOf(name + ".class") >= 0
                || (!method.group().contains("static ") && tests.indexOf("." + kernel + "(") >= 0);
        if (!isConstructor && !tested) {
          missing.add(name + "." + kernel);
        }
      }
    }
    assertThat(found).isGreaterThan(70);
    assertThat(missing).isEmpty();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
