package dev.frazil.plan.rule;

import dev.frazil.plan.JoinKind;
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
import dev.frazil.plan.RareNode;
import dev.frazil.plan.ScalarExpression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Moves each part of a predicate as near to the data as it may go, into scans and conditions of
 * joins; turns outer joins into inner ones where a predicate above rejects the rows that only the
 * outer join adds.
 */
final class FilterPushDown {
  private final Rewriter rewriter;

  FilterPushDown(ConstantFolder folder) {
    this.rewriter = new Rewriter(folder);
  }

  PhysicalNode apply(PhysicalNode node) {
    return push(node, List.of());
  }

  /** The node with the predicates applied, at it or below. */
  private PhysicalNode push(PhysicalNode node, List<ScalarExpression> predicates) {
    if (node instanceof Filter filter) {
      // In this order: a cast above may fail for rows that the filter takes away.
      List<ScalarExpression> all =
          new ArrayList<>(
              Expressions.conjuncts(Factoring.factor(filter.predicate(), rewriter.folder())));
      predicates.stream().filter(part -> !all.contains(part)).forEach(all::add);
      return push(filter.input(), all);
    } else if (node instanceof Project project) {
      return pushThroughProject(project, predicates);
    } else if (node instanceof NestedLoopJoin join) {
      return pushThroughJoin(join, predicates);
    } else if (node instanceof Aggregate aggregate) {
      return pushThroughAggregate(aggregate, predicates);
    } else if (node instanceof Window window) {
      return pushThroughWindow(window, predicates);
    } else if (node instanceof SetOperation operation) {
      List<PhysicalNode> inputs = new ArrayList<>();
      for (PhysicalNode input : operation.inputs()) {
        inputs.add(push(input, predicates));
      }
      return EmptyInputs.setOperation(
          new SetOperation(operation.operator(), operation.all(), inputs, operation.columns()));
    } else if (node instanceof Sort sort) {
      if (sort.offset() == null && sort.limit() == null) {
        return new Sort(push(sort.input(), predicates), sort.keys(), null, null);
      }
      Sort inner =
          new Sort(push(sort.input(), List.of()), sort.keys(), sort.offset(), sort.limit());
      return filtered(inner, predicates);
    } else if (node instanceof TableScan scan) {
      List<ScalarExpression> all = Expressions.conjuncts(scan.residual());
      List<ScalarExpression> above = new ArrayList<>();
      for (ScalarExpression predicate : predicates) {
        // A scan that reads no outer row is read once, whatever the number of outer rows.
        (OuterReferences.isIn(predicate) ? above : all).add(predicate);
      }
      if (all.stream().anyMatch(Expressions::isNeverTrue)) {
        return EmptyInputs.like(scan);
      }
      PhysicalNode scanned =
          new TableScan(
              scan.table(),
              scan.scanColumns(),
              scan.pruning(),
              Expressions.and(all),
              scan.limit(),
              Double.NaN);
      return filtered(scanned, above);
    } else if (node instanceof RareNode rare) {
      return pushThroughRare(rare, predicates);
    } else if (node instanceof Values || node instanceof HashJoin) {
      return filtered(node, predicates);
    }
    throw new IllegalStateException("unknown node " + node.getClass().getSimpleName());
  }

  private static PhysicalNode filtered(PhysicalNode node, List<ScalarExpression> predicates) {
    if (predicates.stream().anyMatch(Expressions::isNeverTrue)) {
      return EmptyInputs.like(node);
    }
    ScalarExpression predicate =
        Expressions.and(predicates.stream().filter(part -> !Expressions.isTrue(part)).toList());
    return predicate == null || EmptyInputs.isEmpty(node)
        ? node
        : new Filter(node, predicate, Double.NaN);
  }

  private PhysicalNode pushThroughRare(RareNode rare, List<ScalarExpression> predicates) {
    List<ScalarExpression> below = new ArrayList<>();
    List<ScalarExpression> above = new ArrayList<>();
    for (ScalarExpression predicate : predicates) {
      BitSet references = Expressions.references(predicate);
      boolean passes = !references.isEmpty() && references.length() <= rare.passedColumns();
      (passes ? below : above).add(predicate);
    }
    List<PhysicalNode> inputs = new ArrayList<>();
    for (PhysicalNode input : rare.inputs()) {
      inputs.add(push(input, inputs.isEmpty() ? below : List.of()));
    }
    return filtered(rare.withInputs(inputs), above);
  }

  private PhysicalNode pushThroughProject(Project project, List<ScalarExpression> predicates) {
    if (project.expressions().stream().anyMatch(Expressions::isVolatile)) {
      // computed again below, a predicate would see other values than the ones that come out
      Project kept =
          new Project(push(project.input(), List.of()), project.expressions(), project.columns());
      return filtered(kept, predicates);
    }
    List<ScalarExpression> below = new ArrayList<>();
    for (ScalarExpression predicate : predicates) {
      below.addAll(
          Expressions.conjuncts(
              rewriter.substitute(
                  predicate, reference -> project.expressions().get(reference.index()))));
    }
    return EmptyInputs.project(
        new Project(push(project.input(), below), project.expressions(), project.columns()));
  }

