package dev.frazil.plan.rule;

import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.SetOperation;
import dev.frazil.plan.PhysicalNode.Sort;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.PhysicalNode.Values;
import dev.frazil.plan.PhysicalNode.Window;
import java.util.List;
import java.util.Objects;

/** Compares plans, but for estimates and the names of columns. */
final class SamePlans {
  private SamePlans() {}

  /** Whether two plans give the same rows; false where nobody has said how to tell. */
  static boolean areSame(PhysicalNode a, PhysicalNode b) {
    return a.getClass() == b.getClass() && sameAlone(a, b) && sameInputs(a.inputs(), b.inputs());
  }

  private static boolean sameInputs(List<PhysicalNode> a, List<PhysicalNode> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!areSame(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameAlone(PhysicalNode a, PhysicalNode b) {
    if (a instanceof TableScan one && b instanceof TableScan other) {
      return one.table().equals(other.table())
          && one.scanColumns().equals(other.scanColumns())
          && Objects.equals(one.residual(), other.residual())
          && Objects.equals(one.metrics(), other.metrics())
          && one.limit() < 0
          && other.limit() < 0;
    } else if (a instanceof Aggregate one && b instanceof Aggregate other) {
      return one.groupKeys().equals(other.groupKeys())
          && one.groupingSets().equals(other.groupingSets())
          && one.calls().equals(other.calls());
    } else if (a instanceof Project one && b instanceof Project other) {
      return one.expressions().equals(other.expressions());
    } else if (a instanceof Filter one && b instanceof Filter other) {
      return one.predicate().equals(other.predicate());
    } else if (a instanceof HashJoin one && b instanceof HashJoin other) {
      return one.kind() == other.kind()
          && one.leftKeys().equals(other.leftKeys())
          && one.rightKeys().equals(other.rightKeys())
          && Objects.equals(one.residual(), other.residual());
    } else if (a instanceof NestedLoopJoin one && b instanceof NestedLoopJoin other) {
      return one.kind() == other.kind() && Objects.equals(one.condition(), other.condition());
    } else if (a instanceof Window one && b instanceof Window other) {
      return one.partitionKeys().equals(other.partitionKeys())
          && one.order().equals(other.order())
          && one.calls().equals(other.calls())
          && Objects.equals(one.head(), other.head());
    } else if (a instanceof Sort one && b instanceof Sort other) {
      return one.keys().equals(other.keys())
          && Objects.equals(one.offset(), other.offset())
          && Objects.equals(one.limit(), other.limit());
    } else if (a instanceof SetOperation one && b instanceof SetOperation other) {
      return one.operator() == other.operator() && one.all() == other.all();
    } else if (a instanceof Values one && b instanceof Values other) {
      return one.rows().equals(other.rows());
    }
    return false;
  }

  /** Whether the plan gives the same rows each time that a statement runs it. */
  static boolean isStable(PhysicalNode node) {
    return OuterReferences.expressions(node).noneMatch(Expressions::isVolatile)
        && node.inputs().stream().allMatch(SamePlans::isStable);
  }
}
