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
    List<Column> others = List.of();
    boolean joins = from.tables() != null || versions != null;
    if (joins) {
      requireJoin(query.node(), returning, from.tables());
      List<Column> joined = base(query.node()).columns();
      int end = joined.size() - (versions == null ? 0 : versions.width());
      others = from.first() ? joined.subList(0, end - width) : joined.subList(width, end);
    }
    List<ScalarExpression> expressions = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    List<ResultColumn> results = new ArrayList<>();
    List<ScalarExpression> all = expressions(query.node(), "RETURNING", joins);
    List<ResultColumn> labelled =
        ColumnLabels.ofItems(parsed, parsed.items(returning), query.results());
    for (int i = 0; i < all.size(); i++) {
      if (versions == null || !RowVersions.isHidden(labelled.get(i).label())) {
        expressions.add(all.get(i));
        columns.add(query.node().columns().get(i));
        results.add(labelled.get(i));
      }
    }
    return new ReturnedExpressions(
        expressions, columns, results, from, width, List.copyOf(others), versions != null);
  }

  private QueryText text(Slice returning, FurtherTables from, @Nullable RowVersions versions) {
    ParsedSql parsed = context.parsed();
    Slice tables = from.tables();
    QueryText text = tables == null ? parsed.newConstant() : parsed.newQuery();
    text.add("SELECT").addSlice(returning).add("FROM");
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

  /** Below the expressions stands the join of the row with the tables, and nothing else. */
  private void requireJoin(PhysicalNode node, Slice returning, @Nullable Slice tables) {
    ParsedSql parsed = context.parsed();
    if (parsed.holdsKeyword(returning, "select")) {
      throw EngineException.unsupported("a sub-query in RETURNING");
    }
    PhysicalNode base = base(node);
    boolean joined =
        base instanceof PhysicalNode.HashJoin || base instanceof PhysicalNode.NestedLoopJoin;
    boolean crossed =
        tables != null
            && (parsed.holdsKeyword(tables, "lateral") || parsed.holdsKeyword(tables, "unnest"));
    if (!joined || crossed) {
      throw EngineException.unsupported(
          "RETURNING of anything but expressions over the row and the tables joined with it, such as"
              + " aggregates; and beside LATERAL or UNNEST");
    }
  }

  private static PhysicalNode base(PhysicalNode node) {
    return node instanceof PhysicalNode.Project project ? base(project.input()) : node;
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
    List<Column> columns = new ArrayList<>(rows.columns().subList(0, firstColumn + width));
    List<ScalarExpression> expressions = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      expressions.add(new InputReference(i, columns.get(i).type()));
    }
    for (ScalarExpression expression : returned.expressions()) {
      expressions.add(
          Expressions.replaceReferences(
              expression, reference -> returned.column(reference, firstColumn, width)));
    }
    columns.addAll(returned.columns());
    return new Extended(new PhysicalNode.Project(rows, expressions, columns), returned.results());
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
