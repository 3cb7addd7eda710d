package dev.frazil.plan;

import dev.frazil.catalog.TableBranch;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.rule.PartitionLayout;
import dev.frazil.plan.rule.PartitionWise;
import dev.frazil.plan.rule.RepeatedPlans;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * A plan as EXPLAIN shows it: one node a line, inputs indented below, with estimated rows. What
 * runs once for several readers is shown once.
 */
public final class PhysicalPlanText {
  private final List<String> lines = new ArrayList<>();
  private final Function<PhysicalNode, List<String>> remarks;
  private IdentityHashMap<PhysicalNode, PhysicalNode> repeated = new IdentityHashMap<>();
  private IdentityHashMap<PhysicalNode, PartitionLayout> partitioned = new IdentityHashMap<>();

  /** The numbers of what is kept, by the first of the nodes that read it. */
  private final IdentityHashMap<PhysicalNode, Integer> kept = new IdentityHashMap<>();

  private PhysicalPlanText(Function<PhysicalNode, List<String>> remarks) {
    this.remarks = remarks;
  }

  /** The lines for a statement. */
  public static List<String> lines(PlannedStatement statement) {
    return lines(statement, node -> List.of());
  }

  /** The lines for a statement, with further lines under each node. */
  public static List<String> lines(
      PlannedStatement statement, Function<PhysicalNode, List<String>> remarks) {
    PhysicalPlanText text = new PhysicalPlanText(remarks);
    text.statement(statement);
    return text.shown();
  }

  /** The lines for a tree. */
  public static List<String> lines(PhysicalNode root) {
    PhysicalPlanText text = new PhysicalPlanText(node -> List.of());
    text.tree(root, 0);
    return text.shown();
  }

  private List<String> shown() {
    lines.replaceAll(TableBranch::text);
    return lines;
  }

  private void statement(PlannedStatement statement) {
    if (statement instanceof PlannedStatement.Query query) {
      tree(query.root(), 0);
    } else if (statement instanceof PlannedStatement.Insert insert) {
      String verb = insert.replaced() == null ? "Insert into " : "Insert overwrite ";
      lines.add(verb + insert.target().identifier());
      tree(insert.source(), 1);
    } else if (statement instanceof PlannedStatement.RowChange change) {
      lines.add(
          "RowChange of "
              + change.target().identifier()
              + " ["
              + RowChangeMode.of(change.target().table(), change.command()).text()
              + "] [read: "
              + change.filter()
              + "]");
      tree(change.source(), 1);
    } else if (statement instanceof PlannedStatement.CopyTo copy) {
      lines.add("Copy to " + copy.format().sqlName() + " '" + copy.location() + "'");
      tree(copy.source(), 1);
    } else if (statement instanceof PlannedStatement.CreateTable create) {
      lines.add(
          (create.mode().replaces() ? "ReplaceTable " : "CreateTable ") + create.identifier());
      PhysicalNode source = create.source();
      if (source != null) {
        tree(source, 1);
      }
    } else if (statement instanceof PlannedStatement.Call call) {
      lines.add("Call system." + call.procedure().sqlName());
    } else if (statement instanceof PlannedStatement.Explain explain) {
      statement(explain.statement());
    } else {
      lines.add(statement.toString());
    }
  }

  private void tree(PhysicalNode root, int depth) {
    repeated = RepeatedPlans.of(root);
    partitioned = PartitionWise.of(root, repeated::containsKey);
    node(root, depth);
  }

  private void node(PhysicalNode node, int depth) {
    String rows =
        Double.isNaN(node.estimatedRows())
            ? ""
            : "  (~" + Math.round(node.estimatedRows()) + " rows)";
    PhysicalNode first = repeated.get(node);
    boolean isAgain = first != null && kept.containsKey(first);
    lines.add(
        "  ".repeat(depth)
            + describe(node)
            + partitions(node)
            + rows
            + (first == null ? "" : kept(first)));
    for (String remark : remarks.apply(node)) {
      lines.add("  ".repeat(depth) + "    - " + remark);
    }
    if (!isAgain) {
      node.inputs().forEach(input -> node(input, depth + 1));
    }
  }

  private String partitions(PhysicalNode node) {
    PartitionLayout layout = partitioned.get(node);
    return layout == null ? "" : " [" + PartitionWise.describe(layout) + "]";
  }

  private String kept(PhysicalNode first) {
    Integer number = kept.putIfAbsent(first, kept.size() + 1);
    return number == null ? " [kept: #" + kept.size() + "]" : " [rows of #" + number + "]";
  }

