package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.Slice;
import dev.frazil.plan.rule.Expressions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RETURNING: further columns behind the row that a statement writes. They are planned as a query
 * over the table, whose scan is then replaced by the row.
 */
final class ReturningPlanner {
  /** The name under which the query reads the rows. */
  private static final String WRITTEN = "$written";

  private final StatementContext context;
  private final QueryPlanner queries;

  ReturningPlanner(StatementContext context, QueryPlanner queries) {
    this.context = context;
    this.queries = queries;
  }

  /** Rows with what the statement returns of each behind them. */
  record Extended(PhysicalNode rows, List<ResultColumn> results) {}

  /** Plans the expressions over the written row and the further tables; null without RETURNING. */
  @Nullable ReturnedExpressions plan(TargetTable target, FurtherTables from) {
    ParsedSql parsed = context.parsed();
    Slice returning = parsed.returning();
    if (returning == null) {
      return null;
    }
    context.schema().register(WRITTEN, target.handle(), false);
    RowVersions versions = RowVersions.of(parsed, returning, target, from);
    QueryPlanner.Unoptimized query =
        queries.translateShown(
            text(returning, from, versions), versions == null ? node -> node : versions::rewrite);
    int width = context.schema().width(WRITTEN);
    if (width > target.fields().size()
        && MetadataColumns.NAMES.stream().anyMatch(name -> parsed.holdsKeyword(returning, name))) {
      throw EngineException.unsupported("a metadata column in RETURNING");
    }
    List<Column> base = base(from, versions);
    int end = base.size() - (versions == null ? 0 : versions.width());
    List<Column> others = from.first() ? base.subList(0, end - width) : base.subList(width, end);
    List<ScalarExpression> items = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    List<ResultColumn> results = new ArrayList<>();
    List<ResultColumn> labelled =
        ColumnLabels.ofItems(parsed, parsed.items(returning), query.results());
    for (int i = 0; i < labelled.size(); i++) {
      if (versions == null || !RowVersions.isHidden(labelled.get(i).label())) {
        Column column = query.node().columns().get(i);
        items.add(new InputReference(i, column.type()));
        columns.add(column);
        results.add(labelled.get(i));
      }
    }
    PhysicalNode shown = new PhysicalNode.Project(query.node(), items, columns);
    return new ReturnedExpressions(
        shown, base, results, from, width, List.copyOf(others), versions != null);
  }

  /** The columns of the written row, and of the tables that are joined with it. */
  private List<Column> base(FurtherTables from, @Nullable RowVersions versions) {
    Slice tables = from.tables();
    ParsedSql parsed = context.parsed();
    PhysicalNode base = queries.translateShown(text(null, from, versions)).node();
    while (base instanceof PhysicalNode.Project project) {
      base = project.input();
    }
    boolean joins = tables != null || versions != null;
    boolean joined =
        base instanceof PhysicalNode.HashJoin || base instanceof PhysicalNode.NestedLoopJoin;
    boolean crossed =
        tables != null
            && (parsed.holdsKeyword(tables, "lateral") || parsed.holdsKeyword(tables, "unnest"));
    if (joins != joined || crossed) {
      throw EngineException.unsupported("RETURNING beside LATERAL or UNNEST");
    }
    return base.columns();
  }

  /** The query over the written row; without items one of a constant. */
  private QueryText text(
      @Nullable Slice items, FurtherTables from, @Nullable RowVersions versions) {
    ParsedSql parsed = context.parsed();
    Slice tables = from.tables();
    boolean queries = items != null && parsed.holdsKeyword(items, "select");
    QueryText text = tables == null && !queries ? parsed.newConstant() : parsed.newQuery();
    text.add("SELECT");
    if (items == null) {
      text.add("1");
    } else {
      text.addSlice(items);
    }
    text.add("FROM");
    if (tables != null && from.first()) {
      text.addSlice(tables).add(",");
    }
    text.addName(WRITTEN).add("AS").addName(from.alias());
    if (tables != null && !from.first()) {
      text.add(",").addSlice(tables);
    }
    if (versions != null) {
      versions.addTables(text, WRITTEN);
    }
    return text;
  }

  /**
   * Puts what is returned behind the rows.
   *
   * @param rows whose columns from {@code firstColumn} on are those of the target, then those of
   *     the further tables
   */
  Extended extend(
      PhysicalNode rows,
      int firstColumn,
      TargetTable target,
      @Nullable ReturnedExpressions returned) {
    if (returned == null) {
      return new Extended(rows, List.of());
    }
    int width = target.fields().size();
    List<ScalarExpression> expressions = new ArrayList<>();
    List<Column> columns = new ArrayList<>(returned.base());
    for (int i = 0; i < columns.size(); i++) {
      InputReference column = new InputReference(i, columns.get(i).type());
      expressions.add(returned.column(column, firstColumn, width));
    }
    for (int i = 0; i < firstColumn + width; i++) {
      Column column = rows.columns().get(i);
      expressions.add(new InputReference(i, column.type()));
      columns.add(column);
    }
    PhysicalNode base = new PhysicalNode.Project(rows, expressions, columns);
    return new Extended(
        new CarriedColumns(returned.base(), base).on(returned.query()), returned.results());
  }

  /**
   * The columns of projections over a scan, or over constants, as expressions over its columns.
   *
   * @param clause what a message says that it stands in
   */
  static List<ScalarExpression> expressions(PhysicalNode node, String clause) {
    return expressions(node, clause, false);
  }

  private static List<ScalarExpression> expressions(
      PhysicalNode node, String clause, boolean overJoin) {
    if (node instanceof PhysicalNode.TableScan
        || node instanceof PhysicalNode.Values
        || (overJoin && !(node instanceof PhysicalNode.Project))) {
      List<ScalarExpression> columns = new ArrayList<>();
      for (Column column : node.columns()) {
        columns.add(new InputReference(columns.size(), column.type()));
      }
      return columns;
    }
    if (!(node instanceof PhysicalNode.Project project)) {
      throw EngineException.unsupported(
          clause + " of anything but expressions over the row, such as aggregates or sub-queries");
    }
    List<ScalarExpression> below = expressions(project.input(), clause, overJoin);
    return project.expressions().stream()
        .map(
            expression ->
                Expressions.replaceReferences(
                    expression, reference -> below.get(reference.index())))
        .toList();
  }
}
