package dev.frazil.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of the machine's own packages, on a free port of loopback, for one test
 * class. A machine without one has none: the test says so and is skipped.
 */
public final class PostgresServer implements AutoCloseable {
  private final Path folder;
  private final Process process;
  private final int port;

  private PostgresServer(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /** Starts one; empty where PostgreSQL is not installed, or may not run for this user. */
  public static Optional<PostgresServer> start() throws IOException, InterruptedException {
    Path programs = programs();
    boolean isRoot = System.getProperty("user.name").equals("root");
    if (programs == null || (isRoot && !Files.isExecutable(Path.of("/usr/sbin/runuser")))) {
      return Optional.empty();
    }
    Path folder = Files.createTempDirectory("frazil-postgres-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path data = folder.resolve("data");
    Process initialised =
        start(
            isRoot,
            folder,
            programs.resolve("initdb").toString(),
            "-D",
            data.toString(),
            "-A",
            "trust",
            "-U",
            "frazil",
            "--no-sync");
    if (initialised.waitFor() != 0) {
      return Optional.empty();
    }
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process server =
        start(
            isRoot,
            folder,
            programs.resolve("postgres").toString(),
            "-D",
            data.toString(),
            "-p",
            String.valueOf(port),
            "-k",
            folder.toString(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "fsync=off");
    return Optional.of(new PostgresServer(folder, server, port)).filter(PostgresServer::answers);
  }

  private static @Nullable Path programs() throws IOException {
    Path packages = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(packages)) {
      return null;
    }
    try (Stream<Path> versions = Files.list(packages)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder())
          .orElse(null);
    }
  }

  /** PostgreSQL does not run for root. */
  private static Process start(boolean isRoot, Path folder, String... command) throws IOException {
    List<String> all = new ArrayList<>();
    if (isRoot) {
      all.addAll(List.of("/usr/sbin/runuser", "-u", "postgres", "--"));
    }
    all.addAll(List.of(command));
    return new ProcessBuilder(all)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private boolean answers() {
    for (int attempt = 0; attempt < 300 && process.isAlive(); attempt++) {
      try (Connection connection = DriverManager.getConnection(url(), user(), "")) {
        return connection.isValid(5);
      } catch (SQLException e) {
        sleep();
      }
    }
    process.destroy();
    return false;
  }

  private static void sleep() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of a database that is empty at first. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  public String user() {
    return "frazil";
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
