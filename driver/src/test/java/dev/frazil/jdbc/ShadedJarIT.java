package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs a program in a JVM of its own that has the driver jar on its class path, and nothing else:
 * no flag, no other library.
 */
class ShadedJarIT {
  private static final Path JAR = Path.of(System.getProperty("frazil.jar")).toAbsolutePath();

  private static final String PROGRAM =
      """
      import java.sql.*;

      public class Program {
        public static void main(String[] arguments) throws SQLException {
          try (Connection connection =
                  DriverManager.getConnection("jdbc:iceberg:" + arguments[0]);
              Statement statement = connection.createStatement()) {
            statement.execute(
                "CREATE TABLE city (id bigint NOT NULL, name varchar, area decimal(10, 2))");
            try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO city VALUES (?, ?, ?)")) {
              for (int i = 1; i <= 3; i++) {
                insert.setLong(1, i);
                insert.setString(2, "city " + i);
                insert.setBigDecimal(3, new java.math.BigDecimal(i).movePointLeft(1));
                insert.addBatch();
              }
              insert.executeBatch();
            }
            System.out.println(
                "updated " + statement.executeUpdate("UPDATE city SET name = 'x' WHERE id = 2"));
            System.out.println(
                "deleted " + statement.executeUpdate("DELETE FROM city WHERE id = 3"));
          }
          try (Connection connection =
                  DriverManager.getConnection("jdbc:iceberg:" + arguments[0]);
              Statement statement = connection.createStatement();
              ResultSet rows =
                  statement.executeQuery("SELECT id, name, area FROM city ORDER BY id")) {
            while (rows.next()) {
              System.out.println(
                  rows.getLong(1) + " " + rows.getString(2) + " " + rows.getBigDecimal(3));
            }
          }
        }
      }
      """;

  private static final String FIRST_QUERY =
      """
      import java.sql.*;

      public class FirstQuery {
        public static void main(String[] arguments) throws SQLException {
          try (Connection connection =
                  DriverManager.getConnection("jdbc:iceberg:" + arguments[0]);
              Statement statement = connection.createStatement()) {
            if (arguments[1].equals("write")) {
              statement.execute("CREATE TABLE nation (id integer, name varchar)");
              for (int i = 0; i < 25; i += 5) {
                StringBuilder insert = new StringBuilder("INSERT INTO nation VALUES ");
                for (int j = i; j < i + 5; j++) {
                  insert.append(j == i ? "" : ", ").append("(" + j + ", 'nation " + j + "')");
                }
                statement.execute(insert.toString());
              }
              return;
            }
            try (ResultSet rows = statement.executeQuery(arguments[1])) {
              rows.next();
              System.out.println(rows.getString(1));
            }
          }
        }
      }
      """;

  private static final int FIRST_QUERY_CLASSES = 6_000;

  @TempDir private Path folder;

  @Test
  void worksAloneOnThisJava() throws Exception {
    Run run = run(Path.of(System.getProperty("java.home")));
    assertThat(run.errors()).as("standard error").isEmpty();
  }

  @Test
  void worksAloneOnTheNewestJava() throws Exception {
    Optional<Path> newest = newestJava();
    assumeTrue(newest.isPresent(), "there is no newer Java beside this one");
    Run run = run(newest.get());
    // From 24 on the JVM itself warns of zstd-jni's native library and of Unsafe.
    assertThat(run.errors().lines().filter(line -> !line.isBlank()))
        .as("standard error of %s", newest.get())
        .allMatch(line -> line.startsWith("WARNING: "));
  }

  /** The API of OpenTelemetry is not in the jar; who asks for traces is told what is missing. */
  @Test
  void tracesNeedOpenTelemetry() throws Exception {
    compile(
        "Traced",
        """
        import java.sql.*;

        public class Traced {
          public static void main(String[] arguments) {
            try (Connection connection =
                DriverManager.getConnection(
                    "jdbc:iceberg:" + arguments[0] + "?openTelemetry=true")) {
              System.out.println("opened");
            } catch (SQLException e) {
              System.out.println(e.getSQLState() + " " + e.getMessage());
            }
          }
        }
        """);
    Run run =
        start(
            Path.of(System.getProperty("java.home")),
            List.of(),
            "Traced",
            folder.resolve("warehouse").toString());
    assertThat(run.output())
        .startsWith("22023 the property openTelemetry ")
        .contains("io.opentelemetry:opentelemetry-api");
    assertThat(ofJar("META-INF/services/dev.frazil.engine.StatementSpans"))
        .as("the class is in the jar, under the name that the service has")
        .isNotNull();
    assertThat(ofJar("dev/frazil/telemetry/OpenTelemetrySpans.class")).isNotNull();
  }

