package dev.frazil.plan;

import java.util.List;

/**
 * WITH RECURSIVE: the rows of the seed, then those of the step over them, then those of the step
 * over these, until a step gives none.
 *
 * @param working which {@link WorkingTable} of the step holds the rows of the step before
 * @param all UNION ALL; else rows that came already are left out
 * @param maxSteps after that many steps the statement ends with 54000
 */
public record RecursiveUnion(
    PhysicalNode seed,
    PhysicalNode step,
    int working,
    boolean all,
    int maxSteps,
    List<Column> columns)
    implements RareNode {
  private static final double STEPS = 10;

  public RecursiveUnion {
    columns = List.copyOf(columns);
  }

  @Override
  public List<PhysicalNode> inputs() {
    return List.of(seed, step);
  }

  @Override
  public RecursiveUnion withInputs(List<PhysicalNode> inputs) {
    return new RecursiveUnion(inputs.get(0), inputs.get(1), working, all, maxSteps, columns);
  }

  @Override
  public double estimate(List<Double> inputRows) {
    return inputRows.get(0) + STEPS * inputRows.get(1);
  }

  @Override
  public String describe() {
    return "RecursiveUnion" + (all ? " ALL" : "") + " $rows" + working;
  }
}
