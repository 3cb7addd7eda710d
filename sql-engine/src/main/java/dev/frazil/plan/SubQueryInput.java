package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.Decorrelation.Attached;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.Sort;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarExpression.OuterReference;
import dev.frazil.plan.rule.OuterReferences;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.jspecify.annotations.Nullable;

/**
 * The input of an expression with sub-queries: each sub-query adds columns to it, by a join where
 * one says the same, else by an {@link Apply}; the expression then reads those columns.
 * Three-valued logic is spelt out: how many rows, how many of them not null, and whether one
 * matches.
 */
final class SubQueryInput {
  private static final Literal TRUE = new Literal(true, Primitive.BOOLEAN);
  private static final Literal FALSE = new Literal(false, Primitive.BOOLEAN);
  private static final Literal UNKNOWN = new Literal(null, Primitive.BOOLEAN);

  private final RelConverter relations;
  private final RexConverter expressions;
  private final Correlations.Scope scope;
  private final int width;
  private final Map<RexSubQuery, ScalarExpression> known = new HashMap<>();
  private PhysicalNode node;

  SubQueryInput(
      RelConverter relations,
      RexConverter expressions,
      PhysicalNode node,
      Correlations.Scope scope) {
    this.relations = relations;
    this.expressions = expressions;
    this.node = node;
    this.width = node.columns().size();
    this.scope = scope;
  }

  /** The input with all columns added so far, behind its own. */
  PhysicalNode node() {
    return node;
  }

  boolean isExtended() {
    return node.columns().size() > width;
  }

  /** The value of a sub-query, over {@link #node()}. */
  ScalarExpression value(RexSubQuery query) {
    ScalarExpression value = known.get(query);
    if (value == null) {
      value =
          switch (query.getKind()) {
            case SCALAR_QUERY -> scalar(query);
            case EXISTS -> exists(query);
            case IN -> membership(query, ScalarFunction.EQUAL);
            case SOME ->
                membership(query, comparison(((SqlQuantifyOperator) query.op).comparisonKind));
            default ->
                throw EngineException.unsupported("the sub-query " + query.getOperator().getName());
          };
      known.put(query, value);
    }
    return value;
  }

