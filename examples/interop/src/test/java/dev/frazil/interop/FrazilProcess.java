package dev.frazil.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM with the driver's jar and {@link FrazilConsole} alone on its class path. One thread. */
final class FrazilProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream statements;

  FrazilProcess(String url) throws IOException {
    String classes =
        Path.of(FrazilConsole.class.getProtectionDomain().getCodeSource().getLocation().getPath())
            .toString();
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("frazil.jar") + ":" + classes,
                FrazilConsole.class.getName(),
                url)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    statements = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** The rows of a query, unsorted; those of another statement are none. */
  List<String> query(String sql) {
    statements.println(FrazilConsole.encode(sql));
    List<String> rows = new ArrayList<>();
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith("= ")) {
          rows.add(FrazilConsole.decode(line.substring(2)));
        } else if (line.startsWith("done ")) {
          return rows;
        } else {
          String[] parts = line.split(" ");
          throw new IllegalStateException(
              sql + ": " + parts[1] + " " + FrazilConsole.decode(parts[2]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("the process ended at " + sql);
  }

  void run(String... sql) {
    for (String statement : sql) {
      query(statement);
    }
  }

  /** The metadata file of a table. */
  Path metadata(String table) {
    List<String> files =
        query("SELECT \"file\" FROM " + table + "$metadata_log_entries ORDER BY \"timestamp\"");
    return Path.of(files.get(files.size() - 1).replaceFirst("^file:/+", "/"));
  }

  @Override
  public void close() throws IOException {
    statements.close();
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("exit code " + process.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
