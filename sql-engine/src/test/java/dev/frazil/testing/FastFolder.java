package dev.frazil.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder in memory where the machine has such a place, for tests that commit thousands of times:
 * what they check is order and atomicity, not the disk. Removed when closed.
 */
public record FastFolder(Path path) implements AutoCloseable {

  public static FastFolder create() {
    Path memory = Path.of("/dev/shm");
    try {
      return new FastFolder(
          Files.isWritable(memory)
              ? Files.createTempDirectory(memory, "frazil-test-")
              : Files.createTempDirectory("frazil-test-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
