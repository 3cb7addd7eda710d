package dev.frazil.exec;

import dev.frazil.memory.MemoryBudget;
import java.util.concurrent.atomic.LongAdder;

/** What the operators of one node did, over all threads and repetitions. Thread-safe. */
public final class NodeProfile {
  private final LongAdder rows = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder ownNanos = new LongAdder();
  private final MemoryBudget memory;
  private final QueryCounters counters;

  NodeProfile(MemoryBudget memory, QueryCounters counters) {
    this.memory = memory.part();
    this.counters = counters.part();
  }

  void addBatch(int rowCount) {
    batches.increment();
    rows.add(rowCount);
  }

  void addOwnTime(long nanos) {
    ownNanos.add(nanos);
  }

  /** Rows given to the operator above. */
  public long rows() {
    return rows.sum();
  }

  /** Batches given to the operator above. */
  public long batches() {
    return batches.sum();
  }

  /** Time in the node's own code and waits, without its inputs', summed over threads. */
  public long ownNanos() {
    return ownNanos.sum();
  }

  /** The part of the statement's memory that the node reserves from. */
  public MemoryBudget memory() {
    return memory;
  }

  /** The node's share of the statement's counters. */
  public QueryCounters counters() {
    return counters;
  }
}
