package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.rule.Expressions;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Sample;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Spool;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.schema.TransientTable;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's tree to ours, node by node, unoptimised: joins as nested loops with their whole
 * condition, scans of all columns.
 */
final class RelConverter {
  private final RexConverter expressions;

  private final RecursiveQueries recursions;

  RelConverter(RexConverter expressions) {
    this.expressions = expressions;
    this.recursions = new RecursiveQueries(this, expressions.settings().recursionLimit());
  }

  PhysicalNode convert(RelNode rel) {
    return VariantUse.checked(converted(rel));
  }

  private PhysicalNode converted(RelNode rel) {
    if (rel instanceof TableScan scan) {
      return scan(scan);
    } else if (rel instanceof Project project) {
      return project(project);
    } else if (rel instanceof Filter filter) {
      return filter(filter);
    } else if (rel instanceof AsofJoin join) {
      return new AsofJoins(expressions)
          .convert(
              join, convert(join.getLeft()), convert(join.getRight()), columns(join.getRowType()));
    } else if (rel instanceof Join join) {
      return join(join);
    } else if (rel instanceof Aggregate aggregate) {
      return new AggregateConverter(expressions)
          .convert(aggregate, convert(aggregate.getInput()), columns(aggregate.getRowType()));
    } else if (rel instanceof Sort sort) {
      return sort(sort);
    } else if (rel instanceof SetOp setOperation) {
      return setOperation(setOperation);
    } else if (rel instanceof Values values) {
      return values(values);
    } else if (rel instanceof Sample sample) {
      PhysicalNode drawn = Samples.convert(sample, convert(sample.getInput()));
      return first(drawn, columns(sample.getRowType()));
    } else if (rel instanceof RepeatUnion union) {
      return recursions.union(union);
    } else if (rel instanceof Spool spool) {
      return convert(spool.getInput());
    } else if (rel instanceof Uncollect uncollect) {
      return UnnestConverter.convert(uncollect, convert(uncollect.getInput()));
    } else if (rel instanceof Correlate correlate) {
      return correlate(correlate);
    }
    throw EngineException.unsupported(construct(rel));
  }

  private static String construct(RelNode rel) {
    String name = rel.getRelTypeName();
    return switch (name) {
      case "LogicalWindow" -> "a window function (OVER)";
      case "LogicalTableFunctionScan" -> "a table function";
      case "LogicalMatch" -> "MATCH_RECOGNIZE";
      default -> "the operation " + name;
    };
  }

  /** The columns of a row type. */
  static List<Column> columns(RelDataType rowType) {
    List<Column> columns = new ArrayList<>(rowType.getFieldCount());
    for (RelDataTypeField field : rowType.getFieldList()) {
      columns.add(
          new Column(
              field.getName(), CalciteTypes.toSql(field.getType()), field.getType().isNullable()));
    }
    return columns;
  }

  private PhysicalNode scan(TableScan scan) {
    if (scan.getTable().unwrap(TransientTable.class) != null) {
      return recursions.workingTable(scan);
    }
    CatalogTable table = scan.getTable().unwrap(CatalogTable.class);
    if (table == null) {
      throw EngineException.internal("a scan of something that is no table: " + scan.getTable());
    }
    CatalogRows rows = table.rows();
    if (rows != null) {
      return rows;
    }
    ChangeScan changes = table.changes();
    if (changes != null) {
      return changes;
    }
    TableHandle handle = Objects.requireNonNull(table.handle());
    if (MetadataScan.isMetadata(handle.table())) {
      return new MetadataScan(
          handle, table.scanColumns().stream().map(ScanColumn::column).toList());
    }
    return new PhysicalNode.TableScan(
        handle,
        table.scanColumns(),
        org.apache.iceberg.expressions.Expressions.alwaysTrue(),
        null,
        -1,
        scan.getTable().getRowCount());
  }

