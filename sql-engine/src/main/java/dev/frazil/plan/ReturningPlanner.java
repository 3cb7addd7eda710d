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
   * @param rows whose columns from {@code firstColumn} on are those of the target
   * @param alias the name of the target in the statement
   */
  Extended extend(PhysicalNode rows, int firstColumn, TargetTable target, String alias) {
    ParsedSql parsed = context.parsed();
    Slice returning = parsed.returning();
    if (returning == null) {
      return new Extended(rows, List.of());
    }
    context.schema().register(WRITTEN, target.handle(), false);
    QueryText text = parsed.newConstant().add("SELECT").addSlice(returning);
    text.add("FROM").addName(WRITTEN).add("AS").addName(alias);
    QueryPlanner.Unoptimized query = queries.translateShown(text);
    List<ScalarExpression> expressions = new ArrayList<>();
    List<Column> columns = new ArrayList<>(rows.columns());
    for (int i = 0; i < columns.size(); i++) {
      expressions.add(new InputReference(i, columns.get(i).type()));
    }
    int width = target.fields().size();
    for (ScalarExpression expression : expressions(query.node(), "RETURNING")) {
      expressions.add(
          Expressions.replaceReferences(
              expression, reference -> column(reference, firstColumn, width)));
    }
    columns.addAll(query.node().columns());
    return new Extended(
        new PhysicalNode.Project(rows, expressions, columns),
        ColumnLabels.ofItems(parsed, parsed.items(returning), query.results()));
  }

  private static ScalarExpression column(InputReference reference, int firstColumn, int width) {
    if (reference.index() >= width) {
      throw EngineException.unsupported("a metadata column in RETURNING");
    }
    return new InputReference(firstColumn + reference.index(), reference.type());
  }

  /**
   * The columns of projections over a scan, or over constants, as expressions over its columns.
   *
   * @param clause what a message says that it stands in
   */
  static List<ScalarExpression> expressions(PhysicalNode node, String clause) {
    if (node instanceof PhysicalNode.TableScan || node instanceof PhysicalNode.Values) {
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
    List<ScalarExpression> below = expressions(project.input(), clause);
    return project.expressions().stream()
        .map(
            expression ->
                Expressions.replaceReferences(
                    expression, reference -> below.get(reference.index())))
        .toList();
  }
}