  private PhysicalNode pushThroughAggregate(
      Aggregate aggregate, List<ScalarExpression> predicates) {
    int keyCount = aggregate.groupKeys().size();
    boolean isPlain =
        aggregate.groupingSets().size() == 1
            && aggregate.groupingSets().get(0).equals(aggregate.groupKeys())
            && keyCount > 0;
    List<ScalarExpression> below = new ArrayList<>();
    List<ScalarExpression> above = new ArrayList<>();
    for (ScalarExpression predicate : predicates) {
      BitSet references = Expressions.references(predicate);
      if (isPlain && references.length() <= keyCount && !references.isEmpty()) {
        below.add(Expressions.renumber(predicate, index -> aggregate.groupKeys().get(index)));
      } else {
        above.add(predicate);
      }
    }
    PhysicalNode input = push(aggregate.input(), below);
    return filtered(aggregate.over(input, aggregate.estimatedRows()), above);
  }

  /** Only what drops whole partitions may go below: the others' values depend on every row. */
  private PhysicalNode pushThroughWindow(Window window, List<ScalarExpression> predicates) {
    List<ScalarExpression> below = new ArrayList<>();
    List<ScalarExpression> above = new ArrayList<>();
    for (ScalarExpression predicate : predicates) {
      BitSet references = Expressions.references(predicate);
      boolean ofPartitions =
          !references.isEmpty()
              && references.stream().allMatch(index -> window.partitionKeys().contains(index));
      (ofPartitions ? below : above).add(predicate);
    }
    return filtered(window.over(push(window.input(), below)), above);
  }

  private PhysicalNode pushThroughJoin(NestedLoopJoin join, List<ScalarExpression> predicates) {
    int leftCount = join.left().columnCount();
    JoinKind kind = NullRejection.simplify(join.kind(), leftCount, predicates);
    List<ScalarExpression> left = new ArrayList<>();
    List<ScalarExpression> right = new ArrayList<>();
    List<ScalarExpression> above = new ArrayList<>();
    List<ScalarExpression> condition = new ArrayList<>();
    boolean keepsLeft = kind != JoinKind.RIGHT && kind != JoinKind.FULL;
    boolean keepsRight = kind == JoinKind.INNER || kind == JoinKind.RIGHT;
    for (ScalarExpression predicate : predicates) {
      Side side = side(predicate, leftCount);
      if (side == Side.LEFT && keepsLeft) {
        left.add(predicate);
      } else if (side == Side.RIGHT && keepsRight) {
        right.add(toRight(predicate, leftCount));
      } else if (kind == JoinKind.INNER) {
        condition.add(predicate);
      } else {
        above.add(predicate);
      }
    }
    ScalarExpression own = join.condition();
    List<ScalarExpression> parts =
        own == null ? List.of() : Expressions.conjuncts(Factoring.factor(own, rewriter.folder()));
    boolean conditionFiltersLeft =
        kind == JoinKind.INNER || kind == JoinKind.RIGHT || kind == JoinKind.SEMI;
    boolean conditionFiltersRight =
        kind == JoinKind.INNER
            || kind == JoinKind.LEFT
            || kind == JoinKind.SEMI
            || kind == JoinKind.ANTI;
    for (ScalarExpression part : parts) {
      Side side = side(part, leftCount);
      if (side == Side.LEFT && conditionFiltersLeft) {
        left.add(part);
      } else if (side == Side.RIGHT && conditionFiltersRight) {
        right.add(toRight(part, leftCount));
      } else {
        condition.add(part);
      }
    }
    Implied.add(kind, condition, left, right, leftCount);
    PhysicalNode joined =
        EmptyInputs.join(
            new NestedLoopJoin(
                push(join.left(), left),
                push(join.right(), right),
                kind,
                Expressions.and(condition),
                Double.NaN));
    return filtered(joined, above);
  }

  private static ScalarExpression toRight(ScalarExpression predicate, int leftCount) {
    return Expressions.renumber(predicate, index -> index - leftCount);
  }

  /** Which inputs of a join a predicate reads. */
  private enum Side {
    LEFT,
    RIGHT,
    BOTH,
    NONE
  }

  private static Side side(ScalarExpression predicate, int leftCount) {
    BitSet references = Expressions.references(predicate);
    if (references.isEmpty()) {
      return Side.NONE;
    }
    boolean readsLeft = references.nextSetBit(0) < leftCount;
    boolean readsRight = references.length() > leftCount;
    if (readsLeft && readsRight) {
      return Side.BOTH;
    }
    return readsLeft ? Side.LEFT : Side.RIGHT;
  }
}
