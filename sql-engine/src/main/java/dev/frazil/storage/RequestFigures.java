package dev.frazil.storage;

import java.util.concurrent.atomic.LongAdder;

/**
 * What was asked of object stores for one statement, its commit included, and how often its commit
 * came second. Thread-safe; figures only grow.
 */
public final class RequestFigures {
  private final LongAdder requests = new LongAdder();
  private final LongAdder readBytes = new LongAdder();
  private final LongAdder writtenBytes = new LongAdder();
  private final LongAdder lostSwaps = new LongAdder();

  void countRequest() {
    requests.increment();
  }

  void countRead(long lengthBytes) {
    readBytes.add(lengthBytes);
  }

  void countWritten(long lengthBytes) {
    writtenBytes.add(lengthBytes);
  }

  /** The commit that this thread brings into the root came second, and is tried again on top. */
  public static void countLostSwap() {
    RequestFigures figures = RequestScope.figuresOfThread();
    if (figures != null) {
      figures.lostSwaps.increment();
    }
  }

  /** Requests sent, those sent again included; on a folder the operations on files. */
  public long requests() {
    return requests.sum();
  }

  /** Bytes of bodies received. */
  public long readBytes() {
    return readBytes.sum();
  }

  /** Bytes of bodies sent. */
  public long writtenBytes() {
    return writtenBytes.sum();
  }

  /** Swaps of the root that other writers won. */
  public long lostSwaps() {
    return lostSwaps.sum();
  }
}
