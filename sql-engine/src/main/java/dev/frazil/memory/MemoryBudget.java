package dev.frazil.memory;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that one connection's statements may hold at once. Operators reserve before they
 * allocate; one that is refused spills or fails with {@code 53200}. The buffers of scans, which
 * cannot be spilled, come out of a second budget beside it: were it the same, operators that fill
 * it before they spill would starve the scans that feed them. Thread-safe.
 */
public final class MemoryBudget {
  private static final long LEAST_BUFFER_BYTES = 64L << 20;

  private final long limitBytes;
  private final @Nullable MemoryBudget whole;
  private final @Nullable MemoryBudget buffers;
  private final AtomicLong peakBytes = new AtomicLong();
  private final AtomicLong reservedBytes = new AtomicLong();

  public MemoryBudget(long limitBytes) {
    this(limitBytes, null, new MemoryBudget(bufferBytes(limitBytes), null, null));
  }

  private MemoryBudget(
      long limitBytes, @Nullable MemoryBudget whole, @Nullable MemoryBudget buffers) {
    this.limitBytes = limitBytes;
    this.whole = whole;
    this.buffers = buffers;
  }

  private static long bufferBytes(long limitBytes) {
    return Math.max(
        limitBytes / 2, Math.min(LEAST_BUFFER_BYTES, Runtime.getRuntime().maxMemory() / 4));
  }

  /**
   * The budget of buffers beside this one: half as much again, and at least 64 MB where that is no
   * more than a quarter of the heap. All parts share it.
   */
  public MemoryBudget buffers() {
    return buffers == null ? this : buffers;
  }

  /**
   * A part of this budget, and of its buffers, that is watched by itself; all parts together have
   * this one's bytes.
   */
  public MemoryBudget part() {
    return new MemoryBudget(limitBytes, this, buffers == null ? null : buffers.part());
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
            + " bytes of memoryLimit"
            + (buffers == null ? " for the buffers of scans" : "")
            + " are in use; raise memoryLimit or make the statement smaller");
  }
}
