package dev.frazil.exec;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a statement did, counted as it runs. Thread-safe. */
public final class QueryCounters {

  /** The things counted. */
  public enum Counter {
    /** Data files that planning left to scans. */
    FILES_PLANNED,
    /** Data files opened. */
    FILES_READ,
    /** Data files that partition values ruled out; counted for EXPLAIN ANALYZE only. */
    FILES_PRUNED_BY_PARTITION,
    /** Data files that bounds of columns ruled out; counted for EXPLAIN ANALYZE only. */
    FILES_PRUNED_BY_BOUNDS,
    /** Data files whose metrics stood for their rows. */
    FILES_FROM_METRICS,
    /** Rows of the data files that planning left to scans, deleted ones included. */
    ROWS_PLANNED,
    /** Those of the row groups that are read, or that need not be read. */
    ROWS_PASSED,
    /** Row groups of the data files opened. */
    ROW_GROUPS,
    /** Those that statistics, dictionaries or bloom filters ruled out. */
    ROW_GROUPS_PRUNED,
    /** Row groups read to their end. */
    ROW_GROUPS_READ,
    /** Pages of the row groups that are left, where page indexes were read. */
    PAGES,
    /** Those that the indexes ruled out. */
    PAGES_PRUNED,
    /** Bytes of data files and delete files asked of the object store. */
    BYTES_READ,
    /** Requests for them. */
    READ_REQUESTS,
    /** Rows that scans produced, before residual filters. */
    ROWS_SCANNED,
    /** Rows that deletes removed. */
    ROWS_DELETED,
    /** Rows written to data files. */
    ROWS_WRITTEN,
    /** Data files and delete files written. */
    FILES_WRITTEN,
    /** Bytes written to temporary files. */
    BYTES_SPILLED
  }

  private final @Nullable QueryCounters whole;
  private final Map<Counter, LongAdder> counts = new EnumMap<>(Counter.class);

  /** The number of the id drawn last; negative before the first. */
  private final AtomicLong ids;

  public QueryCounters() {
    this(null);
  }

  private QueryCounters(@Nullable QueryCounters whole) {
    this.whole = whole;
    this.ids = whole == null ? new AtomicLong(-1) : whole.ids;
    for (Counter counter : Counter.values()) {
      counts.put(counter, new LongAdder());
    }
  }

  /** Counters of a part of the statement: what is counted there counts here too. */
  QueryCounters part() {
    return new QueryCounters(this);
  }

  /**
   * A number for an id: above those of all ids that the statement drew before, by whichever of its
   * expressions.
   *
   * @param chance 64 random bits; the first number is drawn, below 2 to the power of 41
   */
  public long nextId(LongSupplier chance) {
    if (ids.get() < 0) {
      ids.compareAndSet(-1, chance.getAsLong() >>> 23);
    }
    return ids.incrementAndGet();
  }

  public void add(Counter counter, long amount) {
    adder(counter).add(amount);
    if (whole != null) {
      whole.add(counter, amount);
    }
  }

  public long value(Counter counter) {
    return adder(counter).sum();
  }

  @SuppressWarnings("NullAway") // the constructor put every counter
  private LongAdder adder(Counter counter) {
    return counts.get(counter);
  }
}
