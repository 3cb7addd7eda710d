package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PlannedStatement.RowAction;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.Slice;
import dev.frazil.plan.parser.TableName;
import dev.frazil.plan.parser.ValueRows;
import dev.frazil.plan.rule.ConstantFolder;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** INSERT: the source gets the columns and types of the table. */
final class InsertPlanner {
  private final StatementContext context;
  private final QueryPlanner queries;

  InsertPlanner(StatementContext context) {
    this.context = context;
    this.queries = new QueryPlanner(context);
  }

  PlannedStatement plan(ParsedStatement.Insert insert) {
    if (insert.conflict() != null) {
      if (insert.overwrite() || !insert.partition().isEmpty()) {
        throw EngineException.unsupported("ON CONFLICT with OVERWRITE or PARTITION");
      }
      return new UpsertPlanner(context).plan(insert, insert.conflict());
    }
    ParsedSql parsed = context.parsed();
    TargetTable target = TargetTable.of(insert.target(), context.references(), parsed.source());
    PartitionClause partition = new PartitionClause(context, insert, target);
    List<Integer> columns =
        insert.columns() == null
            ? target.columnsWithout(partition.values().keySet())
            : target.columns(insert.columns(), parsed.source(), insert.target().offset());
    PhysicalNode source;
    if (insert.source() == null) {
      source = new PhysicalNode.Values(List.of(), List.of(List.of()));
      columns = List.of();
    } else if (insert.byName()) {
      QueryPlanner.Unoptimized query =
          queries.translate(addQuery(parsed.newQuery(), insert.source()));
      source = query.node();
      columns = namesakes(query, target, parsed, insert.source());
      Assignments.check(source.columns(), target, columns);
    } else {
      source = source(insert.source(), target, columns);
    }
    for (int column : columns) {
      if (partition.values().containsKey(column)) {
        throw new EngineException(
            SqlState.DUPLICATE_COLUMN,
            "column \""
                + target.fields().get(column).name()
                + "\" has its value from PARTITION already");
      }
    }
    PhysicalNode complete =
        new RowShape(queries).complete(source, target, columns, partition.values());
    ReturningPlanner returning = new ReturningPlanner(context, queries);
    ReturningPlanner.Extended rows =
        returning.extend(
            complete,
            0,
            target,
            returning.plan(target, FurtherTables.behind(insert.alias(), null, RowAction.INSERT)));
    return new PlannedStatement.Insert(
        target.handle(),
        queries.optimize(rows.rows()),
        partition.replaced(),
        rows.results(),
        queries.parameters());
  }

  /** BY NAME: the columns that are called as those of the source are; 42701 for one named twice. */
  static List<Integer> namesakes(
      QueryPlanner.Unoptimized source, TargetTable target, ParsedSql parsed, Slice query) {
    List<TableName.Part> names = new ArrayList<>();
    for (PlannedStatement.ResultColumn column : source.results()) {
      names.add(new TableName.Part(column.label(), true));
    }
    return target.columns(names, parsed.source(), parsed.offset(query));
  }

  private QueryText addQuery(QueryText text, Slice query) {
    return addQuery(text, context.parsed(), query);
  }

  /** A query of its own WITH behind one of the statement's stands in brackets. */
  static QueryText addQuery(QueryText text, ParsedSql parsed, Slice query) {
    if (parsed.with() == null || !parsed.startsWith(query, "with")) {
      return text.addSlice(query);
    }
    return text.add("(").addSlice(query).add(")");
  }

  private PhysicalNode source(Slice slice, TargetTable target, List<Integer> columns) {
    ParsedSql parsed = context.parsed();
    @Nullable ValueRows rows = ValueRows.of(parsed, slice);
    QueryText text = parsed.newQuery();
    if (rows == null) {
      if (!SelectItems.add(text, parsed, slice, target, columns)) {
        addQuery(text, slice);
      }
    } else {
      values(rows, text, parsed, target, columns, false);
    }
    QueryPlanner.Unoptimized query = queries.translate(text);
    int found = query.node().columns().size();
    if (found != columns.size()) {
      throw mismatch(columns.size(), found, parsed.source().position(parsed.offset(slice)));
    }
    if (rows == null) {
      Assignments.check(query.node().columns(), target, columns);
    }
    return query.node();
  }