  private static java.util.zip.ZipEntry ofJar(String name) throws IOException {
    try (java.util.zip.ZipFile jar = new java.util.zip.ZipFile(JAR.toFile())) {
      return jar.getEntry(name);
    }
  }

  /** A runtime that was linked without the module jdk.jfr has no events, and needs none. */
  @Test
  void worksWithoutTheFlightRecorder() throws Exception {
    Run run =
        run(Path.of(System.getProperty("java.home")), "--limit-modules", "java.se,jdk.unsupported");
    assertThat(run.errors()).as("standard error").isEmpty();
  }

  /**
   * Loading and checking classes is what the first query in a fresh JVM waits for. Whoever needs
   * more of them measures {@code ColdStartBenchmark} before raising the budget.
   */
  @Test
  void theFirstQueryLoadsFewClasses() throws Exception {
    compile("FirstQuery", FIRST_QUERY);
    Path java = Path.of(System.getProperty("java.home"));
    String warehouse = folder.resolve("warehouse").toString();
    assertThat(start(java, List.of(), "FirstQuery", warehouse, "write").output()).isEmpty();
    Path log = folder.resolve("classes.log");
    Run run =
        start(
            java,
            List.of("-Xlog:class+load:file=" + log),
            "FirstQuery",
            warehouse,
            "SELECT name FROM nation WHERE id = 7");
    assertThat(run.output().strip()).isEqualTo("nation 7");
    List<String> loaded;
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      loaded = lines.filter(line -> line.contains("source:")).toList();
    }
    System.out.println("the first query in a fresh JVM loads " + loaded.size() + " classes");
    assertThat(loaded.size()).isLessThanOrEqualTo(FIRST_QUERY_CLASSES);
    assertThat(loaded).noneMatch(line -> line.contains("org.codehaus.janino."));
    assertThat(loaded)
        .as("what nobody asked for")
        .noneMatch(line -> line.matches(".*\\bdev\\.frazil\\.event\\.\\w+Event .*"))
        .noneMatch(line -> line.matches(".*\\b(ProgressReports|jdk\\.jfr\\.Event) .*"));
  }

  private record Run(String output, String errors) {}

  private Run run(Path java, String... flags) throws IOException, InterruptedException {
    compile("Program", PROGRAM);
    Run run = start(java, List.of(flags), "Program", folder.resolve("warehouse").toString());
    assertThat(run.output().lines())
        .containsExactly("updated 1", "deleted 1", "1 city 1 0.10", "2 x 0.20");
    System.out.println("the driver jar works alone on " + java);
    return run;
  }

  private void compile(String name, String text) throws IOException {
    Path source = folder.resolve(name + ".java");
    Files.writeString(source, text);
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "--release", "17", "-d", folder.toString(), source.toString());
    assertThat(compiled).isZero();
  }

  /** Runs a class that was compiled, beside the driver jar and nothing else. */
  private Run start(Path java, List<String> flags, String name, String... arguments)
      throws IOException, InterruptedException {
    Path output = folder.resolve("out");
    Path errors = folder.resolve("err");
    List<String> command = new ArrayList<>();
    command.add(java.resolve("bin").resolve("java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", JAR + File.pathSeparator + folder, name));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    Run run = new Run(Files.readString(output), Files.readString(errors));
    assertThat(process.exitValue()).as(run.errors()).isZero();
    return run;
  }

  /** The newest JDK in the folder where this one lies, or where JAVA_HOME points. */
  private static Optional<Path> newestJava() throws IOException {
    Path here = Path.of(System.getProperty("java.home")).toRealPath();
    TreeMap<Integer, Path> found = new TreeMap<>();
    String configured = System.getenv("JAVA_HOME");
    List<Path> homes =
        configured == null ? List.of(here) : List.of(here, Path.of(configured).toRealPath());
    for (Path home : homes) {
      try (Stream<Path> siblings = Files.list(home.getParent())) {
        for (Path sibling : siblings.toList()) {
          Path release = sibling.resolve("release");
          if (Files.isReadable(release) && Files.isExecutable(sibling.resolve("bin/java"))) {
            found.put(majorVersion(release), sibling);
          }
        }
      }
    }
    found.headMap(Runtime.version().feature(), true).clear();
    return found.isEmpty() ? Optional.empty() : Optional.of(found.lastEntry().getValue());
  }

  private static int majorVersion(Path release) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(release)) {
      properties.load(reader);
    }
    String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
    return Integer.parseInt(version.split("[^0-9]", 2)[0]);
  }
}
