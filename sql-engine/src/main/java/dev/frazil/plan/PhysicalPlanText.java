package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.AggregateCall;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarExpression.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/** Plans as text, one node a line, inputs indented below: what EXPLAIN shows. */
public final class PhysicalPlanText {
  private PhysicalPlanText() {}

  /** The lines of a statement's plan. */
  public static List<String> lines(PlannedStatement statement) {
    List<String> lines = new ArrayList<>();
    if (statement instanceof PlannedStatement.Query query) {
      append(query.root(), 0, lines);
    } else if (statement instanceof PlannedStatement.Insert insert) {
      lines.add("Insert into " + insert.target().identifier());
      append(insert.source(), 1, lines);
    } else if (statement instanceof PlannedStatement.RowChange change) {
      lines.add("RowChange of " + change.target().identifier() + " where " + change.filter());
      append(change.source(), 1, lines);
    } else if (statement instanceof PlannedStatement.Truncate truncate) {
      lines.add("Truncate " + truncate.target().identifier());
    } else if (statement instanceof PlannedStatement.CreateTable create) {
      lines.add("CreateTable " + create.identifier());
      PhysicalNode source = create.source();
      if (source != null) {
        append(source, 1, lines);
      }
    } else if (statement instanceof PlannedStatement.Explain explain) {
      lines.addAll(lines(explain.statement()));
    } else {
      lines.add(statement.getClass().getSimpleName());
    }
    return lines;
  }

  private static void append(PhysicalNode node, int depth, List<String> lines) {
    String rows =
        Double.isNaN(node.estimatedRows())
            ? ""
            : String.format(Locale.ROOT, "  (about %.0f rows)", node.estimatedRows());
    lines.add("  ".repeat(depth) + describe(node) + rows);
    for (PhysicalNode input : node.inputs()) {
      append(input, depth + 1, lines);
    }
  }

  private static String describe(PhysicalNode node) {
    if (node instanceof PhysicalNode.TableScan scan) {
      return "TableScan "
          + scan.table().identifier()
          + names(scan.columns())
          + (scan.table().timeTravel() ? " as of " + scan.table().snapshotId() : "")
          + (scan.pruning() == Expressions.alwaysTrue() ? "" : " pruned by " + scan.pruning())
          + (scan.residual() == null ? "" : " where " + text(scan.residual(), scan.columns()))
          + (scan.limit() < 0 ? "" : " limit " + scan.limit());
    } else if (node instanceof PhysicalNode.Values values) {
      return "Values " + values.rows().size() + " rows" + names(values.columns());
    } else if (node instanceof PhysicalNode.Filter filter) {
      return "Filter " + text(filter.predicate(), filter.input().columns());
    } else if (node instanceof PhysicalNode.Project project) {
      return "Project " + texts(project.expressions(), project.input().columns());
    } else if (node instanceof PhysicalNode.Aggregate aggregate) {
      List<Column> input = aggregate.input().columns();
      return "Aggregate by "
          + aggregate.groupKeys().stream().map(key -> input.get(key).name()).toList()
          + (aggregate.groupingSets().size() > 1 ? " sets " + aggregate.groupingSets() : "")
          + " "
          + aggregate.calls().stream().map(call -> call(call, input)).toList();
    } else if (node instanceof PhysicalNode.HashJoin join) {
      return "HashJoin "
          + join.kind()
          + " on "
          + keys(join.left().columns(), join.leftKeys())
          + " = "
          + keys(join.right().columns(), join.rightKeys())
          + condition(join.residual(), join.left(), join.right());
    } else if (node instanceof PhysicalNode.NestedLoopJoin join) {
      return "NestedLoopJoin "
          + join.kind()
          + condition(join.condition(), join.left(), join.right());
    } else if (node instanceof PhysicalNode.Sort sort) {
      List<Column> columns = sort.columns();
      return (sort.keys().isEmpty() ? "Limit" : "Sort by ")
          + sort.keys().stream()
              .map(key -> columns.get(key.column()).name() + (key.descending() ? " desc" : ""))
              .collect(Collectors.joining(", "))
          + (sort.offset() == null ? "" : " offset " + text(sort.offset(), columns))
          + (sort.limit() == null ? "" : " limit " + text(sort.limit(), columns));
    } else if (node instanceof PhysicalNode.SetOperation operation) {
      return operation.operator() + (operation.all() ? " ALL" : "");
    }
    return node.getClass().getSimpleName();
  }

  private static String condition(
      @Nullable ScalarExpression condition, PhysicalNode left, PhysicalNode right) {
    if (condition == null) {
      return "";
    }
    List<Column> both = new ArrayList<>(left.columns());
    both.addAll(right.columns());
    return " where " + text(condition, both);
  }

  private static String call(AggregateCall call, List<Column> input) {
    return call.function()
        + (call.distinct() ? " distinct " : "")
        + keys(input, call.arguments())
        + (call.filter() < 0 ? "" : " where " + input.get(call.filter()).name());
  }

  private static List<String> keys(List<Column> columns, List<Integer> keys) {
    return keys.stream().map(key -> columns.get(key).name()).toList();
  }

  private static String names(List<Column> columns) {
    return " " + columns.stream().map(Column::name).toList();
  }

  private static List<String> texts(List<ScalarExpression> expressions, List<Column> input) {
    return expressions.stream().map(expression -> text(expression, input)).toList();
  }

  private static String text(ScalarExpression expression, List<Column> input) {
    if (expression instanceof InputReference reference) {
      return reference.index() < input.size()
          ? input.get(reference.index()).name()
          : "#" + reference.index();
    } else if (expression instanceof Literal literal) {
      return literal.value() instanceof String text ? "'" + text + "'" : "" + literal.value();
    } else if (expression instanceof Parameter parameter) {
      return "?" + (parameter.index() + 1);
    } else if (expression instanceof Cast cast) {
      return "CAST(" + text(cast.operand(), input) + " AS " + cast.type().sqlName() + ")";
    }
    Call call = (Call) expression;
    return call.function()
        + call.operands().stream()
            .map(operand -> text(operand, input))
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
