package dev.frazil.reports;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.frazil.jdbc.FrazilDriver;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged driver, for programs that are started beside the test. */
final class DriverJar {
  private DriverJar() {}

  /** The driver jar; a test that finds classes instead is skipped. */
  static Path path() throws URISyntaxException {
    Path place =
        Path.of(FrazilDriver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assumeTrue(
        Files.isRegularFile(place), "needs the packaged driver: run mvn verify, found " + place);
    return place;
  }

  /** The entry of this JVM's class path that is called so. */
  static Path library(String pattern) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(entry -> entry.getFileName().toString().matches(pattern))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not on the class path: " + pattern));
  }

  /** The {@code java} that runs this test. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** What a program printed, errors included; it must end with status 0 within the time. */
  static String run(Path log, long seconds, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
      String printed = Files.readString(log, StandardCharsets.UTF_8);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError(
            (ended ? "status " + process.exitValue() : "no end in " + seconds + " s")
                + " of "
                + command
                + "\n"
                + printed);
      }
      return printed;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
