package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.rule.Expressions;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Sub-queries in the ON of a join. Of an inner join they are those of a filter above it. Of an
 * outer join a part of the condition with a sub-query that reads one side only becomes a column of
 * it; for others see {@link OuterJoinQueries}.
 */
final class JoinSubQueries {
  private final RelConverter relations;
  private final RexConverter expressions;

  JoinSubQueries(RelConverter relations, RexConverter expressions) {
    this.relations = relations;
    this.expressions = expressions;
  }

  PhysicalNode convert(Join join, JoinKind kind, PhysicalNode left, PhysicalNode right) {
    return kind == JoinKind.INNER ? inner(join, left, right) : outer(join, kind, left, right);
  }

  private PhysicalNode inner(Join join, PhysicalNode left, PhysicalNode right) {
    PhysicalNode pairs = new NestedLoopJoin(left, right, JoinKind.INNER, null, Double.NaN);
    SubQueryInput input =
        new SubQueryInput(
            relations,
            expressions,
            pairs,
            expressions.correlations().scope(join.getVariablesSet()));
    ScalarExpression condition =
        expressions.within(input, () -> expressions.convert(join.getCondition()));
    return columns(new Filter(input.node(), condition, Double.NaN), 0, pairs.columns(), 0);
  }

  private PhysicalNode outer(Join join, JoinKind kind, PhysicalNode left, PhysicalNode right) {
    int leftCount = left.columns().size();
    int count = leftCount + right.columns().size();
    List<ScalarExpression> plain = new ArrayList<>();
    List<ScalarExpression> ofLeft = new ArrayList<>();
    List<ScalarExpression> ofRight = new ArrayList<>();
    Correlations correlations = expressions.correlations();
    SubQueryInput leftInput =
        new SubQueryInput(relations, expressions, left, correlations.scope(join.getVariablesSet()));
    SubQueryInput rightInput =
        new SubQueryInput(
            relations, expressions, right, correlations.scope(join.getVariablesSet(), leftCount));
    for (RexNode part : RelOptUtil.conjunctions(join.getCondition())) {
      if (RexUtil.SubQueryFinder.find(part) == null) {
        plain.add(expressions.convert(part));
        continue;
      }
      ImmutableBitSet read = columnsRead(part, join);
      if (read.nextSetBit(leftCount) < 0) {
        ofLeft.add(expressions.within(leftInput, () -> expressions.convert(part)));
      } else if (read.nextSetBit(0) >= leftCount) {
        RexNode shifted = RexUtil.shift(part, -leftCount);
        ofRight.add(expressions.within(rightInput, () -> expressions.convert(shifted)));
      } else {
        return relations.convert(OuterJoinQueries.rewrite(join));
      }
    }
    PhysicalNode newLeft = withColumns(leftInput.node(), left.columns(), ofLeft);
    PhysicalNode newRight = withColumns(rightInput.node(), right.columns(), ofRight);
    int newLeftCount = newLeft.columns().size();
    List<ScalarExpression> condition = new ArrayList<>();
    for (ScalarExpression part : plain) {
      condition.add(
          Expressions.renumber(
              part, index -> index < leftCount ? index : index - leftCount + newLeftCount));
    }
    for (int i = 0; i < ofLeft.size(); i++) {
      condition.add(new InputReference(leftCount + i, ofLeft.get(i).type()));
    }
    for (int i = 0; i < ofRight.size(); i++) {
      int index = newLeftCount + right.columns().size() + i;
      condition.add(new InputReference(index, ofRight.get(i).type()));
    }
    PhysicalNode joined =
        new NestedLoopJoin(newLeft, newRight, kind, Expressions.and(condition), Double.NaN);
    List<Column> wanted = new NestedLoopJoin(left, right, kind, null, Double.NaN).columns();
    return columns(joined, newLeftCount - leftCount, wanted.subList(0, count), leftCount);
  }

  /** The columns of the join that a part of its condition reads, its sub-queries included. */
  private static ImmutableBitSet columnsRead(RexNode part, Join join) {
    ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
    columns.addAll(RelOptUtil.InputFinder.bits(part));
    part.accept(
        new org.apache.calcite.rex.RexVisitorImpl<Void>(true) {
          @Override
          public Void visitSubQuery(RexSubQuery query) {
            for (CorrelationId id : join.getVariablesSet()) {
              columns.addAll(RelOptUtil.correlationColumns(id, query.rel));
            }
            return super.visitSubQuery(query);
          }
        });
    return columns.build();
  }

  private static PhysicalNode withColumns(
      PhysicalNode node, List<Column> columns, List<ScalarExpression> added) {
    if (added.isEmpty()) {
      return node;
    }
    List<ScalarExpression> all = new ArrayList<>();
    List<Column> results = new ArrayList<>(columns);
    for (Column column : columns) {
      all.add(new InputReference(all.size(), column.type()));
    }
    for (ScalarExpression condition : added) {
      all.add(condition);
      results.add(new Column("$condition" + all.size(), condition.type(), true));
    }
    return new Project(node, all, results);
  }

  /** The wanted columns, of which those from {@code leftCount} on stand {@code shift} later. */
  private static PhysicalNode columns(
      PhysicalNode node, int shift, List<Column> wanted, int leftCount) {
    List<ScalarExpression> references = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      references.add(new InputReference(i < leftCount ? i : i + shift, wanted.get(i).type()));
    }
    return new Project(node, references, wanted);
  }
}
