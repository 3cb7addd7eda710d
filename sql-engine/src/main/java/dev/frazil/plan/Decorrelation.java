package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.rule.ConstantFolder;
import dev.frazil.plan.rule.Expressions;
import dev.frazil.plan.rule.OuterReferences;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A correlated sub-query as a join, in the two shapes where a join says exactly the same: an
 * aggregate over rows that are found by equality with the outer row (a left join with the groups,
 * where a missing group counts 0), and plain rows under conditions (a join under these). Everything
 * else is left to {@link Apply}.
 */
final class Decorrelation {
  private final ConstantFolder folder;
  private final Map<Integer, Integer> columnBySlot = new HashMap<>();

  /**
   * @param bindings the slots of the row that the sub-query is for
   */
  Decorrelation(ConstantFolder folder, List<Apply.Binding> bindings) {
    this.folder = folder;
    bindings.forEach(binding -> columnBySlot.put(binding.slot(), binding.column()));
  }

  /**
   * @param outputs what stands for the columns of the sub-query, over {@code node}
   */
  record Attached(PhysicalNode node, List<ScalarExpression> outputs) {}

  /** The join, or null where there is none that says the same. */
  @Nullable Attached attach(PhysicalNode left, PhysicalNode rows, JoinKind kind) {
    List<Project> projections = new ArrayList<>();
    PhysicalNode below = rows;
    while (below instanceof Project project) {
      projections.add(0, project);
      below = project.input();
    }
    if (below instanceof Aggregate aggregate && aggregate.groupKeys().isEmpty()) {
      return aggregate.groupingSets().size() == 1 ? groups(left, aggregate, projections) : null;
    }
    return plain(left, rows, kind);
  }

  private @Nullable Attached plain(PhysicalNode left, PhysicalNode rows, JoinKind kind) {
    PulledConditions pulled = new PulledConditions(folder, columnBySlot.keySet());
    PulledConditions.Pulled below = pulled.pull(rows);
    if (below == null) {
      return null;
    }
    int leftCount = left.columns().size();
    List<ScalarExpression> condition = new ArrayList<>();
    for (ScalarExpression part : below.conditions()) {
      condition.add(onJoin(part, left));
    }
    PhysicalNode joined =
        new NestedLoopJoin(left, below.node(), kind, Expressions.and(condition), Double.NaN);
    List<ScalarExpression> outputs = new ArrayList<>();
    for (Column column : rows.columns()) {
      outputs.add(new InputReference(leftCount + outputs.size(), column.type()));
    }
    return new Attached(joined, outputs);
  }

  /** A condition of the sub-query over the columns of left row and sub-query. */
  private ScalarExpression onJoin(ScalarExpression condition, PhysicalNode left) {
    int leftCount = left.columns().size();
    return onLeft(Expressions.renumber(condition, index -> leftCount + index), left);
  }

  private ScalarExpression onLeft(ScalarExpression expression, PhysicalNode left) {
    return OuterReferences.replace(
        expression,
        outer -> {
          Integer column = columnBySlot.get(outer.slot());
          return column == null
              ? outer
              : new InputReference(column, left.columns().get(column).type());
        });
  }

  private @Nullable Attached groups(
      PhysicalNode left, Aggregate aggregate, List<Project> projections) {
    PulledConditions.Pulled below =
        new PulledConditions(folder, columnBySlot.keySet()).pull(aggregate.input());
    if (below == null || !aggregate.calls().stream().allMatch(Decorrelation::isKnownWhenEmpty)) {
      return null;
    }
    List<ScalarExpression> inner = new ArrayList<>();
    List<ScalarExpression> outer = new ArrayList<>();
    for (ScalarExpression condition : below.conditions()) {
      PulledConditions.Equality equality = PulledConditions.equality(condition);
      if (equality == null) {
        return null;
      }
      inner.add(equality.inner());
      outer.add(onLeft(equality.outer(), left));
    }
    PhysicalNode grouped = group(below.node(), inner, aggregate);
    int leftCount = left.columns().size();
    List<ScalarExpression> condition = new ArrayList<>();
    for (int i = 0; i < outer.size(); i++) {
      ScalarExpression key = new InputReference(leftCount + i, inner.get(i).type());
      condition.add(new Call(ScalarFunction.EQUAL, List.of(outer.get(i), key), Primitive.BOOLEAN));
    }
    PhysicalNode joined =
        new NestedLoopJoin(
            left,
            grouped,
            inner.isEmpty() ? JoinKind.INNER : JoinKind.LEFT,
            Expressions.and(condition),
            Double.NaN);
    int firstCall = leftCount + inner.size();
    List<ScalarExpression> outputs = new ArrayList<>();
    for (int i = 0; i < aggregate.calls().size(); i++) {
      outputs.add(output(aggregate.calls().get(i), firstCall + i));
    }
    for (Project projection : projections) {
      List<ScalarExpression> results = outputs;
      outputs = new ArrayList<>();
      for (ScalarExpression expression : projection.expressions()) {
        ScalarExpression replaced =
            onLeft(
                Expressions.replaceReferences(
                    expression, reference -> results.get(reference.index())),
                left);
        outputs.add(replaced);
      }
    }
    return new Attached(joined, outputs);
  }

  /** The functions of which it is known what they give where there is no row. */
  private static boolean isKnownWhenEmpty(AggregateCall call) {
    return switch (call.function()) {
      case COUNT,
          SUM,
          MIN,
          MAX,
          AVG,
          ANY_VALUE,
          BOOL_AND,
          BOOL_OR,
          STDDEV_POP,
          STDDEV_SAMP,
          VAR_POP,
          VAR_SAMP ->
          true;
      // not exhaustive on purpose: what is added later is applied until somebody says so
      default -> false;
    };
  }

  private ScalarExpression output(AggregateCall call, int column) {
    InputReference value = new InputReference(column, call.type());
    return switch (call.function()) {
      case COUNT ->
          new Call(
              ScalarFunction.COALESCE,
              List.of(value, folder.cast(new Literal(0L, Primitive.BIGINT), call.type(), false)),
              call.type());
      default -> value;
    };
  }

  /** The aggregate, group by group: the keys stand before its columns. */
  private static PhysicalNode group(
      PhysicalNode input, List<ScalarExpression> keys, Aggregate aggregate) {
    List<ScalarExpression> all = new ArrayList<>();
    List<Column> columns = new ArrayList<>(input.columns());
    for (int i = 0; i < columns.size(); i++) {
      all.add(new InputReference(i, columns.get(i).type()));
    }
    List<Integer> keyColumns = new ArrayList<>();
    List<Column> groupedColumns = new ArrayList<>();
    for (ScalarExpression key : keys) {
      keyColumns.add(all.size());
      groupedColumns.add(new Column("$key" + keyColumns.size(), key.type(), true));
      columns.add(new Column("$key" + keyColumns.size(), key.type(), true));
      all.add(key);
    }
    groupedColumns.addAll(aggregate.columns());
    return new Aggregate(
        keys.isEmpty() ? input : new Project(input, all, columns),
        keyColumns,
        List.of(keyColumns),
        aggregate.calls(),
        groupedColumns,
        Double.NaN);
  }
}