  private static String describe(PhysicalNode node) {
    if (node instanceof PhysicalNode.TableScan scan) {
      return scan(scan);
    } else if (node instanceof PhysicalNode.Values values) {
      return "Values [" + values.rows().size() + " rows of " + names(values.columns()) + "]";
    } else if (node instanceof PhysicalNode.Filter filter) {
      return "Filter [" + ExpressionText.of(filter.predicate(), filter.columns()) + "]";
    } else if (node instanceof PhysicalNode.Project project) {
      return project(project);
    } else if (node instanceof PhysicalNode.Aggregate aggregate) {
      return aggregate(aggregate);
    } else if (node instanceof PhysicalNode.Window window) {
      return WindowText.of(window);
    } else if (node instanceof PhysicalNode.HashJoin join) {
      return hashJoin(join);
    } else if (node instanceof PhysicalNode.NestedLoopJoin join) {
      List<Column> both = both(join.left(), join.right());
      return "NestedLoopJoin " + join.kind() + residual("condition", join.condition(), both);
    } else if (node instanceof PhysicalNode.Sort sort) {
      return sort(sort);
    } else if (node instanceof PhysicalNode.SetOperation operation) {
      return operation.operator() + (operation.all() ? " ALL" : "");
    }
    return node instanceof RareNode rare ? rare.describe() : node.getClass().getSimpleName();
  }

  private static String scan(PhysicalNode.TableScan scan) {
    StringBuilder text = new StringBuilder("TableScan ").append(scan.table().identifier());
    if (scan.table().timeTravel()) {
      text.append(" @ snapshot ").append(scan.table().snapshotId());
    }
    text.append(" [").append(names(scan.columns())).append(']');
    text.append(residual("filter", scan.residual(), scan.columns()));
    if (scan.pruning().op() != Expressions.alwaysTrue().op()) {
      text.append(" [prune: ").append(scan.pruning()).append(']');
    }
    if (scan.limit() >= 0) {
      text.append(" [limit: ").append(scan.limit()).append(']');
    }
    if (scan.metrics() != null) {
      text.append(" [from file metrics where exact: ")
          .append(scan.metrics().describe(scan.scanColumns()))
          .append(']');
    }
    return text.toString();
  }

  private static String project(PhysicalNode.Project project) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < project.columns().size(); i++) {
      String expression =
          ExpressionText.of(project.expressions().get(i), project.input().columns());
      String name = project.columns().get(i).name();
      parts.add(expression.equals(name) ? name : name + " := " + expression);
    }
    return "Project [" + String.join(", ", parts) + "]";
  }

  private static String aggregate(PhysicalNode.Aggregate aggregate) {
    List<Column> input = aggregate.input().columns();
    List<String> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.calls()) {
      calls.add(call(call, input));
    }
    List<String> keys = aggregate.groupKeys().stream().map(i -> input.get(i).name()).toList();
    return "Aggregate"
        + (keys.isEmpty() ? "" : " by " + keys)
        + (aggregate.groupingSets().size() > 1
            ? " in " + aggregate.groupingSets().size() + " grouping sets"
            : "")
        + " "
        + calls;
  }

  /** An aggregate over the columns of its input. */
  static String call(AggregateCall call, List<Column> input) {
    List<String> arguments = call.arguments().stream().map(i -> input.get(i).name()).toList();
    return call.function()
        + "("
        + (call.distinct() ? "DISTINCT " : "")
        + (arguments.isEmpty() ? "*" : String.join(", ", arguments))
        + ")"
        + (call.order().isEmpty() ? "" : " ORDER BY " + keys(call.order(), input))
        + (call.filter() < 0 ? "" : " FILTER " + input.get(call.filter()).name());
  }

  /** Sort keys over the columns of their input. */
  static List<String> keys(List<SortKey> order, List<Column> input) {
    List<String> keys = new ArrayList<>();
    for (SortKey key : order) {
      keys.add(
          input.get(key.column()).name()
              + (key.descending() ? " DESC" : "")
              + (key.nullsFirst() ? " NULLS FIRST" : ""));
    }
    return keys;
  }

  private static String hashJoin(PhysicalNode.HashJoin join) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < join.leftKeys().size(); i++) {
      keys.add(
          join.left().columns().get(join.leftKeys().get(i)).name()
              + " = "
              + join.right().columns().get(join.rightKeys().get(i)).name());
    }
    return "HashJoin "
        + join.kind()
        + " ["
        + String.join(" AND ", keys)
        + "]"
        + residual("residual", join.residual(), both(join.left(), join.right()));
  }

  private static List<Column> both(PhysicalNode left, PhysicalNode right) {
    List<Column> both = new ArrayList<>(left.columns());
    both.addAll(right.columns());
    return both;
  }

  private static String residual(
      String label, @Nullable ScalarExpression predicate, List<Column> columns) {
    return predicate == null
        ? ""
        : " [" + label + ": " + ExpressionText.of(predicate, columns) + "]";
  }

  private static String sort(PhysicalNode.Sort sort) {
    StringBuilder text = new StringBuilder();
    boolean isTopN = sort.limit() != null && !sort.keys().isEmpty();
    text.append(sort.keys().isEmpty() ? "Limit" : isTopN ? "TopN" : "Sort");
    List<String> keys = keys(sort.keys(), sort.columns());
    if (!keys.isEmpty()) {
      text.append(' ').append(keys);
    }
    if (sort.limit() != null) {
      text.append(" limit ").append(ExpressionText.of(sort.limit(), List.of()));
    }
    if (sort.offset() != null) {
      text.append(" offset ").append(ExpressionText.of(sort.offset(), List.of()));
    }
    return text.toString();
  }

  private static String names(List<Column> columns) {
    return String.join(", ", columns.stream().map(Column::name).toList());
  }
}
