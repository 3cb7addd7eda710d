package dev.frazil.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark reads and writes a database of Frazil through the REST bridge ({@code ./frazil serve})
 * while Frazil does the same by SQL.
 */
class SparkByBridgeTest {
  private static final String TOKEN = "a-token-for-spark-only";

  @TempDir static Path folder;
  private static Process server;
  private static FrazilProcess frazil;
  private static SharedDatabase database;

  @BeforeAll
  static void start() throws IOException {
    Path place = folder.resolve("db");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("frazil.jar"),
                "dev.frazil.jdbc.FrazilServer",
                place.toString(),
                "--port",
                "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("FRAZIL_TOKEN", TOKEN);
    server = builder.start();
    String uri =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
            .lines()
            .filter(line -> line.startsWith("  uri "))
            .findFirst()
            .orElseThrow()
            .substring("  uri ".length())
            .strip();
    frazil = new FrazilProcess("jdbc:iceberg:" + place);
    database =
        new SharedDatabase(folder, frazil, Map.of("type", "rest", "uri", uri, "token", TOKEN));
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
    frazil.close();
    server.destroy();
  }

  @Test
  void inTurns() {
    database.writtenInTurns();
  }

  @Test
  void atOnce() {
    database.writtenAtOnce();
  }
}
