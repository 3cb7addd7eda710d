package dev.frazil.txn;

import dev.frazil.storage.TimeSource;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Whether a transaction does the maintenance of tables, and whose it has claimed with its commit
 * (docs/adr/maintenance-rides-on-commits.md). One thread at a time.
 */
public final class TransactionMaintenance {
  private final Set<TableIdentifier> due = new LinkedHashSet<>();
  private boolean movesRowsOnly;
  private long untilNanos = Long.MAX_VALUE;

  TransactionMaintenance() {}

  /** Says that it moves rows only: what is due next counts from what it leaves. */
  public void moveRowsOnly() {
    movesRowsOnly = true;
  }

  boolean movesRowsOnly() {
    return movesRowsOnly;
  }

  /**
   * Lets every other writer go first: the commit is 40001 where another one is under way, and when
   * the time is over before it was sent.
   *
   * @param monotonicNanos on the clock of {@link TimeSource#monotonicNanos}
   */
  public void giveWay(long monotonicNanos) {
    untilNanos = monotonicNanos;
  }

  boolean givesWay() {
    return untilNanos != Long.MAX_VALUE;
  }

  /** Whether it gives way and its time has passed. */
  boolean isOver() {
    return givesWay() && TimeSource.system().monotonicNanos() - untilNanos > 0;
  }

  /** Whether a commit, as it is written now, takes the maintenance of a table upon itself. */
  void claim(TableIdentifier identifier, boolean isDue) {
    if (isDue) {
      due.add(identifier);
    } else {
      due.remove(identifier);
    }
  }

  /** The tables whose maintenance the commit of this transaction has claimed. */
  public Set<TableIdentifier> due() {
    return due;
  }
}
