package dev.frazil.plan;

import dev.frazil.catalog.TableBranch;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.rule.Optimizer;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlNode;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** Text of a query to an optimised tree. One per statement. */
final class QueryPlanner {
  private final StatementContext context;
  private final RexConverter expressions;

  QueryPlanner(StatementContext context) {
    this.context = context;
    this.expressions = new RexConverter(context.settings());
  }

  /** A query before it is optimised: further columns and casts may be put on top. */
  record Unoptimized(PhysicalNode node, List<ResultColumn> results) {}

  RexConverter expressions() {
    return expressions;
  }

  /** A query whose rows are stored: no column may be an interval, which no table has (0A000). */
  Unoptimized translate(QueryText text) {
    return translate(text, query -> query, false);
  }

  /** A query whose rows are shown: intervals become text. */
  Unoptimized translateShown(QueryText text) {
    return translate(text, query -> query, true);
  }

  /** As above, of a query that is changed as soon as it is parsed. */
  Unoptimized translateShown(QueryText text, UnaryOperator<SqlNode> change) {
    return translate(text, change, true);
  }

  private Unoptimized translate(QueryText text, UnaryOperator<SqlNode> change, boolean isShown) {
    StatementContext.Translated translated = context.translate(text, change);
    RelNode relation = StatementContext.relation(translated.root());
    relation = SubQueries.toSemiJoins(GroupedOuterColumns.renumber(relation));
    PhysicalNode node = new RelConverter(expressions).convert(relation);
    List<ResultColumn> results = new ArrayList<>();
    List<RelDataTypeField> fields = translated.root().validatedRowType.getFieldList();
    for (int i = 0; i < fields.size(); i++) {
      results.add(result(fields.get(i), translated.origins().get(i), node, i));
    }
    return new Unoptimized(ShownIntervals.columns(node, relation.getRowType(), isShown), results);
  }

  PhysicalNode optimize(PhysicalNode node) {
    return new Optimizer(expressions.folder()).optimize(node);
  }

  /** The types of all parameters of the statement, whether the plan still uses them or not. */
  List<SqlType> parameters() {
    List<SqlType> types = new ArrayList<>();
    int count = context.parsed().parameterCount();
    for (int i = 0; i < count; i++) {
      SqlType constant = context.constantParameters().getOrDefault(i, Primitive.VARCHAR);
      types.add(expressions.parameters().getOrDefault(i, constant));
    }
    return types;
  }

  private ResultColumn result(
      RelDataTypeField field, @Nullable List<String> origin, PhysicalNode node, int index) {
    TableIdentifier table = null;
    String column = null;
    if (origin != null && origin.size() >= 2) {
      int last = origin.size() - 1;
      table = context.schema().identifier(origin.subList(0, last));
      // A field of a row is no column of the table.
      column = table == null ? null : origin.get(last);
    } else {
      // Calcite does not look into queries below.
      ColumnOrigin.Place place = ColumnOrigin.find(node, index);
      if (place != null) {
        table = place.scan().table().identifier();
        column = place.columnName();
      }
    }
    return new ResultColumn(
        field.getName(),
        ShownIntervals.isInterval(field.getType())
            ? Primitive.VARCHAR
            : CalciteTypes.toSql(field.getType()),
        field.getType().isNullable(),
        table == null ? null : TableBranch.table(table),
        column);
  }
}
