package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.frazil.catalog.aws.DynamoDbCatalogs;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.testing.DynamoDbLocal;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FakeGlue;
import dev.frazil.testing.JsonServiceServer;
import dev.frazil.testing.RestCatalogServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table of docs/reference/catalogs.md: what each catalog does is tried, and each cell has to
 * say so. What is refused leaves no file.
 */
@Tag("slow")
class CatalogsPageTest {
  private static final Path PAGE =
      Path.of(
          System.getProperty("frazil.documentation", Path.of("..", "docs").toString()),
          "reference",
          "catalogs.md");

  /** By the words of the head of the table. */
  private static final Map<String, List<String>> TRIALS = new LinkedHashMap<>();

  static {
    TRIALS.put(
        "several tables in one commit",
        List.of(
            "START TRANSACTION",
            "INSERT INTO s.a VALUES (2)",
            "INSERT INTO s.b VALUES (2)",
            "COMMIT"));
    TRIALS.put("views", List.of("CREATE VIEW s.v AS SELECT id FROM s.a"));
    TRIALS.put("rename", List.of("ALTER TABLE s.b RENAME TO s.c"));
    TRIALS.put("schema properties", List.of("COMMENT ON SCHEMA s IS 'of the shop'"));
    TRIALS.put(
        "`AS OF` of the database",
        List.of("START TRANSACTION READ ONLY FOR VERSION AS OF 2", "COMMIT"));
    TRIALS.put("tokens of commits without rows", List.of("ALTER TABLE s.a ADD COLUMN x integer"));
    TRIALS.put("writes", List.of("INSERT INTO s.a VALUES (3)"));
  }

  @TempDir Path folder;

  /** A catalog that runs, and how it is reached. */
  private record Place(ConnectionConfig config, Runnable stop) {
    Place(ConnectionConfig config) {
      this(config, () -> {});
    }
  }

  private static List<String> cells(String line) {
    String inner = line.strip().substring(1, line.strip().length() - 1);
    return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
  }

