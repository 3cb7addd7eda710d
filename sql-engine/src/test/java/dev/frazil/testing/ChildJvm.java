package dev.frazil.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A main class running in a JVM of its own, with the class path of the tests, to be killed or
 * paused at any moment. Its output is read line by line as it comes.
 */
public final class ChildJvm implements AutoCloseable {
  private static final String END = "\u0000end";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();

  private ChildJvm(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "child-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts {@code main} with at most 256 MB of heap. */
  public static ChildJvm start(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // C1 only and a shared archive: a child lives for a second or two.
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    try {
      return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** The next line of output; null at its end; fails when none comes in time. */
  public @Nullable String nextLine(long timeoutMillis) throws InterruptedException {
    String line = lines.poll(timeoutMillis, TimeUnit.MILLISECONDS);
    if (line == null) {
      throw new AssertionError(
          "the child said nothing for " + timeoutMillis + " ms; before: " + seen);
    }
    if (line.equals(END)) {
      lines.add(END);
      return null;
    }
    seen.add(line);
    return line;
  }

  /** Waits for a line that starts with {@code prefix}; fails at the end of the output. */
  public String awaitLine(String prefix, long timeoutMillis) throws InterruptedException {
    while (true) {
      String line = nextLine(timeoutMillis);
      if (line == null) {
        throw new AssertionError("the child ended without '" + prefix + "': " + seen);
      }
      if (line.startsWith(prefix)) {
        return line;
      }
    }
  }

  /** All further lines until the child has ended. */
  public List<String> remainingLines(long timeoutMillis) throws InterruptedException {
    List<String> rest = new ArrayList<>();
    for (String line = nextLine(timeoutMillis); line != null; line = nextLine(timeoutMillis)) {
      rest.add(line);
    }
    return rest;
  }

  /** Writes to the standard input of the child. */
  public void say(String text) {
    try {
      process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL; returns when the process is gone. What it has said before can still be read. */
  public void kill() throws InterruptedException {
    signal("-KILL"); // destroyForcibly would close its output as well
    process.waitFor();
  }

  /** SIGSTOP: freezes the process wherever it is. */
  public void pause() throws InterruptedException {
    signal("-STOP");
  }

  /** SIGCONT. */
  public void resume() throws InterruptedException {
    signal("-CONT");
  }

  /** Waits for the end; the exit status. */
  public int await(long timeoutMillis) throws InterruptedException {
    if (!process.waitFor(timeoutMillis, TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the child still runs; it said " + seen);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void signal(String signal) throws InterruptedException {
    try {
      new ProcessBuilder("kill", signal, String.valueOf(pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("output broke off: " + e);
    }
    lines.add(END);
  }
}
