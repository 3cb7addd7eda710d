package dev.frazil.plan.rule;

import dev.frazil.plan.JoinKind;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.SetOperation;
import dev.frazil.plan.PhysicalNode.Values;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.SetOperator;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left of a node some of whose inputs are known to have no row: a UNION that tells its
 * branches by a constant, as a WITH of several kinds of rows has it, loses those that a predicate
 * excludes.
 */
final class EmptyInputs {
  private EmptyInputs() {}

  /** Whether a node is known to give no row. */
  static boolean isEmpty(PhysicalNode node) {
    return node instanceof Values values && values.rows().isEmpty();
  }

  /** A node without rows that has the columns of another. */
  static PhysicalNode like(PhysicalNode node) {
    return new Values(node.columns(), List.of());
  }

  static PhysicalNode project(Project project) {
    return isEmpty(project.input()) ? like(project) : project;
  }

  static PhysicalNode join(NestedLoopJoin join) {
    boolean left = isEmpty(join.left());
    boolean right = isEmpty(join.right());
    JoinKind kind = join.kind();
    boolean nothing =
        switch (kind) {
          case INNER, SEMI, RIGHT_SEMI -> left || right;
          case LEFT, ANTI, NULL_AWARE_ANTI -> left;
          case RIGHT, RIGHT_ANTI -> right;
          case FULL -> left && right;
        };
    return nothing ? like(join) : join;
  }

  static PhysicalNode setOperation(SetOperation operation) {
    List<PhysicalNode> inputs = new ArrayList<>();
    for (PhysicalNode input : operation.inputs()) {
      boolean first = inputs.isEmpty() && input == operation.inputs().get(0);
      if (!isEmpty(input)) {
        inputs.add(input);
      } else if (operation.operator() == SetOperator.INTERSECT
          || (first && operation.operator() == SetOperator.EXCEPT)) {
        return like(operation);
      }
    }
    if (inputs.size() == operation.inputs().size()) {
      return operation;
    } else if (inputs.isEmpty()) {
      return like(operation);
    } else if (inputs.size() == 1 && operation.all()) {
      return named(inputs.get(0), operation.columns());
    }
    return new SetOperation(operation.operator(), operation.all(), inputs, operation.columns());
  }

  /**
   * A set operation has its first input's names, which need not be those of the one that is left.
   */
  private static PhysicalNode named(PhysicalNode node, List<Column> columns) {
    if (node.columns().equals(columns)) {
      return node;
    }
    List<ScalarExpression> references = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      references.add(new InputReference(i, columns.get(i).type()));
    }
    return new Project(node, references, columns);
  }
}
