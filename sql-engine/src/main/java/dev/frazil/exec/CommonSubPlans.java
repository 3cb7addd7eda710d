package dev.frazil.exec;

import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.SetOperation;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.PhysicalNode.Values;
import dev.frazil.plan.RareNode;
import dev.frazil.plan.SetOperator;
import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The aggregations, and set operations that count their rows, that a plan holds more than once, as
 * a WITH that is read twice leaves them: they run once, and their rows are kept for every reader.
 * Joins and scans are not kept: their rows are too many, and each reader wants to filter them by
 * its own keys.
 */
final class CommonSubPlans implements AutoCloseable {
  private final IdentityHashMap<PhysicalNode, RowSupply> kept = new IdentityHashMap<>();
  private final List<KeptRows> rows = new ArrayList<>();

  CommonSubPlans(PhysicalNode plan, QueryContext context) {
    List<PhysicalNode> seen = new ArrayList<>();
    collect(plan, seen, context);
  }

  private void collect(PhysicalNode node, List<PhysicalNode> seen, QueryContext context) {
    if (isKept(node)) {
      for (PhysicalNode earlier : seen) {
        if (same(earlier, node)) {
          kept.put(node, kept.computeIfAbsent(earlier, first -> keep(first, context)));
          return;
        }
      }
      seen.add(node);
    }
    // an Apply or a recursion runs its inputs again and again, over other rows each time
    if (!(node instanceof RareNode)) {
      node.inputs().forEach(input -> collect(input, seen, context));
    }
  }

  private static boolean isKept(PhysicalNode node) {
    return node instanceof Aggregate
        || (node instanceof SetOperation operation
            && !(operation.operator() == SetOperator.UNION && operation.all()));
  }

  private KeptRows keep(PhysicalNode node, QueryContext context) {
    KeptRows common = new KeptRows(node, context);
    rows.add(common);
    return common;
  }

  IdentityHashMap<PhysicalNode, RowSupply> kept() {
    return kept;
  }

  /** Whether two plans give the same rows; false where nobody has said how to tell. */
  private static boolean same(PhysicalNode a, PhysicalNode b) {
    return sameAlone(a, b) && sameInputs(a.inputs(), b.inputs());
  }

  private static boolean sameInputs(List<PhysicalNode> a, List<PhysicalNode> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i))) {
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
    } else if (a instanceof SetOperation one && b instanceof SetOperation other) {
      return one.operator() == other.operator() && one.all() == other.all();
    } else if (a instanceof Values one && b instanceof Values other) {
      return one.rows().equals(other.rows());
    }
    return false;
  }

  /** The operator, with what it reads closed after it. */
  Operator closing(Operator operator) {
    return kept.isEmpty() ? operator : new Closing(operator);
  }

  private final class Closing implements Operator {
    private final Operator operator;

    Closing(Operator operator) {
      this.operator = operator;
    }

    @Override
    public @Nullable RowBatch next() {
      return operator.next();
    }

    @Override
    public void close() {
      operator.close();
      CommonSubPlans.this.close();
    }
  }

  @Override
  public void close() {
    rows.forEach(KeptRows::close);
  }
}
