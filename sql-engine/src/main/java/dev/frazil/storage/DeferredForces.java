package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Files that have their names but are still on their way to the disk. Nothing refers to them for
 * good before a swap does, so they are forced side by side while their writer goes on, and the swap
 * waits for them: a file system brings many files to the disk in the time of one.
 *
 * <p>A file that could not be forced stops every swap (with the failure of the file: 53100, 58030)
 * until it is deleted, one whose folder could not be forced for as long as the store is open: the
 * system reports such a loss once, and who refers to the file is not known here. Only threads of
 * this class touch the disk, as an interrupt breaks what its thread writes. Thread-safe.
 */
final class DeferredForces {
  /** Waits for the disk, not work: more threads find more company in one write of the journal. */
  private static final int MAX_THREADS = 8;

  /** Files that are waited for, each with an open descriptor. */
  static final int MAX_OPEN_FILES = 64;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Disk disk;
  private final Executor threads;
  private final TreeSet<Long> open = new TreeSet<>();
  private final Set<Path> folders = new LinkedHashSet<>();
  private final Map<Path, IOException> failures = new LinkedHashMap<>();
  private long lastTicket;

  /** What brings bytes and names to the disk. */
  interface Disk {
    void force(TemporaryFile file, Path target) throws IOException;

    void forceFolder(Path folder) throws IOException;
  }

  /** On the disks of this machine. */
  static DeferredForces ofThisMachine() {
    return new DeferredForces(
        new Disk() {
          @Override
          public void force(TemporaryFile file, Path target) throws IOException {
            file.force();
          }

          @Override
          public void forceFolder(Path folder) throws IOException {
            Durability.forceFolder(folder);
          }
        });
  }

  DeferredForces(Disk disk) {
    this(disk, daemonThreads());
  }

  DeferredForces(Disk disk, Executor threads) {
    this.disk = disk;
    this.threads = threads;
  }

  private static Executor daemonThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "frazil-force-" + NUMBER.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /**
   * Forces a file, which it closes, and before the next swap its folder.
   *
   * @param target the name that the file has got
   */
  void add(TemporaryFile file, Path target) {
    long ticket;
    synchronized (this) {
      await(() -> open.size() < MAX_OPEN_FILES);
      ticket = ++lastTicket;
      open.add(ticket);
      folders.add(FileObjectStore.folderOf(target));
    }
    start(
        ticket,
        target,
        () -> {
          try (file) {
            disk.force(file, target);
          }
        });
  }

  /** One write to the disk. */
  private interface Force {
    void run() throws IOException;
  }

  /** A force that cannot begin, for want of a thread or of memory, is one that failed. */
  private void start(long ticket, Path path, Force force) {
    boolean started = false;
    try {
      threads.execute(() -> force(ticket, path, force));
      started = true;
    } finally {
      if (!started) {
        ended(
            ticket,
            path,
            new IOException("no thread could be had to force '" + path + "' to disk"));
      }
    }
  }

  private void force(long ticket, Path path, Force force) {
    IOException failure = new IOException("forcing '" + path + "' to disk broke off");
    try {
      force.run();
      failure = null;
    } catch (IOException e) {
      failure = e;
    } finally {
      ended(ticket, path, failure);
    }
  }

  private synchronized void ended(long ticket, Path path, @Nullable IOException failure) {
    if (failure != null) {
      failures.put(path, failure);
    }
    open.remove(ticket);
    notifyAll();
  }

  /**
   * Forces the file that is about to be swapped in, and waits until everything that was added
   * before has reached the disk under its name; throws where something has not.
   */
  void settle(TemporaryFile swapped) throws IOException {
    long last = forceFolders();
    swapped.force();
    awaitUpTo(last);
  }

  private synchronized long forceFolders() {
    for (Path folder : folders) {
      long ticket = ++lastTicket;
      open.add(ticket);
      start(ticket, folder, () -> disk.forceFolder(folder));
    }
    folders.clear();
    return lastTicket;
  }

  private synchronized void awaitUpTo(long last) {
    await(() -> open.isEmpty() || open.first() > last);
    failures.forEach(
        (path, failure) -> {
          EngineException known = FileFailures.of(failure, "write", path.toString());
          throw new EngineException(
              known.state(),
              known.getMessage()
                  + ". As it may be referred to, nothing is committed here any more: when this is"
                  + " mended, close all connections of this process to the warehouse, open new ones"
                  + " and run what failed again",
              failure);
        });
  }

  private synchronized void await(BooleanSupplier condition) {
    try {
      while (!condition.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(
          SqlState.QUERY_CANCELED,
          "the thread was interrupted while files were forced to disk; nothing was committed",
          e);
    }
  }

  /** What was deleted needs no force any more. */
  synchronized void deleted(Collection<Path> files) {
    failures.keySet().removeAll(files);
  }
}
