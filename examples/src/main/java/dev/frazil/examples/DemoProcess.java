package dev.frazil.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A child JVM of the demo, and the lines that it has printed so far: one for each commit or read.
 */
final class DemoProcess {
  private static final long PATIENCE_MILLIS = 40_000;

  private final String name;
  private final Process process;
  private final List<String> lines = new ArrayList<>();

  private DemoProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    Thread collector = new Thread(this::collect, "output of " + name);
    collector.setDaemon(true);
    collector.start();
  }

  static DemoProcess start(String name, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new DemoProcess(
        name, new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  String name() {
    return name;
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** Waits until that many lines are there, or the process has ended. */
  synchronized void awaitLines(int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (lines.size() < count && process.isAlive() && System.nanoTime() < deadline) {
      wait(50);
    }
  }

  /** SIGKILL: no shutdown hook, no finally. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  private void collect() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (this) {
          lines.add(line);
          notifyAll();
        }
      }
    } catch (IOException e) {
      // The pipe of a killed process breaks; what it had printed is in the list.
      synchronized (this) {
        notifyAll();
      }
    }
  }
}
