package dev.frazil.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;

/** Counts the maintenance that rides on commits, of all engines in this JVM, as it is done. */
public final class RidingMaintenance implements AutoCloseable {
  private final RecordingStream stream = new RecordingStream();
  private final AtomicLong compactions = new AtomicLong();
  private final AtomicLong snapshots = new AtomicLong();
  private final AtomicLong files = new AtomicLong();
  private final Map<String, Long> outcomes = new ConcurrentSkipListMap<>();
  private final AtomicLong flushed = new AtomicLong();

  public RidingMaintenance() {
    stream.setReuse(false);
    stream.enable("dev.frazil.Maintenance");
    stream.onEvent("dev.frazil.Maintenance", this::count);
    stream.onFlush(this::flushed);
    stream.startAsync();
  }

  private void count(RecordedEvent event) {
    outcomes.merge(event.getString("work") + " " + event.getString("outcome"), 1L, Long::sum);
    if (!event.getString("outcome").equals("DONE")) {
      return;
    }
    if (event.getString("work").equals("EXPIRY")) {
      snapshots.addAndGet(event.getLong("filesBefore"));
      files.addAndGet(event.getLong("filesAfter"));
    } else {
      compactions.incrementAndGet();
    }
  }

  /** Rides that put files or manifests together. */
  public long compactions() {
    return compactions.get();
  }

  /** Snapshots that went. */
  public long expiredSnapshots() {
    return snapshots.get();
  }

  /** Files that went with them. */
  public long deletedFiles() {
    return files.get();
  }

  /** Waits until what was done so far is counted. */
  public void awaitCounts() throws InterruptedException {
    synchronized (flushed) {
      long until = flushed.get() + 2;
      while (flushed.get() < until) {
        flushed.wait();
      }
    }
  }

  private void flushed() {
    synchronized (flushed) {
      flushed.incrementAndGet();
      flushed.notifyAll();
    }
  }

  @Override
  public void close() {
    stream.close();
  }

  @Override
  public String toString() {
    return "riding along: %d compactions, %d snapshots and %d files gone"
            .formatted(compactions(), expiredSnapshots(), deletedFiles())
        + ", "
        + outcomes;
  }
}