  private PhysicalNode filter(Filter filter) {
    PhysicalNode input = convert(filter.getInput());
    SubQueryInput subQueries = subQueries(input, filter.getVariablesSet());
    ScalarExpression predicate =
        expressions.within(subQueries, () -> expressions.convert(filter.getCondition()));
    return first(
        new PhysicalNode.Filter(subQueries.node(), predicate, Double.NaN), input.columns());
  }

  private SubQueryInput subQueries(PhysicalNode input, Set<CorrelationId> ids) {
    return new SubQueryInput(this, expressions, input, expressions.correlations().scope(ids));
  }

  /** Without the columns that sub-queries added behind these. */
  private static PhysicalNode first(PhysicalNode node, List<Column> columns) {
    if (node.columns().size() == columns.size()) {
      return node;
    }
    List<ScalarExpression> references = new ArrayList<>();
    for (Column column : columns) {
      references.add(new InputReference(references.size(), column.type()));
    }
    return new PhysicalNode.Project(node, references, columns);
  }

  private PhysicalNode project(Project project) {
    PhysicalNode input = convert(project.getInput());
    List<Column> columns = columns(project.getRowType());
    SubQueryInput subQueries = subQueries(input, project.getVariablesSet());
    if (project.containsOver()) {
      subQueries.addAll(project.getProjects());
      return expressions.within(
          subQueries,
          () -> new WindowConverter(expressions).convert(project, subQueries.node(), columns));
    }
    List<ScalarExpression> converted = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      RexNode expression = project.getProjects().get(i);
      SqlType type = columns.get(i).type();
      converted.add(expressions.within(subQueries, () -> expressions.convert(expression, type)));
    }
    return new PhysicalNode.Project(subQueries.node(), converted, columns);
  }

  private PhysicalNode correlate(Correlate correlate) {
    JoinKind kind =
        switch (correlate.getJoinType()) {
          case INNER -> JoinKind.INNER;
          case LEFT -> JoinKind.LEFT;
          default ->
              throw EngineException.unsupported(
                  "LATERAL in a join of the kind " + correlate.getJoinType().lowerName);
        };
    PhysicalNode left = convert(correlate.getLeft());
    SubQueryInput subQueries = subQueries(left, Set.of(correlate.getCorrelationId()));
    PhysicalNode right = convert(correlate.getRight());
    List<ScalarExpression> outputs = new ArrayList<>();
    for (Column column : left.columns()) {
      outputs.add(new InputReference(outputs.size(), column.type()));
    }
    outputs.addAll(subQueries.attach(right, kind));
    return new PhysicalNode.Project(subQueries.node(), outputs, columns(correlate.getRowType()));
  }

  private PhysicalNode join(Join join) {
    PhysicalNode left = convert(join.getLeft());
    PhysicalNode right = convert(join.getRight());
    JoinKind kind =
        switch (join.getJoinType()) {
          case INNER -> JoinKind.INNER;
          case LEFT -> JoinKind.LEFT;
          case RIGHT -> JoinKind.RIGHT;
          case FULL -> JoinKind.FULL;
          case SEMI -> JoinKind.SEMI;
          case ANTI -> JoinKind.ANTI;
          default -> throw EngineException.unsupported("the join " + join.getJoinType().lowerName);
        };
    if (RexUtil.SubQueryFinder.containsSubQuery(join)) {
      return new JoinSubQueries(this, expressions).convert(join, kind, left, right);
    }
    ScalarExpression condition = expressions.convert(join.getCondition());
    return new PhysicalNode.NestedLoopJoin(
        left, right, kind, Expressions.isTrue(condition) ? null : condition, Double.NaN);
  }

  private PhysicalNode sort(Sort sort) {
    PhysicalNode input = convert(sort.getInput());
    List<SortKey> keys = sortKeys(sort.getCollation());
    return new PhysicalNode.Sort(input, keys, rows(sort.offset), rows(sort.fetch));
  }

  /** Sort keys over the same columns. */
  static List<SortKey> sortKeys(RelCollation order) {
    List<SortKey> keys = new ArrayList<>();
    for (RelFieldCollation collation : order.getFieldCollations()) {
      boolean descending = collation.getDirection().isDescending();
      boolean nullsFirst = collation.nullDirection == RelFieldCollation.NullDirection.FIRST;
      keys.add(new SortKey(collation.getFieldIndex(), descending, nullsFirst));
    }
    return keys;
  }

  private @Nullable ScalarExpression rows(@Nullable RexNode count) {
    if (count instanceof RexDynamicParam parameter) {
      return expressions.parameter(parameter.getIndex(), SqlType.Primitive.BIGINT);
    }
    return count == null ? null : expressions.convert(count, SqlType.Primitive.BIGINT);
  }

  private PhysicalNode setOperation(SetOp rel) {
    List<Column> columns = columns(rel.getRowType());
    List<PhysicalNode> inputs = new ArrayList<>();
    for (RelNode input : rel.getInputs()) {
      inputs.add(cast(convert(input), columns));
    }
    SetOperator operator;
    if (rel instanceof Union) {
      operator = SetOperator.UNION;
      PhysicalNode values = rel.all ? allValues(inputs, columns) : null;
      if (values != null) {
        return values;
      }
    } else if (rel instanceof Intersect) {
      operator = SetOperator.INTERSECT;
    } else if (rel instanceof Minus) {
      operator = SetOperator.EXCEPT;
    } else {
      throw EngineException.unsupported("the operation " + rel.getRelTypeName());
    }
    return new PhysicalNode.SetOperation(operator, rel.all, inputs, columns);
  }

  /** VALUES with expressions arrives as a union of one-row projections. */
  private static @Nullable PhysicalNode allValues(List<PhysicalNode> inputs, List<Column> columns) {
    List<List<ScalarExpression>> rows = new ArrayList<>();
    for (PhysicalNode input : inputs) {
      if (input instanceof PhysicalNode.Values values) {
        rows.addAll(values.rows());
      } else if (input instanceof PhysicalNode.Project project
          && project.input() instanceof PhysicalNode.Values values
          && values.rows().size() == 1) {
        List<ScalarExpression> source = values.rows().get(0);
        List<ScalarExpression> row = new ArrayList<>();
        for (ScalarExpression expression : project.expressions()) {
          row.add(
              Expressions.replaceReferences(
                  expression, reference -> source.get(reference.index())));
        }
        rows.add(row);
      } else {
        return null;
      }
    }
    return new PhysicalNode.Values(columns, rows);
  }

  /** Brings the columns of a node to the wanted types. */
  PhysicalNode cast(PhysicalNode input, List<Column> wanted) {
    List<Column> columns = input.columns();
    boolean equal = true;
    List<ScalarExpression> casts = new ArrayList<>();
    List<Column> results = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      equal &= column.type().equals(wanted.get(i).type());
      casts.add(
          expressions
              .folder()
              .cast(new InputReference(i, column.type()), wanted.get(i).type(), false));
      results.add(new Column(wanted.get(i).name(), wanted.get(i).type(), column.nullable()));
    }
    if (equal) {
      return input;
    }
    if (input instanceof PhysicalNode.Values values) {
      List<List<ScalarExpression>> rows = new ArrayList<>();
      for (List<ScalarExpression> row : values.rows()) {
        List<ScalarExpression> converted = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
          converted.add(expressions.folder().cast(row.get(i), wanted.get(i).type(), false));
        }
        rows.add(converted);
      }
      return new PhysicalNode.Values(results, rows);
    }
    return new PhysicalNode.Project(input, casts, results);
  }

  private PhysicalNode values(Values values) {
    List<Column> columns = columns(values.getRowType());
    List<List<ScalarExpression>> rows = new ArrayList<>();
    for (List<RexLiteral> tuple : values.getTuples()) {
      List<ScalarExpression> row = new ArrayList<>();
      for (int i = 0; i < tuple.size(); i++) {
        row.add(expressions.convert(tuple.get(i), columns.get(i).type()));
      }
      rows.add(row);
    }
    return new PhysicalNode.Values(columns, rows);
  }
}
