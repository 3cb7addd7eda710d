package dev.frazil.parquet.format;

import dev.frazil.memory.MemoryBudget;
import dev.frazil.memory.MemoryReservation;

/**
 * What reading one morsel holds of a budget's buffers: bytes fetched ahead, open pages,
 * dictionaries, the values of a batch. Belongs to one thread at a time.
 */
public final class ReadMemory implements AutoCloseable {
  private static final long MAX_PREFETCH_BYTES = 32L << 20;
  private static final long MAX_WINDOW_BYTES = 2L << 20;
  private static final long MIN_WINDOW_BYTES = 64L << 10;

  /** One part in so many of the buffers may be fetched ahead by one morsel, and by one column. */
  private static final int PREFETCH_SHARE = 16;

  private static final int WINDOW_SHARE = 512;

  private final MemoryReservation reservation;
  private final long limitBytes;

  public ReadMemory(MemoryBudget budget, String location) {
    this.limitBytes = budget.buffers().limitBytes();
    this.reservation = budget.buffers().open("reading " + location);
  }

  /** Takes bytes before they are allocated, or throws {@code 53200}. */
  public void take(long bytes) {
    reservation.grow(bytes);
  }

  /** Takes bytes that could be done without, if there are as many. */
  boolean tryTake(long bytes) {
    return reservation.tryGrow(bytes);
  }

  /** Gives back what was taken. */
  public void give(long bytes) {
    reservation.shrink(bytes);
  }

  /** Up to here all byte ranges of a morsel are fetched at once. */
  long prefetchBytes() {
    return Math.min(MAX_PREFETCH_BYTES, limitBytes / PREFETCH_SHARE);
  }

  /** Bytes of one range that are fetched at once where {@link #prefetchBytes} do not suffice. */
  int windowBytes() {
    return (int) Math.max(MIN_WINDOW_BYTES, Math.min(MAX_WINDOW_BYTES, limitBytes / WINDOW_SHARE));
  }

  @Override
  public void close() {
    reservation.close();
  }
}
