package dev.frazil.plan.rule;

import dev.frazil.plan.JoinKind;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.SetOperation;
import dev.frazil.plan.PhysicalNode.Sort;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.PhysicalNode.Values;
import dev.frazil.plan.PhysicalNode.Window;
import dev.frazil.plan.RareNode;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.stats.RowBound;
import dev.frazil.plan.stats.RowEstimate;
import dev.frazil.plan.stats.Selectivity;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The order of inner joins: begins with the pair that yields fewest rows, then adds what keeps the
 * result smallest; a table that no condition connects comes last. Greedy, so a statement with many
 * tables is planned as fast as one with few.
 *
 * <p>A condition that is no equality connects where the pairs to look at are certainly few:
 * estimates may be far too low, and a hash join forgives that, a nested loop does not.
 */
final class JoinOrder {
  private static final double MOST_PAIRS = 100_000;

  private final boolean measures;

  /**
   * @param measures whether what is known of the columns of tables is worth looking up
   */
  private JoinOrder(boolean measures) {
    this.measures = measures;
  }

  /** The same rows; a plan without a join stays as it is. */
  static PhysicalNode order(PhysicalNode root) {
    return new JoinOrder(hasJoin(root)).apply(root);
  }

  private static boolean hasJoin(PhysicalNode node) {
    return node instanceof NestedLoopJoin || node.inputs().stream().anyMatch(JoinOrder::hasJoin);
  }

  private PhysicalNode apply(PhysicalNode node) {
    if (node instanceof NestedLoopJoin join) {
      if (join.kind() == JoinKind.INNER) {
        return order(join);
      }
      return new NestedLoopJoin(
          apply(join.left()), apply(join.right()), join.kind(), join.condition(), Double.NaN);
    } else if (node instanceof Filter filter) {
      return new Filter(apply(filter.input()), filter.predicate(), Double.NaN);
    } else if (node instanceof Project project) {
      return new Project(apply(project.input()), project.expressions(), project.columns());
    } else if (node instanceof Window window) {
      return window.over(apply(window.input()));
    } else if (node instanceof Aggregate aggregate) {
      return EagerAggregation.apply(aggregate.over(apply(aggregate.input()), Double.NaN));
    } else if (node instanceof Sort sort) {
      return new Sort(apply(sort.input()), sort.keys(), sort.offset(), sort.limit());
    } else if (node instanceof SetOperation operation) {
      return new SetOperation(
          operation.operator(),
          operation.all(),
          operation.inputs().stream().map(this::apply).toList(),
          operation.columns());
    } else if (node instanceof TableScan scan) {
      return measures ? RowEstimate.measured(scan) : scan;
    } else if (node instanceof Values || node instanceof HashJoin) {
      return node;
    }
    if (node instanceof RareNode rare) {
      return rare.withInputs(rare.inputs().stream().map(this::apply).toList());
    }
    throw new IllegalStateException("unknown node " + node.getClass().getSimpleName());
  }

  private void flatten(PhysicalNode node, JoinFactors flat) {
    if (node instanceof NestedLoopJoin join && join.kind() == JoinKind.INNER) {
      int start = flat.width;
      flatten(join.left(), flat);
      flatten(join.right(), flat);
      for (ScalarExpression part : Expressions.conjuncts(join.condition())) {
        flat.conditions.add(Expressions.renumber(part, index -> start + index));
      }
      return;
    }
    flat.factors.add(apply(node));
    flat.offsets.add(flat.width);
    flat.width += node.columnCount();
  }

  private PhysicalNode order(NestedLoopJoin join) {
    JoinFactors flat = new JoinFactors();
    flatten(join, flat);
    if (flat.factors.size() == 2) {
      return new NestedLoopJoin(
          flat.factors.get(0),
          flat.factors.get(1),
          JoinKind.INNER,
          Expressions.and(flat.conditions),
          Double.NaN);
    }
    flat.findRead();
    flat.estimateDistinct();
    Growing result = start(flat);
    while (result.used.cardinality() < flat.factors.size()) {
      Growing best = null;
      for (int pass = 0; pass < 2 && best == null; pass++) {
        for (int i = 0; i < flat.factors.size(); i++) {
          if (!result.used.get(i) && (pass == 1 || result.isConnected(flat, i))) {
            Growing candidate = result.plus(flat, i);
            if (best == null || candidate.rows < best.rows) {
              best = candidate;
            }
          }
        }
      }
      if (best == null) {
        throw new IllegalStateException("no factor left to join");
      }
      result = best;
    }
    return result.inOrder(join, flat);
  }

