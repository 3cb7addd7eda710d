package dev.frazil.plan;

import com.google.common.collect.ImmutableSet;
import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Sample;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * An outer join with a sub-query in its ON that reads both sides: to each row of the one side the
 * rows of the other that the condition lets through, as LATERAL would find them. A full join adds
 * the rows of the right side for which there is no row on the left.
 */
final class OuterJoinQueries {
  private final Join join;
  private final RexBuilder builder;
  private final int leftCount;

  private OuterJoinQueries(Join join) {
    this.join = join;
    this.builder = join.getCluster().getRexBuilder();
    this.leftCount = join.getLeft().getRowType().getFieldCount();
  }

  /** The same rows, without a join whose condition holds a sub-query. */
  static RelNode rewrite(Join join) {
    OuterJoinQueries queries = new OuterJoinQueries(join);
    return switch (join.getJoinType()) {
      case LEFT -> queries.typed(queries.each(true), false);
      case RIGHT -> queries.typed(queries.each(false), true);
      case FULL -> queries.full();
      default ->
          throw EngineException.unsupported(
              "a sub-query in the ON of the join " + join.getJoinType().lowerName);
    };
  }

  private RelNode full() {
    for (RelNode side : join.getInputs()) {
      if (!isRepeatable(side)) {
        throw EngineException.unsupported(
            "a sub-query in the ON of a FULL JOIN that reads both of its sides, where one of them may"
                + " be another each time: LIMIT, TABLESAMPLE, a window, random()");
      }
    }
    List<RexNode> columns = new ArrayList<>();
    CorrelationId id = join.getCluster().createCorrel();
    RelNode unmatched =
        LogicalFilter.create(
            join.getRight(),
            builder.makeCall(SqlStdOperatorTable.NOT, RexSubQuery.exists(matches(false, id))),
            ImmutableSet.of(id));
    for (RelDataTypeField field : join.getRowType().getFieldList()) {
      int index = field.getIndex() - leftCount;
      columns.add(
          index < 0
              ? builder.makeNullLiteral(field.getType())
              : cast(builder.makeInputRef(unmatched, index), field.getType()));
    }
    RelNode rest =
        LogicalProject.create(
            unmatched, List.of(), columns, join.getRowType().getFieldNames(), Set.of());
    return LogicalUnion.create(List.of(typed(each(true), false), rest), true);
  }

  private RexNode cast(RexNode value, RelDataType type) {
    return value.getType().equals(type) ? value : builder.makeAbstractCast(type, value, false);
  }

  /** The columns in the order of the join. */
  private RelNode typed(RelNode rows, boolean rightFirst) {
    int count = join.getRowType().getFieldCount();
    int rightCount = count - leftCount;
    List<RexNode> columns = new ArrayList<>();
    for (RelDataTypeField field : join.getRowType().getFieldList()) {
      int index = field.getIndex();
      int source = !rightFirst ? index : index < leftCount ? index + rightCount : index - leftCount;
      columns.add(cast(builder.makeInputRef(rows, source), field.getType()));
    }
    return LogicalProject.create(
        rows, List.of(), columns, join.getRowType().getFieldNames(), Set.of());
  }

  /** Whether it gives the same rows when it runs twice. */
  private static boolean isRepeatable(RelNode side) {
    boolean[] repeatable = {true};
    RexShuttle expressions =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            repeatable[0] &= RexUtil.isDeterministic(call);
            return super.visitCall(call);
          }

          @Override
          public RexNode visitOver(RexOver over) {
            repeatable[0] = false;
            return over;
          }
        };
    side.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            boolean isCut =
                node instanceof Sort sort && (sort.fetch != null || sort.offset != null);
            repeatable[0] &= !isCut && !(node instanceof Sample);
            node.accept(expressions);
            return super.visit(node);
          }
        });
    return repeatable[0];
  }

  /** Each row of the one side with those of the other that it meets, or with nulls. */
  private RelNode each(boolean ofLeft) {
    CorrelationId id = join.getCluster().createCorrel();
    RelNode matches = matches(ofLeft, id);
    RelNode outer = ofLeft ? join.getLeft() : join.getRight();
    return LogicalCorrelate.create(
        outer,
        matches,
        List.of(),
        id,
        ImmutableBitSet.range(outer.getRowType().getFieldCount()),
        JoinRelType.LEFT);
  }

  /** The rows of the other side that meet the row called by {@code id}. */
  private RelNode matches(boolean ofLeft, CorrelationId id) {
    RelNode outer = ofLeft ? join.getLeft() : join.getRight();
    RelNode inner = ofLeft ? join.getRight() : join.getLeft();
    CorrelationId innerId = join.getCluster().createCorrel();
    RexNode outerRow = builder.makeCorrel(outer.getRowType(), id);
    RexNode innerRow = builder.makeCorrel(inner.getRowType(), innerId);
    JoinRows sides =
        new JoinRows(
            index ->
                index < leftCount == ofLeft
                    ? builder.makeFieldAccess(outerRow, within(index))
                    : builder.makeInputRef(inner, within(index)),
            (variable, index) ->
                join.getVariablesSet().contains(variable)
                    ? builder.makeFieldAccess(
                        index < leftCount == ofLeft ? outerRow : innerRow, within(index))
                    : null);
    return LogicalFilter.create(inner, join.getCondition().accept(sides), ImmutableSet.of(innerId));
  }

  private int within(int column) {
    return column < leftCount ? column : column - leftCount;
  }
}
