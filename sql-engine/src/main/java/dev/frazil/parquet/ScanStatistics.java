package dev.frazil.parquet;

import java.util.concurrent.atomic.AtomicLong;

/** What a scan read and what it was spared. Thread-safe; figures only grow. */
public final class ScanStatistics {
  private final AtomicLong rowGroupsTotal = new AtomicLong();
  private final AtomicLong rowGroupsPruned = new AtomicLong();
  private final AtomicLong pagesTotal = new AtomicLong();
  private final AtomicLong pagesPruned = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();

  /** Tells of row groups, or stripes, of which some need not be read. */
  public void addRowGroups(long total, long pruned) {
    rowGroupsTotal.addAndGet(total);
    rowGroupsPruned.addAndGet(pruned);
  }

  void addPages(long total, long pruned) {
    pagesTotal.addAndGet(total);
    pagesPruned.addAndGet(pruned);
  }

  /** Tells of a request for so many bytes. */
  public void addRead(long bytes) {
    requests.incrementAndGet();
    bytesRead.addAndGet(bytes);
  }

  /** Row groups of the file. */
  public long rowGroupsTotal() {
    return rowGroupsTotal.get();
  }

  /** Row groups that statistics, dictionaries or bloom filters ruled out. */
  public long rowGroupsPruned() {
    return rowGroupsPruned.get();
  }

  /** Pages of the requested columns in the surviving row groups, where page indexes were read. */
  public long pagesTotal() {
    return pagesTotal.get();
  }

  /** Those of them that hold no row that can match. */
  public long pagesPruned() {
    return pagesPruned.get();
  }

  /** Bytes asked of the object store, footer included. */
  public long bytesRead() {
    return bytesRead.get();
  }

  /** Range requests sent to the object store, footer included. */
  public long requests() {
    return requests.get();
  }
}
