package dev.frazil.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Serialises the conditional replacements of objects in one folder, across threads, class loaders
 * and processes, by an operating system lock on the file {@value #FILE_NAME}. The system releases
 * the lock of a killed process; a paused process keeps it, and others give up after a time, having
 * changed nothing. The file is never deleted: with a second file of that name, two processes could
 * hold "the" lock.
 *
 * <p>POSIX drops all locks of a process on a file when <em>any</em> descriptor of it is closed. So
 * within the JVM only one thread at a time opens the file: a lock of this class keeps out threads
 * (with a time-out), a monitor on an interned string keeps out copies of this class in other class
 * loaders.
 */
final class FolderLock {
  static final String FILE_NAME = ".frazil-lock";

  private static final ConcurrentMap<String, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final TimeSource time;
  private final long timeoutMillis;

  FolderLock(TimeSource time, long timeoutMillis) {
    this.time = time;
    this.timeoutMillis = timeoutMillis;
  }

  /** What runs under the lock. */
  interface Action<T> {
    T run() throws IOException;
  }

  /** True if the folder has been locked before: conditional replacements happen in it. */
  static boolean inUse(Path folder) {
    return Files.exists(folder.resolve(FILE_NAME));
  }

  /**
   * Runs {@code action} while holding the lock of {@code folder}.
   *
   * @return its result, or null when the lock was not to be had in time (nothing has run)
   */
  <T> @Nullable T runLocked(Path folder, Action<T> action) throws IOException {
    long deadlineNanos = time.monotonicNanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    Path file = folder.resolve(FILE_NAME);
    String key = identity(file);
    ReentrantLock threads = THREADS.computeIfAbsent(key, name -> new ReentrantLock());
    if (!acquire(threads)) {
      return null;
    }
    try {
      synchronized (key) {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
          return acquire(channel, deadlineNanos) ? action.run() : null;
        } finally {
          release(channel);
        }
      }
    } finally {
      threads.unlock();
    }
  }

  /** The same string object for the same file in the whole JVM. Never opens the file twice. */
  private static String identity(Path file) throws IOException {
    if (!Files.exists(file)) {
      try {
        Files.createFile(file);
      } catch (java.nio.file.FileAlreadyExistsException e) {
        // Another writer made it first; there is one file, which is all that matters.
        return identity(file);
      }
    }
    Object inode = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    String name = inode != null ? inode.toString() : file.toRealPath().toString();
    return ("dev.frazil.storage.FolderLock:" + name).intern();
  }

  private boolean acquire(ReentrantLock threads) {
    try {
      return threads.tryLock(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean acquire(FileChannel channel, long deadlineNanos) throws IOException {
    for (long waitMillis = 1; ; waitMillis = Math.min(waitMillis * 2, 20)) {
      try {
        if (channel.tryLock() != null) {
          return true;
        }
      } catch (OverlappingFileLockException e) {
        throw new IOException("the lock file is held by another part of this JVM", e);
      }
      if (time.monotonicNanos() - deadlineNanos >= 0) {
        return false;
      }
      time.sleepMillis(waitMillis);
    }
  }

  /** The lock goes with its descriptor. A failure here must not hide what the action did. */
  private static void release(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LoggerFactory.getLogger(FolderLock.class).warn("cannot close the lock file of a folder", e);
    }
  }
}
