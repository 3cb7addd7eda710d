package dev.frazil.memory;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that one connection's statements may hold at once. Operators reserve before they
 * allocate; one that is refused spills or fails with {@code 53200}. Thread-safe.
 */
public final class MemoryBudget {
  private final long limitBytes;
  private final AtomicLong reservedBytes = new AtomicLong();

  public MemoryBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  public long limitBytes() {
    return limitBytes;
  }

  public long reservedBytes() {
    return reservedBytes.get();
  }

  /** Opens an empty reservation on this budget; {@code owner} names it in messages. */
  public MemoryReservation open(String owner) {
    return new MemoryReservation(this, owner);
  }

  boolean tryReserve(long bytes) {
    long before;
    do {
      before = reservedBytes.get();
      if (before + bytes > limitBytes) {
        return false;
      }
    } while (!reservedBytes.compareAndSet(before, before + bytes));
    return true;
  }

  void release(long bytes) {
    reservedBytes.addAndGet(-bytes);
  }

  EngineException exceeded(String owner, long bytes) {
    return new EngineException(
        SqlState.OUT_OF_MEMORY,
        owner
            + " needs "
            + bytes
            + " more bytes, but "
            + reservedBytes.get()
            + " of the "
            + limitBytes
            + " bytes of memoryLimit are in use; raise memoryLimit or make the statement smaller");
  }
}
