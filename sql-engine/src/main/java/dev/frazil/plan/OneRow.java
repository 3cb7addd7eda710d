package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.Values;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Plans that yield one row: what sub-queries in expressions are made of. */
final class OneRow {
  private OneRow() {}

  /** Whether a node yields exactly one row, whatever it reads. */
  static boolean isSure(PhysicalNode node) {
    if (node instanceof Project project) {
      return isSure(project.input());
    } else if (node instanceof Aggregate aggregate) {
      return aggregate.groupKeys().isEmpty() && aggregate.groupingSets().size() == 1;
    }
    return node instanceof Values values && values.rows().size() == 1;
  }

  static AggregateCall call(AggregateFunction function, List<Integer> arguments, SqlType type) {
    return new AggregateCall(function, arguments, false, -1, type);
  }

  static Aggregate aggregate(PhysicalNode input, AggregateCall... calls) {
    List<Column> columns = new ArrayList<>();
    for (AggregateCall call : calls) {
      boolean nullable = call.function() != AggregateFunction.COUNT;
      columns.add(new Column("$" + columns.size(), call.type(), nullable));
    }
    return new Aggregate(input, List.of(), List.of(List.of()), List.of(calls), columns, Double.NaN);
  }
}
