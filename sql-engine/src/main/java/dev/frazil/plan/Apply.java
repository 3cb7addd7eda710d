package dev.frazil.plan;

import dev.frazil.plan.rule.OuterReferences;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the right side once for every row of the left side, with columns of that row in the place of
 * its {@link ScalarExpression.OuterReference}s: what is left of correlated sub-queries and LATERAL
 * that no join can say. Equal values are run once while their answer is remembered.
 *
 * @param kind INNER or LEFT
 * @param bindings the columns of the left side that the right side reads
 */
public record Apply(PhysicalNode left, PhysicalNode right, JoinKind kind, List<Binding> bindings)
    implements RareNode {

  /** Left column {@code column} is what outer references of {@code slot} mean. */
  public record Binding(int slot, int column) {}

  public Apply {
    bindings = List.copyOf(bindings);
  }

  @Override
  public List<Column> columns() {
    List<Column> columns = new ArrayList<>(left.columns());
    for (Column column : right.columns()) {
      boolean nullable = column.nullable() || kind == JoinKind.LEFT;
      columns.add(new Column(column.name(), column.type(), nullable));
    }
    return List.copyOf(columns);
  }

  /** An expression of the right side over the columns of the left row. */
  ScalarExpression onLeft(ScalarExpression expression) {
    return OuterReferences.replace(
        expression,
        outer -> {
          for (Binding binding : bindings) {
            if (binding.slot() == outer.slot()) {
              return new ScalarExpression.InputReference(binding.column(), outer.type());
            }
          }
          return outer;
        });
  }

  @Override
  public List<PhysicalNode> inputs() {
    return List.of(left, right);
  }

  @Override
  public Apply withInputs(List<PhysicalNode> inputs) {
    return new Apply(inputs.get(0), inputs.get(1), kind, bindings);
  }

  @Override
  public int passedColumns() {
    return left.columns().size();
  }

  @Override
  public double estimate(List<Double> inputRows) {
    return inputRows.get(0) * Math.max(1, inputRows.get(1));
  }

  @Override
  public String describe() {
    List<Column> outer = left.columns();
    return "Apply "
        + kind
        + " for each "
        + bindings.stream()
            .map(binding -> outer.get(binding.column()).name() + " as $" + binding.slot())
            .toList();
  }
}
