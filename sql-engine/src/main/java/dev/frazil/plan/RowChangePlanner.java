package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.PlannedStatement.RowAction;
import dev.frazil.plan.PlannedStatement.RowChange;
import dev.frazil.plan.PlannedStatement.RowChange.Command;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.Slice;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE and DELETE as queries over the target with the address of each row. The query is text of
 * ours around pieces of the statement, so that an error in a piece is shown where it stands.
 */
final class RowChangePlanner {
  /** The name under which the query reads the target. */
  static final String TARGET = "$target";

  private final StatementContext context;
  private final ParsedSql parsed;
  private final QueryPlanner queries;

  RowChangePlanner(StatementContext context) {
    this.context = context;
    this.parsed = context.parsed();
    this.queries = new QueryPlanner(context);
  }

  PlannedStatement delete(ParsedStatement.Delete delete) {
    TargetTable target = target(delete.target());
    boolean returning = parsed.returning() != null;
    if (delete.where() == null && delete.using() == null && !returning) {
      return new PlannedStatement.Truncate(target.handle());
    }
    QueryText text = parsed.newQuery().add("SELECT " + code(RowAction.DELETE));
    addAddress(text, delete.alias(), target);
    for (int i = 0; i < target.fields().size(); i++) {
      text.add(",");
      if (returning) {
        addColumn(text, delete.alias(), target.fields().get(i).name());
      } else {
        addNull(text, target.types().get(i));
      }
    }
    addFrom(text, delete.alias(), delete.using(), delete.where());
    return change(
        text,
        target,
        FurtherTables.behind(delete.alias(), delete.using(), RowAction.DELETE),
        Command.DELETE,
        false);
  }

  PlannedStatement update(ParsedStatement.Update update) {
    TargetTable target = target(update.target());
    Map<Integer, AssignedValues.Value> assigned =
        new AssignedValues(parsed, target, update.alias()).of(update.assignments());
    QueryText text = parsed.newQuery().add("SELECT " + code(RowAction.UPDATE));
    addAddress(text, update.alias(), target);
    for (int i = 0; i < target.fields().size(); i++) {
      text.add(",");
      AssignedValues.Value value = assigned.get(i);
      if (value == null) {
        addColumn(text, update.alias(), target.fields().get(i).name());
      } else {
        value.addTo(text);
      }
    }
    addFrom(text, update.alias(), update.from(), update.where());
    return change(
        text,
        target,
        FurtherTables.behind(update.alias(), update.from(), RowAction.UPDATE),
        Command.UPDATE,
        update.from() != null);
  }

  /** Loads the target and makes it known to the query. */
  TargetTable target(dev.frazil.plan.parser.TableName name) {
    TargetTable target = TargetTable.of(name, context.references(), parsed.source());
    context.schema().register(TARGET, target.handle(), true);
    return target;
  }

  static void addNull(QueryText text, SqlType type) {
    Assignments.addNull(text, TargetTable.castType(type));
  }

  /** The action as column 0 of the rows shows it. */
  @SuppressWarnings("EnumOrdinal")
  static String code(RowAction action) {
    return String.valueOf(action.ordinal());
  }

  static void addColumn(QueryText text, String alias, String column) {
    text.addName(alias).add(".").addName(column);
  }

  /** Where the row stands, and in version 3 who it is. */
  static void addAddress(QueryText text, String alias, TargetTable target) {
    text.add(",");
    addColumn(text, alias, CatalogTable.FILE_COLUMN);
    text.add(",");
    addColumn(text, alias, CatalogTable.POSITION_COLUMN);
    if (MetadataColumns.hasRowLineage(target.handle().table())) {
      text.add(",");
      addColumn(text, alias, CatalogTable.ROW_ID_COLUMN);
    }
  }

