package dev.frazil.plan;

import java.util.BitSet;
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

  /** The numbers of the working tables that a plan reads and whose recursion is not in it. */
  public static BitSet freeIn(PhysicalNode node) {
    BitSet free = new BitSet();
    node.inputs().forEach(input -> free.or(freeIn(input)));
    if (node instanceof WorkingTable table) {
      free.set(table.working());
    } else if (node instanceof RecursiveUnion union) {
      free.clear(union.working());
    }
    return free;
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
