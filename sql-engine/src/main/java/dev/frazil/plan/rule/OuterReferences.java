package dev.frazil.plan.rule;

import dev.frazil.plan.Apply;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.Sort;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.PhysicalNode.Values;
import dev.frazil.plan.RareNode;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.OuterReference;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which rows outside of themselves expressions and sub-plans read. */
public final class OuterReferences {
  private OuterReferences() {}

  /** Whether the expression reads an outer row. */
  public static boolean isIn(ScalarExpression expression) {
    return !slots(expression).isEmpty();
  }

  /** The slots that an expression reads. */
  public static BitSet slots(ScalarExpression expression) {
    BitSet slots = new BitSet();
    collect(expression, slots);
    return slots;
  }

  private static void collect(ScalarExpression expression, BitSet slots) {
    if (expression instanceof OuterReference reference) {
      slots.set(reference.slot());
    } else if (expression instanceof Call call) {
      call.operands().forEach(operand -> collect(operand, slots));
    } else if (expression instanceof Cast cast) {
      collect(cast.operand(), slots);
    }
  }

  /** The slots that a sub-plan reads and does not bind itself. */
  public static BitSet slots(PhysicalNode node) {
    BitSet slots = new BitSet();
    for (PhysicalNode input : node.inputs()) {
      slots.or(slots(input));
    }
    expressions(node).forEach(expression -> collect(expression, slots));
    if (node instanceof Apply apply) {
      apply.bindings().forEach(binding -> slots.clear(binding.slot()));
    }
    return slots;
  }

  /** The expressions that a node evaluates, over whichever input. */
  static Stream<ScalarExpression> expressions(PhysicalNode node) {
    if (node instanceof TableScan scan) {
      return Stream.ofNullable(scan.residual());
    } else if (node instanceof Values values) {
      return values.rows().stream().flatMap(List::stream);
    } else if (node instanceof Filter filter) {
      return Stream.of(filter.predicate());
    } else if (node instanceof Project project) {
      return project.expressions().stream();
    } else if (node instanceof NestedLoopJoin join) {
      return Stream.ofNullable(join.condition());
    } else if (node instanceof HashJoin join) {
      return Stream.ofNullable(join.residual());
    } else if (node instanceof Sort sort) {
      return Stream.of(sort.offset(), sort.limit()).filter(Objects::nonNull);
    } else if (node instanceof RareNode rare) {
      return rare.expressions().stream();
    }
    return Stream.of();
  }

  /** The expression with every outer reference replaced. */
  public static ScalarExpression replace(
      ScalarExpression expression, Function<OuterReference, ScalarExpression> replacement) {
    if (expression instanceof OuterReference reference) {
      return replacement.apply(reference);
    } else if (expression instanceof Call call) {
      return new Call(
          call.function(),
          call.operands().stream().map(operand -> replace(operand, replacement)).toList(),
          call.type());
    } else if (expression instanceof Cast cast) {
      return new Cast(replace(cast.operand(), replacement), cast.type(), cast.safe());
    }
    return expression;
  }
}
