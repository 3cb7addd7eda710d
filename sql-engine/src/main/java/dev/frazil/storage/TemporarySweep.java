package dev.frazil.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Removes the {@link TemporaryFile}s of killed writers from a folder, when somebody writes there,
 * at most once an hour. Only names of that form, never of this process, at least an hour older than
 * a file that was just written beside them (the clock of the file system against itself), and only
 * under the lock that a living writer would hold: a frozen writer keeps its file however long it is
 * frozen. Where locks do not work, nothing is removed. Thread-safe.
 */
final class TemporarySweep {
  static final long MIN_AGE_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final long INTERVAL_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final int MAX_REMEMBERED_FOLDERS = 10_000;

  private final TimeSource time;
  private final Ids ids;
  private final ConcurrentMap<Path, Long> sweptAtMillis = new ConcurrentHashMap<>();

  TemporarySweep(TimeSource time, Ids ids) {
    this.time = time;
    this.ids = ids;
  }

  /** Best effort: failures leave files behind. {@code written} is a file that is new there. */
  void afterWriting(Path folder, Path written) {
    long nowMillis = TimeUnit.NANOSECONDS.toMillis(time.monotonicNanos());
    Long before = sweptAtMillis.get(folder);
    if (before != null && nowMillis - before < INTERVAL_MILLIS) {
      return;
    }
    if (sweptAtMillis.size() >= MAX_REMEMBERED_FOLDERS) {
      sweptAtMillis.clear();
    }
    sweptAtMillis.put(folder, nowMillis);
    try {
      sweep(folder, modifiedMillis(written) - MIN_AGE_MILLIS);
    } catch (IOException | DirectoryIteratorException e) {
      LoggerFactory.getLogger(TemporarySweep.class).debug("cannot sweep {}", folder, e);
    }
  }

  private void sweep(Path folder, long oldMillis) throws IOException {
    String own = TemporaryFile.prefixOfThisProcess(ids);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.startsWith(FileObjectStore.HIDDEN_PREFIX)
            && name.endsWith(TemporaryFile.SUFFIX)
            && !name.startsWith(own)
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && modifiedMillis(file) <= oldMillis) {
          removeIfAbandoned(file);
        }
      }
    }
  }

  private static void removeIfAbandoned(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock(TemporaryFile.LOCKED_BYTE, 1, false);
      if (lock != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | OverlappingFileLockException e) {
      LoggerFactory.getLogger(TemporarySweep.class).debug("{} stays behind", file, e);
    }
  }

  private static long modifiedMillis(Path file) throws IOException {
    return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
  }
}