  @TestFactory
  List<DynamicTest> eachCellIsTrue() throws IOException {
    List<String> lines =
        Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| ")).toList();
    List<String> head = cells(lines.get(0));
    assertThat(head).containsAll(TRIALS.keySet());
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : lines) {
      List<String> row = cells(line);
      if (row.size() != head.size() || !row.get(0).startsWith("`jdbc:iceberg:")) {
        continue;
      }
      for (String trial : TRIALS.keySet()) {
        String cell = row.get(head.indexOf(trial));
        tests.add(
            DynamicTest.dynamicTest(
                row.get(0) + ": " + trial, () -> check(row.get(0), trial, cell)));
      }
    }
    assertThat(tests).hasSizeGreaterThanOrEqualTo(7 * TRIALS.size());
    return tests;
  }

  private void check(String url, String trial, String cell) throws IOException {
    assertThat(outcome(url, true, trial))
        .as("%s, %s: %s", url, trial, cell)
        .isEqualTo(cell.matches("(0A000|25006).*") ? cell.substring(0, 5) : "yes");
    if (cell.contains("where the server")) {
      assertThat(outcome(url, false, trial))
          .as("%s, %s, where the server does not", url, trial)
          .isEqualTo("0A000");
    }
  }

  /** What becomes of it: yes, or an SQLState, which must have left nothing. */
  private String outcome(String url, boolean everything, String trial) throws IOException {
    Path own = Files.createDirectory(folder.resolve(UUID.randomUUID().toString()));
    if (url.startsWith("`jdbc:iceberg:table:")) {
      return outcomeOfOneTable(own, trial);
    }
    Place place = place(url, own, everything);
    try (EngineRunner db = EngineRunner.open(place.config())) {
      for (String sql :
          List.of(
              "CREATE SCHEMA s",
              "CREATE TABLE s.a (id bigint)",
              "CREATE TABLE s.b (id bigint)",
              "INSERT INTO s.a VALUES (1)")) {
        db.update(sql);
      }
      boolean token = trial.startsWith("tokens");
      try (EngineRunner asked = token ? EngineRunner.open(withToken(place.config())) : db) {
        return outcome(asked, own, trial, Objects.requireNonNull(TRIALS.get(trial)));
      }
    } finally {
      place.stop().run();
    }
  }

  private static String outcome(EngineRunner asked, Path own, String trial, List<String> statements)
      throws IOException {
    Set<String> before = files(own);
    Throwable failure = catchThrowable(() -> statements.forEach(asked::update));
    if (failure == null) {
      return "yes";
    }
    if (!(failure instanceof EngineException refusal)) {
      throw new AssertionError(trial, failure);
    }
    if (trial.startsWith("several")) {
      asked.update("ROLLBACK");
    }
    Set<String> after = files(own);
    after.removeAll(before);
    // The first of several tables was written in good faith.
    assertThat(after)
        .as("files that '%s' left", trial)
        .noneMatch(file -> file.contains("/b") && file.endsWith(".parquet"));
    if (!trial.startsWith("several")) {
      assertThat(after).isEmpty();
    }
    return refusal.state().code();
  }

  /** There is one table, under its folder's name in the schema main. */
  private static String outcomeOfOneTable(Path own, String trial) throws IOException {
    try (EngineRunner owner = EngineRunner.local(own)) {
      owner.script("CREATE TABLE a (id bigint)", "INSERT INTO a VALUES (1)");
    }
    Path table;
    try (Stream<Path> folders = Files.list(own.resolve("main"))) {
      table = folders.findFirst().orElseThrow();
    }
    List<String> statements =
        Objects.requireNonNull(TRIALS.get(trial)).stream()
            .map(sql -> sql.replaceAll("\\bs\\.[ab]\\b", "\"" + table.getFileName() + "\""))
            .map(sql -> sql.replaceAll("\\bs\\b", "main"))
            .toList();
    ConnectionConfig config =
        ConnectionConfig.of(
            new Warehouse.SingleTable(new Warehouse.LocalFolder(table.toString()), null));
    boolean token = trial.startsWith("tokens");
    try (EngineRunner asked = EngineRunner.open(token ? withToken(config) : config)) {
      return outcome(asked, own, trial, statements);
    }
  }

  private static ConnectionConfig withToken(ConnectionConfig config) {
    Map<ConnectionProperty, String> values = new EnumMap<>(ConnectionProperty.class);
    values.putAll(config.values());
    values.put(ConnectionProperty.IDEMPOTENCY_TOKEN, "once");
    return new ConnectionConfig(config.warehouse(), values, config.secrets());
  }

  private static Set<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Set<String> found = new TreeSet<>();
      files
          .filter(
              file -> Files.isRegularFile(file) && !file.getFileName().toString().startsWith("."))
          .map(Path::toString)
          .forEach(found::add);
      return found;
    }
  }

  /**
   * @param everything whether a server offers all that servers may
   */
  private static Place place(String url, Path folder, boolean everything) {
    Warehouse.LocalFolder files = new Warehouse.LocalFolder(folder.toString());
    if (url.startsWith("`jdbc:iceberg:/")) {
      return new Place(ConnectionConfig.of(files));
    } else if (url.startsWith("`jdbc:iceberg:hadoop:")) {
      return new Place(ConnectionConfig.of(new Warehouse.HadoopFolder(folder.toString())));
    } else if (url.startsWith("`jdbc:iceberg:jdbc:")) {
      return new Place(
          ConnectionConfig.of(
              new Warehouse.JdbcCatalog("jdbc:sqlite:" + folder.resolve("c.db"), files)));
    } else if (url.startsWith("`jdbc:iceberg:dynamodb:")) {
      JsonServiceServer server = DynamoDbLocal.shared().proxy();
      return new Place(
          DynamoDbCatalogs.config(
              new Warehouse.DynamoDbCatalog("catalog-" + UUID.randomUUID(), files),
              server.endpoint()),
          server::close);
    } else if (url.startsWith("`jdbc:iceberg:glue:")) {
      JsonServiceServer server = new FakeGlue().serve();
      return new Place(
          DynamoDbCatalogs.config(new Warehouse.GlueCatalog("", files), server.endpoint()),
          server::close);
    } else if (url.startsWith("`jdbc:iceberg:rest:")) {
      return rest(folder, everything);
    }
    throw new AssertionError("the page names a catalog that this test does not know: " + url);
  }

  private static Place rest(Path folder, boolean everything) {
    RestCatalogServer server = RestCatalogServer.start(folder.toString());
    if (!everything) {
      server.config(
          config -> {
            if (config.get("endpoints") instanceof ArrayNode endpoints) {
              for (int i = endpoints.size() - 1; i >= 0; i--) {
                String endpoint = endpoints.get(i).asText();
                if (endpoint.contains("transactions")
                    || endpoint.contains("views")
                    || endpoint.contains("rename")) {
                  endpoints.remove(i);
                }
              }
            }
            return config;
          });
    }
    return new Place(
        new ConnectionConfig(
            new Warehouse.RestCatalog(server.uri()),
            Map.of(
                ConnectionProperty.WAREHOUSE,
                "w" + UUID.randomUUID(),
                ConnectionProperty.TABLE_LOCATIONS,
                folder.toString()),
            Map.of()),
        server::close);
  }
}
