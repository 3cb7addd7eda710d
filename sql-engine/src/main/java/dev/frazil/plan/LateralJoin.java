package dev.frazil.plan;

import com.google.common.collect.ImmutableSet;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.validate.JoinScope;
import org.apache.calcite.sql.validate.ListScope;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * A join with LATERAL, or on the right of another one, as behind a comma: what its LATERAL reads
 * may belong to its own left side or to the tables before it, and variables of Calcite's converter
 * count columns from the first table of the FROM, as if there were no difference.
 *
 * @param join where its own tables are: sub-queries in ON count their columns from the first of
 *     them
 * @param select where the tables of the whole FROM are
 * @param before how many columns they have before this join
 * @param variables where the row of each variable is
 */
record LateralJoin(
    SqlValidatorScope join,
    ListScope select,
    int before,
    Map<CorrelationId, SqlValidatorScope> variables) {

  /** The join of a scope, or null if it is that of something else. */
  static @Nullable LateralJoin of(
      SqlValidatorScope scope, Map<CorrelationId, SqlValidatorScope> variables) {
    if (!(scope instanceof JoinScope join)) {
      return null;
    }
    SqlValidatorScope around = join;
    while (around instanceof JoinScope inner && inner.getUsingScope() != null) {
      around = inner.getUsingScope();
    }
    if (!(around instanceof ListScope select) || join.getChildren().isEmpty()) {
      return null;
    }
    SqlValidatorNamespace first = join.getChildren().get(0);
    int before = 0;
    for (SqlValidatorNamespace table : select.getChildren()) {
      if (table == first) {
        return new LateralJoin(join, select, before, variables);
      }
      before += table.getRowType().getFieldCount();
    }
    return null;
  }

  /** The column of this join that a variable's field is; negative or too large for others. */
  private int column(CorrelationId id, int field) {
    SqlValidatorScope scope = variables.get(id);
    return scope == join ? field : scope == select ? field - before : -1;
  }

  /** Whether it stands on the right of another join. */
  boolean isNested() {
    return before > 0;
  }

  /** Whether the right side reads columns of the left one. */
  boolean readsLeft(RelNode left, RelNode right) {
    boolean[] reads = new boolean[1];
    int end = left.getRowType().getFieldCount();
    new JoinRows(
            null,
            (id, field) -> {
              int column = column(id, field);
              reads[0] |= column >= 0 && column < end;
              return null;
            })
        .within(right);
    return reads[0];
  }

  /**
   * Refuses a sub-query in the ON that reads tables before the comma (42P10, as PostgreSQL does):
   * Calcite holds their columns and those of the join itself for columns of one row.
   */
  private void refuseBefore(RexNode condition) {
    condition.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            new JoinRows(
                    null,
                    (id, field) -> {
                      if (variables.get(id) == select && field < before) {
                        throw new EngineException(
                            SqlState.INVALID_COLUMN_REFERENCE,
                            "a sub-query in the ON of a join cannot read tables before the comma or"
                                + " the brackets around it (write them in a join before it)");
                      }
                      return null;
                    })
                .visitSubQuery(query);
            return query;
          }
        });
  }

  /** A join whose right side does not read the left one. */
  RelNode plain(RelNode left, RelNode right, RexNode condition, JoinRelType joinType) {
    refuseBefore(condition);
    RexBuilder builder = left.getCluster().getRexBuilder();
    RelDataType row =
        SqlValidatorUtil.deriveJoinRowType(
            left.getRowType(),
            right.getRowType(),
            JoinRelType.INNER,
            builder.getTypeFactory(),
            null,
            List.of());
    CorrelationId id = left.getCluster().createCorrel();
    int count = row.getFieldCount();
    boolean[] used = new boolean[1];
    RexNode ofRow =
        condition.accept(
            new JoinRows(
                column -> builder.makeInputRef(row.getFieldList().get(column).getType(), column),
                (variable, field) -> {
                  int column = column(variable, field);
                  if (column < 0 || column >= count) {
                    return null;
                  }
                  used[0] = true;
                  return builder.makeFieldAccess(builder.makeCorrel(row, id), column);
                }));
    return LogicalJoin.create(
        left, right, List.of(), ofRow, used[0] ? ImmutableSet.of(id) : ImmutableSet.of(), joinType);
  }

  /**
   * A join whose right side reads the left one.
   *
   * @param named tells Calcite which tables the changed right side is made of
   */
  RelNode lateral(
      RelNode left,
      RelNode right,
      RexNode condition,
      JoinRelType joinType,
      UnaryOperator<RelNode> named) {
    refuseBefore(condition);
    RexBuilder builder = left.getCluster().getRexBuilder();
    int leftCount = left.getRowType().getFieldCount();
    int count = leftCount + right.getRowType().getFieldCount();
    CorrelationId id = left.getCluster().createCorrel();
    RexNode leftRow = builder.makeCorrel(left.getRowType(), id);
    RelNode inner =
        named.apply(
            new JoinRows(
                    null,
                    (variable, field) -> {
                      int column = column(variable, field);
                      return column < 0 || column >= leftCount
                          ? null
                          : builder.makeFieldAccess(leftRow, column);
                    })
                .within(right));
    CorrelationId innerId = left.getCluster().createCorrel();
    RexNode innerRow = builder.makeCorrel(inner.getRowType(), innerId);
    RexNode ofInner =
        condition.accept(
            new JoinRows(
                column ->
                    column < leftCount
                        ? builder.makeFieldAccess(leftRow, column)
                        : builder.makeInputRef(inner, column - leftCount),
                (variable, field) -> {
                  int column = column(variable, field);
                  if (column < 0 || column >= count) {
                    return null;
                  }
                  return column < leftCount
                      ? builder.makeFieldAccess(leftRow, column)
                      : builder.makeFieldAccess(innerRow, column - leftCount);
                }));
    return LogicalCorrelate.create(
        left,
        condition.isAlwaysTrue()
            ? inner
            : LogicalFilter.create(inner, ofInner, ImmutableSet.of(innerId)),
        List.of(),
        id,
        ImmutableBitSet.range(leftCount),
        joinType);
  }
}
