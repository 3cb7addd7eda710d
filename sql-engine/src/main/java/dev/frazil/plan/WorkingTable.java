package dev.frazil.plan;

import java.util.List;

/**
 * In the step of a {@link RecursiveUnion}: the rows of the step before.
 *
 * @param working whose rows; unique in a statement
 */
public record WorkingTable(int working, List<Column> columns) implements RareNode {
  private static final double ROWS = 100;

  public WorkingTable {
    columns = List.copyOf(columns);
  }

  @Override
  public List<PhysicalNode> inputs() {
    return List.of();
  }

  @Override
  public WorkingTable withInputs(List<PhysicalNode> inputs) {
    return this;
  }

  @Override
  public double estimate(List<Double> inputRows) {
    return ROWS;
  }

  @Override
  public String describe() {
    return "WorkingTable $rows" + working;
  }
}
