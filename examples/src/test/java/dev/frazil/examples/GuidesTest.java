package dev.frazil.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guides: what they link to exists, each is in the index, their SQL that is marked {@code sql
 * run} runs, statement by statement in one database a guide, and none puts a secret into a URL.
 */
class GuidesTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(#[^)]*)?\\)");
  private static final Pattern SQL = Pattern.compile("```sql run\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SECRET_IN_URL =
      Pattern.compile("jdbc:iceberg:[^`\"\\s]*(secretAccessKey|sessionToken|password)=");

  @TempDir Path folder;

  private static Path guides() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve("META-INF"))) {
      root = root.getParent();
    }
    return root.resolve("docs/guides");
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(guides())) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  @Test
  void whatTheyLinkToExists() throws IOException {
    List<String> missing = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        String target = link.group(1);
        if (target.isEmpty() || target.startsWith("https://")) {
          continue;
        }
        links++;
        if (!Files.exists(page.resolveSibling(target))) {
          missing.add(page.getFileName() + " -> " + target);
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(links).isPositive();
  }

  @Test
  void eachIsInTheIndex() throws IOException {
    String index = Files.readString(guides().resolve("README.md"));
    for (Path page : pages()) {
      String name = page.getFileName().toString();
      if (!name.equals("README.md")) {
        assertThat(index).as("docs/guides/README.md").contains("](" + name + ")");
      }
    }
  }

  @Test
  void noneShowsASecretInAUrl() throws IOException {
    for (Path page : pages()) {
      assertThat(Files.readString(page)).doesNotContainPattern(SECRET_IN_URL);
    }
  }

  @Test
  void theirSqlRuns() throws Exception {
    int ran = 0;
    for (Path page : pages()) {
      String url = "jdbc:iceberg:" + folder.resolve(page.getFileName().toString());
      Matcher block = SQL.matcher(Files.readString(page));
      while (block.find()) {
        try (Connection connection = DriverManager.getConnection(url);
            Statement statement = connection.createStatement()) {
          for (String sql : block.group(1).split(";\\s*\n", -1)) {
            if (!sql.isBlank()) {
              run(statement, page, sql);
              ran++;
            }
          }
        }
      }
    }
    assertThat(ran).as("statements that the guides show").isPositive();
  }

  private static void run(Statement statement, Path page, String sql) throws Exception {
    if (statement.execute(sql)) {
      try (ResultSet rows = statement.getResultSet()) {
        assertThat(rows.next()).as("%s shows rows of: %s", page.getFileName(), sql).isTrue();
      }
    }
  }
}
