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
import java.util.Objects;
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

  /**
   * What RETURNING computes.
   *
   * @param expressions over the columns of the written row and those of further tables
   * @param columns their names and types
   * @param written where the columns of the written row begin
   * @param writtenWidth how many there are, with metadata columns
   * @param tables the columns of the further tables
   */
  record Returned(
      List<ScalarExpression> expressions,
      List<Column> columns,
      List<ResultColumn> results,
      int written,
      int writtenWidth,
      List<Column> tables) {

    /**
     * The rows of a change with the columns of the further tables behind them.
     *
     * @param first where these begin below the projection that makes the rows
     */
    PhysicalNode carry(PhysicalNode rows, int first) {
      if (!(rows instanceof PhysicalNode.Project project)) {
        throw EngineException.unsupported("RETURNING of a statement that joins nothing");
      }
      List<Column> below = project.input().columns();
      List<ScalarExpression> expressions = new ArrayList<>(project.expressions());
      List<Column> columns = new ArrayList<>(project.columns());
      for (int i = 0; i < tables.size(); i++) {
        Column wanted = tables.get(i);
        Column found = first + i < below.size() ? below.get(first + i) : null;
        if (found == null
            || !found.type().equals(wanted.type())
            || !bare(found.name()).equals(bare(wanted.name()))) {
          throw EngineException.unsupported(
              "RETURNING of a statement with such a combination of tables and sub-queries");
        }
        expressions.add(new InputReference(first + i, found.type()));
        columns.add(found);
      }
      return new PhysicalNode.Project(project.input(), expressions, columns);
    }

    /** Names that a join has twice get a number. */
    private static String bare(String name) {
      return name.replaceAll("[0-9]+$", "");
    }
  }

  /** Plans the expressions over the written row and the further tables; null without RETURNING. */
  @Nullable Returned plan(TargetTable target, FurtherTables from) {
    ParsedSql parsed = context.parsed();
    Slice returning = parsed.returning();
    if (returning == null) {
      return null;
    }
    context.schema().register(WRITTEN, target.handle(), false);
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
    QueryPlanner.Unoptimized query = queries.translateShown(text);
    int width = context.schema().width(WRITTEN);
    List<Column> others = List.of();
    int written = 0;
    if (tables != null) {
      requireJoin(query.node(), tables);
      List<Column> joined = base(query.node()).columns();
      written = from.first() ? joined.size() - width : 0;
      others = from.first() ? joined.subList(0, written) : joined.subList(width, joined.size());
    }
    return new Returned(
        expressions(query.node(), "RETURNING", tables != null),
        query.node().columns(),
        ColumnLabels.ofItems(parsed, parsed.items(returning), query.results()),
        written,
        width,
        List.copyOf(others));
  }

  /** Below the expressions stands the join of the row with the tables, and nothing else. */
  private void requireJoin(PhysicalNode node, Slice tables) {
    ParsedSql parsed = context.parsed();
    Slice returning = Objects.requireNonNull(parsed.returning());
    if (parsed.holdsKeyword(returning, "select")) {
      throw EngineException.unsupported("a sub-query in RETURNING");
    }
    PhysicalNode base = base(node);
    boolean joined =
        base instanceof PhysicalNode.HashJoin || base instanceof PhysicalNode.NestedLoopJoin;
    if (!joined
        || parsed.holdsKeyword(tables, "lateral")
        || parsed.holdsKeyword(tables, "unnest")) {
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
      PhysicalNode rows, int firstColumn, TargetTable target, @Nullable Returned returned) {
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
              expression, reference -> column(reference, firstColumn, width, returned)));
    }
    columns.addAll(returned.columns());
    return new Extended(new PhysicalNode.Project(rows, expressions, columns), returned.results());
  }

  private static ScalarExpression column(
      InputReference reference, int firstColumn, int width, Returned returned) {
    int ofRow = reference.index() - returned.written();
    if (ofRow >= width && ofRow < returned.writtenWidth()) {
      throw EngineException.unsupported("a metadata column in RETURNING");
    }
    int column;
    if (ofRow >= 0 && ofRow < width) {
      column = ofRow;
    } else {
      column = width + (ofRow < 0 ? reference.index() : ofRow - returned.writtenWidth());
    }
    return new InputReference(firstColumn + column, reference.type());
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
