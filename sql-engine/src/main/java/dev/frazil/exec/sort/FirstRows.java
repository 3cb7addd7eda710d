package dev.frazil.exec.sort;

import dev.frazil.plan.SortKey;
import dev.frazil.type.PhysicalKind;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How far the first rows of an order reach, as the sort that looks for them finds out: a row beyond
 * it need not be read. Told in prefixes of the first sort key, see {@link RowOrder}. Thread-safe.
 */
public final class FirstRows {
  private final SortKey key;
  private final boolean isOnlyKey;
  private final RowOrder order;
  private final AtomicLong last = new AtomicLong(Long.MAX_VALUE);

  /**
   * @param key the first sort key, as a column of the scan
   * @param isOnlyKey whether rows that are equal in it are as good as each other
   */
  public FirstRows(SortKey key, boolean isOnlyKey) {
    this.key = key;
    this.isOnlyKey = isOnlyKey;
    this.order = new RowOrder(List.of(new SortKey(0, key.descending(), key.nullsFirst())));
  }

  /** The column of the scan, and its order. */
  public SortKey key() {
    return key;
  }

  /** Tells that so many rows as are wanted have this prefix or a lesser one. */
  void found(long prefix) {
    last.accumulateAndGet(prefix, Math::min);
  }

  /** No row of a greater prefix is wanted. */
  long last() {
    return last.get();
  }

  /** The greatest prefix that a row may have and still be wanted. */
  public long limit(boolean isExact) {
    long known = last.get();
    return isExact && isOnlyKey && known != Long.MAX_VALUE && known != Long.MIN_VALUE
        ? known - 1
        : known;
  }

  /** Whether values of equal prefix in vectors of that kind are equal, unless they are null. */
  public static boolean isExact(PhysicalKind kind) {
    return kind == PhysicalKind.INT || kind == PhysicalKind.LONG;
  }

  /** The prefixes of the rows of a batch whose only column is the sort key's. */
  public void prefixes(RowBatch column, long[] prefixes) {
    order.prefixes(column, prefixes);
  }

  /** The prefix of one value, or of null, in a vector of one row. */
  public long prefix(ColumnVector value) {
    long[] prefix = new long[1];
    order.prefixes(new RowBatch(List.of(value), 1), prefix);
    return prefix[0];
  }

  /** The prefix of a value of a column whose vectors hold integers; null for NULL. */
  public long prefix(@Nullable Long value) {
    if (value == null) {
      return key.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return key.descending() ? ~value : value;
  }
}
