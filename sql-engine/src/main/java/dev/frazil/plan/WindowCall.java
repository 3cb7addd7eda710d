package dev.frazil.plan;

import dev.frazil.type.SqlType;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One window function over the partition and order of its {@link PhysicalNode.Window}.
 *
 * @param aggregate what {@link Function#AGGREGATE} computes over the frame, with its arguments;
 *     null for the others
 * @param arguments input columns; empty for an aggregate
 * @param ignoreNulls whether LAG to NTH_VALUE pass over nulls of their first argument
 * @param frame not used by ROW_NUMBER to LEAD
 */
public record WindowCall(
    Function function,
    @Nullable AggregateCall aggregate,
    List<Integer> arguments,
    boolean ignoreNulls,
    WindowFrame frame,
    SqlType type) {
  public WindowCall {
    arguments = List.copyOf(arguments);
  }

  /** The window functions. */
  public enum Function {
    ROW_NUMBER,
    RANK,
    DENSE_RANK,
    PERCENT_RANK,
    CUME_DIST,
    /** Argument: the number of buckets, 22014 unless positive. */
    NTILE,
    /** Arguments: value, then optionally rows back, then what to give outside of the partition. */
    LAG,
    /** As LAG, but forward. */
    LEAD,
    FIRST_VALUE,
    LAST_VALUE,
    /** Arguments: value and which, from 1; 22016 unless positive. */
    NTH_VALUE,
    AGGREGATE
  }

  /** The input columns that the call reads. */
  public List<Integer> reads() {
    return aggregate == null ? arguments : aggregate.reads();
  }

  /** The call over other column numbers. */
  public WindowCall renumbered(IntUnaryOperator mapping) {
    return new WindowCall(
        function,
        aggregate == null ? null : aggregate.renumbered(mapping),
        arguments.stream().map(mapping::applyAsInt).toList(),
        ignoreNulls,
        frame,
        type);
  }
}
