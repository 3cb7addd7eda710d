package dev.frazil.plan;

import java.util.List;

/**
 * A node that few statements have, in a file of its own. Rules that know nothing of it leave it
 * where it stands and go on with its inputs.
 */
public sealed interface RareNode extends PhysicalNode
    permits Apply,
        Unnest,
        RecursiveUnion,
        WorkingTable,
        MetadataScan,
        CatalogRows,
        FileRows,
        ChangeScan {

  /** The same node over other inputs with the same columns. */
  PhysicalNode withInputs(List<PhysicalNode> inputs);

  /** The expressions that it evaluates, over whichever input. */
  default List<ScalarExpression> expressions() {
    return List.of();
  }

  /**
   * How many of the first columns are those of the first input, in rows that come out or do not
   * whatever the other rows are: predicates over them may be applied to that input.
   */
  default int passedColumns() {
    return 0;
  }

  /** Estimated rows, from those of the inputs. */
  double estimate(List<Double> inputRows);

  /** One line for EXPLAIN. */
  String describe();
}
