package dev.frazil.memory;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that one connection's statements may hold at once. Operators reserve before they
 * allocate; one that is refused spills or fails with {@code 53200}. Thread-safe.
 */
public final class MemoryBudget {
  private final long limitBytes;
  private final @Nullable MemoryBudget whole;
  private final AtomicLong peakBytes = new AtomicLong();
  private final AtomicLong reservedBytes = new AtomicLong();

  public MemoryBudget(long limitBytes) {
    this(limitBytes, null);
  }

  private MemoryBudget(long limitBytes, @Nullable MemoryBudget whole) {
    this.limitBytes = limitBytes;
    this.whole = whole;
  }

  /** A part of this budget that is watched by itself; all parts together have this one's bytes. */
  public MemoryBudget part() {
    return new MemoryBudget(limitBytes, this);
  }

  public long limitBytes() {
    return limitBytes;
  }

  public long reservedBytes() {
    return reservedBytes.get();
  }

  /** The most that was reserved at once. */
  public long peakBytes() {
    return peakBytes.get();
  }

  /** Opens an empty reservation on this budget; {@code owner} names it in messages. */
  public MemoryReservation open(String owner) {
    return new MemoryReservation(this, owner);
  }

  boolean tryReserve(long bytes) {
    if (whole != null && !whole.tryReserve(bytes)) {
      return false;
    }
    long before;
    do {
      before = reservedBytes.get();
      if (whole == null && before + bytes > limitBytes) {
        return false;
      }
    } while (!reservedBytes.compareAndSet(before, before + bytes));
    peakBytes.accumulateAndGet(before + bytes, Math::max);
    return true;
  }

  void release(long bytes) {
    reservedBytes.addAndGet(-bytes);
    if (whole != null) {
      whole.release(bytes);
    }
  }

  EngineException exceeded(String owner, long bytes) {
    if (whole != null) {
      return whole.exceeded(owner, bytes);
    }
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