  /** Adds the columns of all sub-queries in expressions, before these are converted. */
  void addAll(List<RexNode> nodes) {
    for (RexNode each : nodes) {
      each.accept(
          new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitSubQuery(RexSubQuery query) {
              expressions.within(SubQueryInput.this, () -> value(query));
              return super.visitSubQuery(query);
            }
          });
    }
  }

  private static ScalarFunction comparison(org.apache.calcite.sql.SqlKind kind) {
    return switch (kind) {
      case EQUALS -> ScalarFunction.EQUAL;
      case NOT_EQUALS -> ScalarFunction.NOT_EQUAL;
      case LESS_THAN -> ScalarFunction.LESS;
      case LESS_THAN_OR_EQUAL -> ScalarFunction.LESS_OR_EQUAL;
      case GREATER_THAN -> ScalarFunction.GREATER;
      case GREATER_THAN_OR_EQUAL -> ScalarFunction.GREATER_OR_EQUAL;
      default -> throw EngineException.unsupported("the comparison " + kind + " with a sub-query");
    };
  }

  private PhysicalNode rows(RexSubQuery query) {
    return expressions.within(null, () -> relations.convert(new SemiJoins().apply(query.rel)));
  }

  private ScalarExpression scalar(RexSubQuery query) {
    PhysicalNode rows = rows(query);
    List<Column> columns = rows.columns();
    if (columns.size() != 1) {
      throw EngineException.unsupported("a sub-query of several columns as a value");
    }
    if (OneRow.isSure(rows)) {
      return attach(rows, JoinKind.INNER).get(0);
    }
    if (rows instanceof Sort sort
        && sort.limit() instanceof Literal limit
        && limit.value() instanceof Long count
        && count <= 1) {
      return attach(rows, JoinKind.LEFT).get(0);
    }
    SqlType type = columns.get(0).type();
    List<ScalarExpression> outputs =
        attach(
            OneRow.aggregate(
                rows,
                OneRow.call(AggregateFunction.ANY_VALUE, List.of(0), type),
                OneRow.call(AggregateFunction.COUNT, List.of(), Primitive.BIGINT)),
            JoinKind.INNER);
    // a second row is an error only where a row of the query asks for the value
    return new Call(
        ScalarFunction.SINGLE_ROW, List.of(outputs.get(0), count(outputs.get(1))), type);
  }

  /** A count, or null where a left join misses it. */
  private static ScalarExpression count(ScalarExpression count) {
    return count instanceof Call call && call.function() == ScalarFunction.COALESCE
        ? call.operands().get(0)
        : count;
  }

  private ScalarExpression exists(RexSubQuery query) {
    PhysicalNode rows = rows(query);
    AggregateCall count = OneRow.call(AggregateFunction.COUNT, List.of(), Primitive.BIGINT);
    Attached joined = decorrelate(OneRow.aggregate(rows, count), JoinKind.INNER);
    if (joined != null) {
      node = joined.node();
      return isPositive(joined.outputs().get(0));
    }
    PhysicalNode first = new Sort(rows, List.of(), null, new Literal(1L, Primitive.BIGINT));
    return isPositive(attach(OneRow.aggregate(first, count), JoinKind.INNER).get(0));
  }

  /** {@code count > 0}; of a count that a left join may miss, whether it is there. */
  private ScalarExpression isPositive(ScalarExpression count) {
    if (count instanceof Call call && call.function() == ScalarFunction.COALESCE) {
      return new Call(
          ScalarFunction.IS_NOT_NULL, List.of(call.operands().get(0)), Primitive.BOOLEAN);
    }
    return compare(ScalarFunction.GREATER, count, new Literal(0L, Primitive.BIGINT));
  }

  /** {@code (a, b) IN (rows)} and {@code a < SOME (rows)}. */
  private ScalarExpression membership(RexSubQuery query, ScalarFunction comparison) {
    PhysicalNode rows = rows(query);
    List<ScalarExpression> wanted = expressions.convert(query.getOperands());
    boolean isSimple = wanted.size() == 1 && rows.columns().size() == 1;
    if (isSimple && isOrder(comparison)) {
      return beyondExtreme(rows, wanted.get(0), comparison);
    }
    List<ScalarExpression> outer = new ArrayList<>();
    List<ScalarExpression> inner = new ArrayList<>();
    boolean nullable = false;
    for (int i = 0; i < wanted.size(); i++) {
      Column column = rows.columns().get(i);
      boolean isNullable = query.getOperands().get(i).getType().isNullable();
      nullable |= column.nullable() || isNullable;
      outer.add(outerReference(wanted.get(i), isNullable));
      inner.add(new InputReference(i, column.type()));
    }
    ScalarExpression matches =
        inner.size() == 1
            ? compare(comparison, outer.get(0), inner.get(0))
            : compare(comparison, RowComparisons.row(outer), RowComparisons.row(inner));
    AggregateCall count = OneRow.call(AggregateFunction.COUNT, List.of(), Primitive.BIGINT);
    if (comparison == ScalarFunction.EQUAL && (isSimple || !nullable)) {
      PhysicalNode matching = OneRow.aggregate(new Filter(rows, matches, Double.NaN), count);
      ScalarExpression found = isPositive(attach(matching, JoinKind.INNER).get(0));
      if (!nullable) {
        return found;
      }
      List<ScalarExpression> counts = counts(rows);
      return cases(
          found,
          TRUE,
          isZero(counts.get(0)),
          FALSE,
          new Call(ScalarFunction.IS_NULL, List.of(wanted.get(0)), Primitive.BOOLEAN),
          UNKNOWN,
          compare(ScalarFunction.LESS, counts.get(1), counts.get(0)),
          UNKNOWN,
          FALSE);
    }
    PhysicalNode compared =
        new Project(
            rows, List.of(matches), List.of(new Column("$match", Primitive.BOOLEAN, nullable)));
    List<ScalarExpression> values =
        attach(
            OneRow.aggregate(
                compared,
                count,
                OneRow.call(AggregateFunction.COUNT, List.of(0), Primitive.BIGINT),
                OneRow.call(AggregateFunction.BOOL_OR, List.of(0), Primitive.BOOLEAN)),
            JoinKind.INNER);
    return cases(
        values.get(2),
        TRUE,
        compare(ScalarFunction.LESS, values.get(1), values.get(0)),
        UNKNOWN,
        FALSE);
  }

  private List<ScalarExpression> counts(PhysicalNode rows) {
    return attach(
        OneRow.aggregate(
            rows,
            OneRow.call(AggregateFunction.COUNT, List.of(), Primitive.BIGINT),
            OneRow.call(AggregateFunction.COUNT, List.of(0), Primitive.BIGINT)),
        JoinKind.INNER);
  }

  private static boolean isOrder(ScalarFunction comparison) {
    return comparison != ScalarFunction.EQUAL && comparison != ScalarFunction.NOT_EQUAL;
  }

  /** {@code a > SOME (rows)}: beyond the least of them. */
  private ScalarExpression beyondExtreme(
      PhysicalNode rows, ScalarExpression wanted, ScalarFunction comparison) {
    boolean greater =
        comparison == ScalarFunction.GREATER || comparison == ScalarFunction.GREATER_OR_EQUAL;
    SqlType type = rows.columns().get(0).type();
    List<ScalarExpression> values =
        attach(
            OneRow.aggregate(
                rows,
                OneRow.call(AggregateFunction.COUNT, List.of(), Primitive.BIGINT),
                OneRow.call(AggregateFunction.COUNT, List.of(0), Primitive.BIGINT),
                OneRow.call(
                    greater ? AggregateFunction.MIN : AggregateFunction.MAX, List.of(0), type)),
            JoinKind.INNER);
    ScalarExpression beyond = compare(comparison, wanted, values.get(2));
    return cases(
        isZero(values.get(0)),
        FALSE,
        beyond,
        TRUE,
        compare(ScalarFunction.LESS, values.get(1), values.get(0)),
        UNKNOWN,
        beyond);
  }

  private ScalarExpression isZero(ScalarExpression count) {
    return compare(ScalarFunction.EQUAL, count, new Literal(0L, Primitive.BIGINT));
  }

  private ScalarExpression compare(
      ScalarFunction comparison, ScalarExpression left, ScalarExpression right) {
    return expressions.compare(comparison, left, right);
  }

  private static ScalarExpression cases(ScalarExpression... operands) {
    return new Call(ScalarFunction.CASE, List.of(operands), Primitive.BOOLEAN);
  }

  /** Makes a value over {@link #node()} readable from a sub-query. */
  private ScalarExpression outerReference(ScalarExpression value, boolean nullable) {
    if (value instanceof Literal || value instanceof ScalarExpression.Parameter) {
      return value;
    }
    int column;
    if (value instanceof InputReference reference) {
      column = reference.index();
    } else {
      column = node.columns().size();
      node = withColumn(node, value, nullable);
    }
    return new OuterReference(scope.slot(column), value.type());
  }

  private static PhysicalNode withColumn(
      PhysicalNode input, ScalarExpression value, boolean nullable) {
    List<ScalarExpression> all = new ArrayList<>();
    List<Column> columns = new ArrayList<>(input.columns());
    for (int i = 0; i < columns.size(); i++) {
      all.add(new InputReference(i, columns.get(i).type()));
    }
    all.add(value);
    columns.add(new Column("$operand" + columns.size(), value.type(), nullable));
    return new Project(input, all, columns);
  }

  private @Nullable Attached decorrelate(PhysicalNode rows, JoinKind kind) {
    List<Apply.Binding> bindings = scope.bindings(OuterReferences.slots(rows));
    return bindings.isEmpty()
        ? null
        : new Decorrelation(expressions.folder(), bindings).attach(node, rows, kind);
  }

  /**
   * Puts the columns of {@code rows} beside those of {@link #node()}: INNER where every row of it
   * finds rows, LEFT where it must stay without.
   *
   * @return what stands for the columns of {@code rows}
   */
  List<ScalarExpression> attach(PhysicalNode rows, JoinKind kind) {
    BitSet slots = OuterReferences.slots(rows);
    List<Apply.Binding> bindings = scope.bindings(slots);
    if (!bindings.isEmpty()) {
      Attached joined = new Decorrelation(expressions.folder(), bindings).attach(node, rows, kind);
      if (joined != null) {
        node = joined.node();
        return joined.outputs();
      }
    }
    int before = node.columns().size();
    node =
        bindings.isEmpty()
            ? new NestedLoopJoin(node, rows, kind, null, Double.NaN)
            : UnnestConverter.atOnce(new Apply(node, rows, kind, bindings));
    List<ScalarExpression> outputs = new ArrayList<>();
    for (Column column : rows.columns()) {
      outputs.add(new InputReference(before + outputs.size(), column.type()));
    }
    return outputs;
  }
}
