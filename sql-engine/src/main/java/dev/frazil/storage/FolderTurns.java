package dev.frazil.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * First come, first served between the writers of one folder, across processes. Nothing depends on
 * it but fairness: whoever cannot get a turn in time goes on without one.
 *
 * <p>Tickets in the file {@value #FILE_NAME}: its first eight bytes hold the next number, drawn
 * under a lock on them. The holder of ticket {@code n} locks byte {@code n} of a range behind them
 * and has its turn when no byte before it is locked any more. The system takes the locks of a
 * killed process away, so its ticket is as good as given back. The ticket of a frozen process is
 * waited for until the time-out, once; this process then ignores it and all before it.
 *
 * <p>Within the JVM one thread at a time holds a ticket of a folder, because POSIX drops a
 * process's locks on a file with the first descriptor that is closed; threads queue up before.
 */
final class FolderTurns {
  static final String FILE_NAME = ".frazil-turns";

  private static final int COUNTER_BYTES = 8;
  private static final long FIRST_TICKET_BYTE = 16;
  private static final long LAST_TICKET = Long.MAX_VALUE / 2;
  private static final long POLL_MILLIS = 2;

  private static final ConcurrentMap<Path, Queue> QUEUES = new ConcurrentHashMap<>();

  /** The threads of this JVM that want a turn in one folder. */
  private static final class Queue {
    final ReentrantLock threads = new ReentrantLock(true);

    /** Tickets below are not waited for; touched by the holder of the lock only. */
    long ignoredBelow;
  }

  private final TimeSource time;
  private final long timeoutMillis;

  FolderTurns(TimeSource time, long timeoutMillis) {
    this.time = time;
    this.timeoutMillis = timeoutMillis;
  }

  /** Waits for a turn in {@code folder}, for the time-out at most. */
  ObjectStore.Turn take(Path folder) {
    Queue queue = QUEUES.computeIfAbsent(folder, unused -> new Queue());
    boolean alone = !queue.threads.isLocked();
    try {
      if (!queue.threads.tryLock(timeoutMillis, TimeUnit.MILLISECONDS)) {
        return new Held(null, null, true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ObjectStore.Turn.NONE; // the commit meets the interrupt where it can end it
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              folder.resolve(FILE_NAME),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      boolean first = awaitTicket(channel, queue);
      return new Held(queue.threads, channel, !(alone && first));
    } catch (IOException | RuntimeException e) {
      // No folder yet, or no locks here: no order either.
      LoggerFactory.getLogger(FolderTurns.class).debug("no turns in {}", folder, e);
      new Held(queue.threads, channel, false).close();
      return ObjectStore.Turn.NONE;
    }
  }

  /** True if the turn came at once. */
  private boolean awaitTicket(FileChannel channel, Queue queue) throws IOException {
    long deadlineNanos = time.monotonicNanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    long ticket = draw(channel, deadlineNanos);
    if (ticket < 0) {
      return false;
    }
    for (boolean first = true; ; first = false) {
      if (noneBefore(channel, Math.min(queue.ignoredBelow, ticket), ticket)) {
        return first;
      }
      if (time.monotonicNanos() - deadlineNanos >= 0) {
        queue.ignoredBelow = ticket;
        return false;
      }
      time.sleepMillis(POLL_MILLIS);
    }
  }

  /** Draws a number and locks its byte; negative if others draw for too long. */
  private long draw(FileChannel channel, long deadlineNanos) throws IOException {
    FileLock counterLock = channel.tryLock(0, COUNTER_BYTES, false);
    while (counterLock == null) {
      if (time.monotonicNanos() - deadlineNanos >= 0) {
        return -1;
      }
      time.sleepMillis(1);
      counterLock = channel.tryLock(0, COUNTER_BYTES, false);
    }
    try (FileLock drawing = counterLock) {
      ByteBuffer counter = ByteBuffer.allocate(COUNTER_BYTES);
      int read = channel.read(counter, 0);
      long ticket = read == COUNTER_BYTES ? counter.getLong(0) : 0;
      if (ticket < 0 || ticket > LAST_TICKET) {
        ticket = 0;
      }
      channel.write(ByteBuffer.allocate(COUNTER_BYTES).putLong(0, ticket + 1), 0);
      return channel.tryLock(FIRST_TICKET_BYTE + ticket, 1, false) == null ? -1 : ticket;
    }
  }

  private static boolean noneBefore(FileChannel channel, long from, long ticket)
      throws IOException {
    if (from == ticket) {
      return true;
    }
    try (FileLock before = channel.tryLock(FIRST_TICKET_BYTE + from, ticket - from, true)) {
      return before != null;
    }
  }

  /** The lock of the ticket goes with the channel, the thread's place with the lock. */
  private record Held(
      @Nullable ReentrantLock threads, @Nullable FileChannel channel, boolean waited)
      implements ObjectStore.Turn {
    @Override
    public void close() {
      try {
        if (channel != null) {
          channel.close();
        }
      } catch (IOException e) {
        LoggerFactory.getLogger(FolderTurns.class).debug("cannot close a file of turns", e);
      } finally {
        if (threads != null) {
          threads.unlock();
        }
      }
    }
  }
}