  private static void addFrom(
      QueryText text, String alias, @Nullable Slice others, @Nullable Slice where) {
    text.add("FROM").addName(TARGET).add("AS").addName(alias);
    if (others != null) {
      text.add(",").addSlice(others);
    }
    if (where != null) {
      text.add("WHERE (").addSlice(where).add(")");
    }
  }

  /** Plans a query for its mistakes only. */
  void check(QueryText text) {
    queries.translate(text);
  }

  /** Plans the query and wraps it. */
  PlannedStatement change(
      QueryText text,
      TargetTable target,
      FurtherTables from,
      Command command,
      boolean rejectDuplicates) {
    return change(text, target, from, command, rejectDuplicates, false);
  }

  /** Plans the query of an upsert, which relies on the keys that it does not find. */
  PlannedStatement upsert(QueryText text, TargetTable target, String alias) {
    return change(
        text,
        target,
        new FurtherTables(alias, null, false, null, false),
        Command.MERGE,
        true,
        true);
  }

  private PlannedStatement change(
      QueryText text,
      TargetTable target,
      FurtherTables from,
      Command command,
      boolean rejectDuplicates,
      boolean keyed) {
    PhysicalNode rows = queries.translate(text).node();
    if (command == Command.MERGE && !keyed && isDrawn(rows, 0)) {
      throw EngineException.unsupported(
          "a function that is drawn anew for each call, such as random(), in WHEN ... AND of"
              + " MERGE");
    }
    int leading = RowChange.leadingColumns(target.handle().table());
    List<PhysicalNode.Column> shape = new ArrayList<>(rows.columns().subList(0, leading));
    for (int i = 0; i < target.fields().size(); i++) {
      shape.add(
          new PhysicalNode.Column(target.fields().get(i).name(), target.types().get(i), true));
    }
    ReturningPlanner returning = new ReturningPlanner(context, queries);
    @Nullable ReturnedExpressions returned = returning.plan(target, from);
    if (returned != null) {
      rows = returned.carry(rows, target, leading);
      shape.addAll(rows.columns().subList(shape.size(), rows.columns().size()));
    }
    PhysicalNode typed = new RelConverter(queries.expressions()).cast(rows, shape);
    ReturningPlanner.Extended extended = returning.extend(typed, leading, target, returned);
    PhysicalNode source = queries.optimize(extended.rows());
    return new PlannedStatement.RowChange(
        target.handle(),
        command,
        source,
        readFilter(source, target.handle()),
        rejectDuplicates,
        keyed,
        extended.results(),
        queries.parameters());
  }

  /** The condition of a clause stands in the action and in each column: all must see one draw. */
  private static boolean isDrawn(PhysicalNode node, int column) {
    if (node instanceof PhysicalNode.Filter filter) {
      return isDrawn(filter.input(), column);
    }
    if (!(node instanceof PhysicalNode.Project project)) {
      return false;
    }
    ScalarExpression expression = project.expressions().get(column);
    return expression instanceof ScalarExpression.InputReference reference
        ? isDrawn(project.input(), reference.index())
        : dev.frazil.plan.rule.Expressions.isVolatile(expression);
  }

  /** What the scan of the target reads; everything if there is more than one. */
  private static Expression readFilter(PhysicalNode source, TableHandle target) {
    List<PhysicalNode.TableScan> scans = new ArrayList<>();
    collectTargets(source, target, scans);
    if (scans.isEmpty()) {
      return Expressions.alwaysFalse();
    }
    return scans.size() == 1 ? scans.get(0).pruning() : Expressions.alwaysTrue();
  }

  private static void collectTargets(
      PhysicalNode node, TableHandle target, List<PhysicalNode.TableScan> scans) {
    if (node instanceof PhysicalNode.TableScan scan
        && scan.table().identifier().equals(target.identifier())
        && scan.scanColumns().stream()
            .anyMatch(column -> column instanceof ScanColumn.RowPosition)) {
      scans.add(scan);
    }
    for (PhysicalNode input : node.inputs()) {
      collectTargets(input, target, scans);
    }
  }
}
