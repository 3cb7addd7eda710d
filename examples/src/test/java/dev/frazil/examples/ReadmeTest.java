package dev.frazil.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells a stranger is there, and its program runs as it stands. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)[^)]*\\)");
  private static final Pattern BENCHMARK = Pattern.compile("`([A-Z][A-Za-z]+Benchmark)\\b");

  @TempDir Path folder;

  @Test
  void itsProgramRuns() throws Exception {
    Matcher block = JAVA.matcher(readme());
    assertThat(block.find()).as("the README shows a program").isTrue();
    String body =
        block.group(1).replaceFirst("jdbc:iceberg:s3://[^\"]+", "jdbc:iceberg:" + folder + "/shop");
    assertThat(body).as("the program opens a bucket").contains(folder.toString());
    Path source = folder.resolve("Shown.java");
    Files.writeString(
        source,
        "import java.sql.*;\npublic class Shown { public static void run() throws Exception {\n"
            + body
            + "}}\n");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "--release", "17", "-d", folder.toString(), source.toString());
    assertThat(failed).as("compiler's exit status").isZero();

    assertThat(printed()).containsExactly("2026-01-31 9.90", "2026-02-01 25.00");
  }

  private List<String> printed() throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      loader.loadClass("Shown").getMethod("run").invoke(null);
    } finally {
      System.setOut(console);
    }
    return shown.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void itHasEveryPartThatAStrangerNeeds() throws IOException {
    assertThat(readme().lines().filter(line -> line.startsWith("#")))
        .containsSequence(
            "# Frazil",
            "## Try it",
            "## What it guarantees",
            "## Limits",
            "## Measured",
            "## What it does not do",
            "## More");
    assertThat(Files.readString(root().resolve(".ci/run"))).contains(" verify\n");
    assertThat(readme())
        .contains("\nmvn verify ")
        .contains("\n./frazil ")
        .contains("./frazil demo");
  }

  @Test
  void whatItNamesExists() throws IOException {
    List<String> missing = new ArrayList<>();
    Matcher link = LINK.matcher(readme());
    while (link.find()) {
      if (!Files.exists(root().resolve(link.group(1)))) {
        missing.add(link.group(1));
      }
    }
    Path benchmarks = root().resolve("examples/benchmarks/src/main/java/dev/frazil/benchmarks");
    Matcher benchmark = BENCHMARK.matcher(readme());
    int named = 0;
    while (benchmark.find()) {
      named++;
      if (!Files.exists(benchmarks.resolve(benchmark.group(1) + ".java"))) {
        missing.add(benchmark.group(1));
      }
    }
    assertThat(missing).as("named in README.md, but not in the tree").isEmpty();
    assertThat(named).as("benchmarks behind the figures").isPositive();
  }

  private static String readme() throws IOException {
    return Files.readString(root().resolve("README.md"));
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("META-INF"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
