package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Window;
import dev.frazil.plan.ScalarExpression.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of each partition of a window are wanted: those whose number is at most {@code count}.
 * Others may come out as well, but none before them in the partition's order.
 *
 * @param numbering ROW_NUMBER, RANK or DENSE_RANK
 * @param count at least 1; with a parameter, what is added to its value
 * @param parameter of type bigint or integer; null where the count is known
 */
public record PartitionHead(
    WindowCall.Function numbering, long count, @Nullable Parameter parameter) {
  /** Above it, little is dropped, and what is kept of each partition is sorted again and again. */
  public static final long MOST_ROWS = 10_000;

  public PartitionHead {
    boolean numbers =
        switch (numbering) {
          case ROW_NUMBER, RANK, DENSE_RANK -> true;
          case PERCENT_RANK,
              CUME_DIST,
              NTILE,
              LAG,
              LEAD,
              FIRST_VALUE,
              LAST_VALUE,
              NTH_VALUE,
              AGGREGATE ->
              false;
        };
    if (!numbers || (count < 1 && parameter == null)) {
      throw new IllegalArgumentException(numbering + " up to " + count);
    }
  }

  /** A head of so many rows. */
  public PartitionHead(WindowCall.Function numbering, long count) {
    this(numbering, count, null);
  }

  /**
   * The window with the rows that the values of parameters ask for; with all rows where those are
   * too many.
   */
  public static Window bound(Window window, List<@Nullable Object> parameters) {
    PartitionHead head = window.head();
    if (head == null || head.parameter == null) {
      return window;
    }
    Number value = (Number) parameters.get(head.parameter.index());
    // no number is at most null, or below the first: what comes out then does not matter
    long rows = value == null ? 1 : Math.max(1, value.longValue()) + head.count;
    return window.headed(
        rows > MOST_ROWS ? null : new PartitionHead(head.numbering, Math.max(1, rows)));
  }

  @Override
  public String toString() {
    String number = String.valueOf(count);
    if (parameter != null) {
      number = "?" + parameter.index() + (count == 0 ? "" : " - " + -count);
    }
    return numbering + " <= " + number;
  }
}