  /**
   * Each value is cast to the type of its column, so that parameters and texts find theirs.
   *
   * @param numbered whether each row ends with its number
   */
  static void values(
      ValueRows rows,
      QueryText text,
      ParsedSql parsed,
      TargetTable target,
      List<Integer> columns,
      boolean numbered) {
    int number = 0;
    text.add("VALUES");
    String separator = "";
    for (List<Slice> row : rows.rows()) {
      if (row.size() != columns.size()) {
        throw mismatch(
            columns.size(), row.size(), parsed.source().position(parsed.offset(row.get(0))));
      }
      text.add(separator + "(");
      for (int i = 0; i < row.size(); i++) {
        if (i > 0) {
          text.add(",");
        }
        // The grammar takes ROW behind the bracket for a spelling of the bracket.
        boolean nested = i == 0 && parsed.startsWith(row.get(i), "row");
        text.add(nested ? "(" : "");
        Assignments.addValue(text, parsed, row.get(i), target, columns.get(i));
        text.add(nested ? ")" : "");
      }
      text.add(numbered ? "," + number++ + ")" : ")");
      separator = ",";
    }
  }

  private static EngineException mismatch(int columns, int values, String position) {
    return new EngineException(
        SqlState.SYNTAX_ERROR,
        "INSERT has " + columns + " columns but " + values + " values (" + position + ")");
  }

  /** Puts rows into the shape of a table. */
  static final class RowShape {
    private final QueryPlanner queries;

    RowShape(QueryPlanner queries) {
      this.queries = queries;
    }

    /**
     * All columns of the target, in order and type: those of the source, and defaults for the rest.
     */
    PhysicalNode complete(PhysicalNode source, TargetTable target, List<Integer> columns) {
      return complete(source, target, columns, Map.of());
    }

    /** As above, with further columns that have a value of their own. */
    PhysicalNode complete(
        PhysicalNode source,
        TargetTable target,
        List<Integer> columns,
        Map<Integer, ScalarExpression> given) {
      ConstantFolder folder = queries.expressions().folder();
      List<ScalarExpression> row = new ArrayList<>();
      List<Column> shape = new ArrayList<>();
      List<Column> sourceColumns = source.columns();
      boolean unchanged = sourceColumns.size() == target.fields().size();
      for (int i = 0; i < target.fields().size(); i++) {
        Types.NestedField field = target.fields().get(i);
        SqlType type = target.types().get(i);
        int from = columns.indexOf(i);
        boolean nullable = true;
        if (from < 0) {
          ScalarExpression value = given.get(i);
          row.add(value == null ? DefaultValues.of(queries, target, i) : value);
        } else {
          nullable = sourceColumns.get(from).nullable();
          SqlType sourceType = sourceColumns.get(from).type();
          row.add(folder.cast(new InputReference(from, sourceType), type, false));
          unchanged &= from == i && sourceType.equals(type);
        }
        shape.add(new Column(field.name(), type, nullable));
      }
      if (source instanceof PhysicalNode.Values values) {
        List<List<ScalarExpression>> rows = new ArrayList<>();
        for (List<ScalarExpression> old : values.rows()) {
          List<ScalarExpression> complete = new ArrayList<>();
          for (int i = 0; i < row.size(); i++) {
            int from = columns.indexOf(i);
            complete.add(
                from < 0 ? row.get(i) : folder.cast(old.get(from), target.types().get(i), false));
          }
          rows.add(complete);
        }
        return new PhysicalNode.Values(shape, rows);
      }
      return unchanged ? source : new PhysicalNode.Project(source, row, shape);
    }
  }
}
