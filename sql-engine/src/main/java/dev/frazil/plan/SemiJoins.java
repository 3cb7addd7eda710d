package dev.frazil.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * {@code WHERE [NOT] EXISTS (...)} and {@code WHERE a [NOT] IN (...)} to semi- and anti-joins,
 * where the sub-query reads the outer row at most in its WHERE.
 */
final class SemiJoins {

  RelNode apply(RelNode relation) {
    return relation.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            RelNode visited = super.visit(node);
            return visited instanceof Filter filter
                    && RexUtil.SubQueryFinder.containsSubQuery(filter)
                ? rewrite(filter)
                : visited;
          }
        });
  }

  private RelNode rewrite(Filter filter) {
    List<RexNode> plain = new ArrayList<>();
    List<RexNode> other = new ArrayList<>();
    List<SemiJoin> joins = new ArrayList<>();
    for (RexNode part : RelOptUtil.conjunctions(filter.getCondition())) {
      if (RexUtil.SubQueryFinder.find(part) == null) {
        plain.add(part);
        continue;
      }
      SemiJoin join = semiJoin(part, filter);
      if (join == null) {
        other.add(part);
      } else {
        joins.add(join);
      }
    }
    if (joins.isEmpty()) {
      return filter;
    }
    RexBuilder builder = filter.getCluster().getRexBuilder();
    RelNode result = filter.getInput();
    if (!plain.isEmpty()) {
      result =
          LogicalFilter.create(
              result, RexUtil.composeConjunction(builder, plain), noVariables(filter));
    }
    for (SemiJoin join : joins) {
      result =
          LogicalJoin.create(
              result,
              join.right,
              List.of(),
              RexUtil.composeConjunction(builder, join.condition),
              Set.of(),
              join.isAnti ? JoinRelType.ANTI : JoinRelType.SEMI);
    }
    if (!other.isEmpty()) {
      result =
          LogicalFilter.create(
              result, RexUtil.composeConjunction(builder, other), noVariables(filter));
    }
    return result;
  }

  private static com.google.common.collect.ImmutableSet<CorrelationId> noVariables(Filter filter) {
    return com.google.common.collect.ImmutableSet.copyOf(filter.getVariablesSet());
  }

  /** A sub-query as the right side of a join. */
  private record SemiJoin(RelNode right, List<RexNode> condition, boolean isAnti) {}

  private @Nullable SemiJoin semiJoin(RexNode part, Filter filter) {
    boolean isAnti = part.getKind() == SqlKind.NOT;
    RexNode positive = isAnti ? ((RexCall) part).getOperands().get(0) : part;
    if (!(positive instanceof RexSubQuery query)
        || (query.getKind() != SqlKind.EXISTS && query.getKind() != SqlKind.IN)) {
      return null;
    }
    for (RexNode operand : query.getOperands()) {
      if (RexUtil.SubQueryFinder.find(operand) != null) {
        return null;
      }
    }
    Lifted lifted = lift(apply(query.rel), filter);
    if (lifted == null) {
      return null;
    }
    List<RexNode> condition = new ArrayList<>(lifted.condition);
    if (query.getKind() == SqlKind.IN) {
      condition.add(membership(query, lifted, isAnti, filter));
    }
    return new SemiJoin(lifted.right, condition, isAnti);
  }

  private static RexNode membership(
      RexSubQuery query, Lifted lifted, boolean isAnti, Filter filter) {
    RexBuilder builder = filter.getCluster().getRexBuilder();
    List<RexNode> equalities = new ArrayList<>();
    boolean nullable = false;
    for (int i = 0; i < query.getOperands().size(); i++) {
      RexNode left = query.getOperands().get(i);
      RexNode right = lifted.outputs.get(i);
      nullable |= left.getType().isNullable() || right.getType().isNullable();
      equalities.add(builder.makeCall(SqlStdOperatorTable.EQUALS, left, right));
    }
    RexNode equal = RexUtil.composeConjunction(builder, equalities);
    // NOT IN drops the row also where the comparison is unknown.
    return isAnti && nullable ? builder.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, equal) : equal;
  }

  /**
   * A sub-query without its correlated conditions.
   *
   * @param right what remains
   * @param condition those conditions, over the outer row followed by the columns of {@code right}
   * @param outputs the columns of the sub-query, over the same
   */
  private record Lifted(RelNode right, List<RexNode> condition, List<RexNode> outputs) {}

  private static @Nullable Lifted lift(RelNode query, Filter outer) {
    int leftCount = outer.getInput().getRowType().getFieldCount();
    RexBuilder builder = outer.getCluster().getRexBuilder();
    if (RelOptUtil.getVariablesUsed(query).isEmpty()) {
      List<RexNode> outputs = new ArrayList<>();
      for (int i = 0; i < query.getRowType().getFieldCount(); i++) {
        outputs.add(
            builder.makeInputRef(
                query.getRowType().getFieldList().get(i).getType(), leftCount + i));
      }
      return new Lifted(query, List.of(), outputs);
    }
    Project project = query instanceof Project top ? top : null;
    RelNode below = project == null ? query : project.getInput();
    if (!(below instanceof Filter filter)
        || !RelOptUtil.getVariablesUsed(filter.getInput()).isEmpty()
        || RexUtil.SubQueryFinder.containsSubQuery(filter)) {
      return null;
    }
    Set<CorrelationId> own = outer.getVariablesSet();
    List<RexNode> lifted = new ArrayList<>();
    List<RexNode> kept = new ArrayList<>();
    Outward outward = new Outward(own, leftCount);
    for (RexNode part : RelOptUtil.conjunctions(filter.getCondition())) {
      if (RexUtil.containsCorrelation(part)) {
        lifted.add(part.accept(outward));
      } else {
        kept.add(part);
      }
    }
    List<RexNode> outputs = new ArrayList<>();
    if (project != null) {
      for (RexNode expression : project.getProjects()) {
        if (RexUtil.SubQueryFinder.find(expression) != null) {
          return null;
        }
        outputs.add(expression.accept(outward));
      }
    } else {
      for (int i = 0; i < query.getRowType().getFieldCount(); i++) {
        outputs.add(
            builder.makeInputRef(
                query.getRowType().getFieldList().get(i).getType(), leftCount + i));
      }
    }
    if (outward.foreign) {
      return null;
    }
    RelNode right =
        kept.isEmpty()
            ? filter.getInput()
            : LogicalFilter.create(filter.getInput(), RexUtil.composeConjunction(builder, kept));
    return new Lifted(right, lifted, outputs);
  }

  /** Moves an expression of the sub-query to where the outer row stands before its own. */
  private static final class Outward extends RexShuttle {
    private final Set<CorrelationId> own;
    private final int leftCount;
    boolean foreign;

    Outward(Set<CorrelationId> own, int leftCount) {
      this.own = own;
      this.leftCount = leftCount;
    }

    @Override
    public RexNode visitInputRef(RexInputRef reference) {
      return new RexInputRef(reference.getIndex() + leftCount, reference.getType());
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
      if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
        if (own.contains(variable.id)) {
          return new RexInputRef(access.getField().getIndex(), access.getType());
        }
        foreign = true;
        return access;
      }
      return super.visitFieldAccess(access);
    }

    @Override
    public RexNode visitCorrelVariable(RexCorrelVariable variable) {
      foreign = true;
      return variable;
    }
  }
}
