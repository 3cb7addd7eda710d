package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private record Run(String output, String errors) {}

  private Run run(Path java) throws IOException, InterruptedException {
    Path source = folder.resolve("Program.java");
    Files.writeString(source, PROGRAM);
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "--release", "17", "-d", folder.toString(), source.toString());
    assertThat(compiled).isZero();
    Path output = folder.resolve("out");
    Path errors = folder.resolve("err");
    Process process =
        new ProcessBuilder(
                java.resolve("bin").resolve("java").toString(),
                "-cp",
                JAR + File.pathSeparator + folder,
                "Program",
                folder.resolve("warehouse").toString())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    Run run = new Run(Files.readString(output), Files.readString(errors));
    assertThat(process.exitValue()).as(run.errors()).isZero();
    assertThat(run.output().lines())
        .containsExactly("updated 1", "deleted 1", "1 city 1 0.10", "2 x 0.20");
    System.out.println("the driver jar works alone on " + java);
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
