package dev.frazil.memory;

/**
 * Bytes that one operator holds of a {@link MemoryBudget}. Not thread-safe; close it in a finally.
 */
public final class MemoryReservation implements AutoCloseable {
  private final MemoryBudget budget;
  private final String owner;
  private long bytes;

  MemoryReservation(MemoryBudget budget, String owner) {
    this.budget = budget;
    this.owner = owner;
  }

  public long bytes() {
    return bytes;
  }

  /** Takes {@code more} bytes if the budget has them. */
  public boolean tryGrow(long more) {
    if (!budget.tryReserve(more)) {
      return false;
    }
    bytes += more;
    return true;
  }

  /** Takes {@code more} bytes or throws {@code 53200}. */
  public void grow(long more) {
    if (!tryGrow(more)) {
      throw budget.exceeded(owner, more);
    }
  }

  /** Gives back {@code fewer} bytes, at most what is held. */
  public void shrink(long fewer) {
    long released = Math.min(fewer, bytes);
    bytes -= released;
    budget.release(released);
  }

  @Override
  public void close() {
    shrink(bytes);
  }
}
