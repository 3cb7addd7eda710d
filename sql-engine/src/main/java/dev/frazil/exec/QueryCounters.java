package dev.frazil.exec;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a statement did, counted as it runs. Thread-safe. */
public final class QueryCounters {

  /** The things counted. */
  public enum Counter {
    /** Data files opened. */
    FILES_READ,
    /** Data files that partition values or bounds ruled out. */
    FILES_PRUNED,
    /** Rows that scans produced, before residual filters. */
    ROWS_SCANNED,
    /** Rows that deletes removed. */
    ROWS_DELETED,
    /** Bytes written to temporary files. */
    BYTES_SPILLED
  }

  private final Map<Counter, LongAdder> counts = new EnumMap<>(Counter.class);

  public QueryCounters() {
    for (Counter counter : Counter.values()) {
      counts.put(counter, new LongAdder());
    }
  }

  public void add(Counter counter, long amount) {
    adder(counter).add(amount);
  }

  public long value(Counter counter) {
    return adder(counter).sum();
  }

  @SuppressWarnings("NullAway") // the constructor put every counter
  private LongAdder adder(Counter counter) {
    return counts.get(counter);
  }
}
