package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.TimeSource;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Iceberg's own writers of a Hadoop table, which commit in two steps: they write {@code
 * <uuid>.metadata.json}, look whether the next version exists, and rename. On a local disk the
 * rename replaces a version that came between. Whoever has taken a version therefore waits until
 * each file that such a writer had written before is gone: its writer has renamed it, over the
 * version or not, or given up. A writer that comes later sees the version. Thread-safe.
 *
 * <p>Source: {@code HadoopTableOperations.commit} and {@code renameToFinal} of Iceberg.
 */
final class HadoopForeignWriters {
  /** Left over by a writer that was killed: one that is alive takes milliseconds. */
  static final long ABANDONED_MILLIS = 60_000;

  private static final long PAUSE_MILLIS = 1;
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final Pattern UNNAMED =
      Pattern.compile(
          "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\\.gz)?\\.metadata\\.json(\\.gz)?");

  private HadoopForeignWriters() {}

  /** Whether a file's name is that of metadata before it becomes a version. */
  static boolean isUnnamed(String name) {
    return UNNAMED.matcher(name).matches();
  }

  /** Waits for those that are in the middle of a commit; a file may be dated ahead. */
  static void await(Path folder, TimeSource time) {
    List<Path> pending = unnamed(folder);
    long start = time.monotonicNanos();
    while (!pending.isEmpty()
        && time.monotonicNanos() - start <= ABANDONED_MILLIS * NANOS_A_MILLI) {
      pending.removeIf(file -> isOver(file, time.nowMillis()));
      if (!pending.isEmpty()) {
        time.sleepMillis(PAUSE_MILLIS);
      }
    }
  }

  private static boolean isOver(Path file, long nowMillis) {
    try {
      return nowMillis - Files.getLastModifiedTime(file).toMillis() > ABANDONED_MILLIS;
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static List<Path> unnamed(Path folder) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> isUnnamed(file.getFileName().toString()))) {
      files.forEach(found::add);
    } catch (NoSuchFileException e) {
      return found;
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    return found;
  }

  private static EngineException unreadable(Path path, IOException cause) {
    return new EngineException(
        SqlState.IO_ERROR, "the folder or file " + path + " cannot be read", cause);
  }
}
