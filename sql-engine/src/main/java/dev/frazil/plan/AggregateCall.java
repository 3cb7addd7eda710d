package dev.frazil.plan;

import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * One aggregate.
 *
 * @param arguments input columns
 * @param filter an input column of type boolean that must be true, or -1
 * @param order the order of the rows for the functions that heed it: input columns
 */
public record AggregateCall(
    AggregateFunction function,
    List<Integer> arguments,
    boolean distinct,
    int filter,
    List<SortKey> order,
    SqlType type) {
  public AggregateCall {
    arguments = List.copyOf(arguments);
    order = List.copyOf(order);
  }

  /** A call that heeds no order. */
  public AggregateCall(
      AggregateFunction function,
      List<Integer> arguments,
      boolean distinct,
      int filter,
      SqlType type) {
    this(function, arguments, distinct, filter, List.of(), type);
  }

  /** The arguments, then the columns of the order. */
  public List<Integer> inputs() {
    List<Integer> columns = new ArrayList<>(arguments);
    order.forEach(key -> columns.add(key.column()));
    return columns;
  }

  /** The input columns that the call reads. */
  public List<Integer> reads() {
    List<Integer> columns = new ArrayList<>(inputs());
    if (filter >= 0) {
      columns.add(filter);
    }
    return columns;
  }

  /** The call over other column numbers. */
  public AggregateCall renumbered(IntUnaryOperator mapping) {
    return new AggregateCall(
        function,
        arguments.stream().map(mapping::applyAsInt).toList(),
        distinct,
        filter < 0 ? -1 : mapping.applyAsInt(filter),
        order.stream().map(key -> key.renumbered(mapping)).toList(),
        type);
  }
}