  private static Growing start(JoinFactors flat) {
    Growing best = null;
    for (int i = 0; i < flat.factors.size(); i++) {
      Growing single = Growing.of(flat, i);
      for (int j = 0; j < flat.factors.size(); j++) {
        if (j != i && single.isConnected(flat, j)) {
          Growing pair = single.plus(flat, j);
          if (best == null || pair.rows < best.rows) {
            best = pair;
          }
        }
      }
    }
    if (best != null) {
      return best;
    }
    Growing smallest = Growing.of(flat, 0);
    for (int i = 1; i < flat.factors.size(); i++) {
      Growing candidate = Growing.of(flat, i);
      if (candidate.rows < smallest.rows) {
        smallest = candidate;
      }
    }
    return smallest;
  }

  /** Some of the factors, joined. {@code position[c]} tells where column c of all is, or -1. */
  private static final class Growing {
    final PhysicalNode node;
    final BitSet used;
    final int[] position;
    final double rows;

    private Growing(PhysicalNode node, BitSet used, int[] position, double rows) {
      this.node = node;
      this.used = used;
      this.position = position;
      this.rows = rows;
    }

    static Growing of(JoinFactors flat, int factor) {
      int[] position = new int[flat.width];
      java.util.Arrays.fill(position, -1);
      PhysicalNode node = flat.factors.get(factor);
      for (int i = 0; i < node.columnCount(); i++) {
        position[flat.offsets.get(factor) + i] = i;
      }
      BitSet used = new BitSet();
      used.set(factor);
      return new Growing(node, used, position, RowEstimate.of(node));
    }

    /** Whether a condition reads this and the factor and nothing else. */
    boolean isConnected(JoinFactors flat, int factor) {
      boolean isCompared = false;
      for (int i = 0; i < flat.read.size(); i++) {
        BitSet factors = flat.read.get(i);
        if (factors.get(factor) && factors.cardinality() > 1 && isSubset(factors, used, factor)) {
          if (flat.isKey(i, factor)) {
            return true;
          }
          isCompared = true;
        }
      }
      return isCompared && hasFewPairs(RowBound.of(flat.factors.get(factor)));
    }

    private boolean hasFewPairs(double otherRows) {
      double most = RowBound.of(node);
      return most <= 1 || otherRows <= 1 || most * otherRows <= MOST_PAIRS;
    }

    Growing plus(JoinFactors flat, int factor) {
      PhysicalNode right = flat.factors.get(factor);
      int leftCount = node.columnCount();
      int[] joined = position.clone();
      for (int i = 0; i < right.columnCount(); i++) {
        joined[flat.offsets.get(factor) + i] = leftCount + i;
      }
      List<ScalarExpression> conditions = new ArrayList<>();
      double divisor = 1;
      double share = 1;
      for (int i = 0; i < flat.conditions.size(); i++) {
        ScalarExpression condition = flat.conditions.get(i);
        BitSet factors = flat.read.get(i);
        if (isSubset(factors, used, factor)
            && (factors.get(factor) || (factors.isEmpty() && used.cardinality() == 1))) {
          conditions.add(Expressions.renumber(condition, index -> joined[index]));
          int[] pair = flat.equalColumns(condition);
          if (pair == null) {
            share *= Selectivity.of(condition);
          } else {
            divisor = Math.max(divisor, flat.distinct[pair[0]]);
          }
        }
      }
      BitSet all = (BitSet) used.clone();
      all.set(factor);
      double joinedRows = Math.max(1, rows * RowEstimate.of(right) * share / divisor);
      return new Growing(
          new NestedLoopJoin(node, right, JoinKind.INNER, Expressions.and(conditions), joinedRows),
          all,
          joined,
          joinedRows);
    }

    PhysicalNode inOrder(NestedLoopJoin original, JoinFactors flat) {
      List<Column> columns = original.columns();
      List<ScalarExpression> expressions = new ArrayList<>();
      for (int i = 0; i < flat.width; i++) {
        expressions.add(new InputReference(position[i], columns.get(i).type()));
      }
      return new Project(node, expressions, columns);
    }

    private static boolean isSubset(BitSet factors, BitSet used, int factor) {
      BitSet rest = (BitSet) factors.clone();
      rest.andNot(used);
      rest.clear(factor);
      return rest.isEmpty();
    }
  }
}
