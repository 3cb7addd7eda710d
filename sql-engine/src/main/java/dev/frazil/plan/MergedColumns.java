package dev.frazil.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/**
 * The columns that USING and NATURAL merge, where Calcite holds their bare name to be ambiguous: it
 * knows them in SELECT and GROUP BY, not in WHERE, HAVING and ORDER BY. Works on the clauses of one
 * SELECT whose FROM is validated; queries inside have their own turn. Which of them are refused is
 * said by {@link CommonColumns}.
 */
final class MergedColumns {
  private final SqlValidatorImpl validator;
  private final SqlNameMatcher names;
  private final SqlJoin from;
  private final int leastTables;

  private MergedColumns(SqlValidatorImpl validator, SqlJoin from, int leastTables) {
    this.validator = validator;
    this.names = validator.getCatalogReader().nameMatcher();
    this.from = from;
    this.leastTables = leastTables;
  }

  /** For the clauses where Calcite knows no merged column. */
  MergedColumns(SqlValidatorImpl validator, SqlJoin from) {
    this(validator, from, 2);
  }

  /** For SELECT and GROUP BY: there Calcite knows them, but asserts that they merge two tables. */
  static MergedColumns ofThreeTables(SqlValidatorImpl validator, SqlJoin from) {
    return new MergedColumns(validator, from, 3);
  }

  /** The items of a SELECT list with merged columns in the place of their bare names. */
  SqlNodeList expandItems(SqlNodeList items) {
    SqlNodeList expanded = new SqlNodeList(items.getParserPosition());
    for (SqlNode item : items) {
      if (item instanceof SqlCall call && call.getKind() == SqlKind.AS) {
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        operands.set(0, expand(operands.get(0), List.of()));
        expanded.add(call.getOperator().createCall(call.getParserPosition(), operands));
      } else {
        SqlNode value = expand(item, List.of());
        expanded.add(
            value != item && item instanceof SqlIdentifier name
                ? SqlValidatorUtil.addAlias(value, name.getSimple())
                : value);
      }
    }
    return expanded;
  }

  /**
   * The expression with merged columns in the place of their bare names.
   *
   * @param known names that stand for something else
   */
  SqlNode expand(SqlNode expression, List<String> known) {
    SqlNode expanded =
        expression.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlIdentifier identifier) {
                boolean isBare =
                    identifier.isSimple()
                        && known.stream()
                            .noneMatch(name -> names.matches(name, identifier.getSimple()));
                SqlNode value = isBare ? value(from, identifier) : null;
                return value == null ? identifier : value;
              }

              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                return call.isA(SqlKind.QUERY) ? call : super.visit(call);
              }
            });
    return Objects.requireNonNull(expanded, "an expression became nothing");
  }

  /** What a bare name stands for; null where it is no merged column. */
  private @Nullable SqlNode value(SqlNode node, SqlIdentifier name) {
    if (!(node instanceof SqlJoin join)) {
      return null;
    }
    List<String> merged = validator.usingNames(join);
    if (merged == null
        || merged.stream().noneMatch(each -> names.matches(each, name.getSimple()))) {
      SqlNode left = value(join.getLeft(), name);
      return left == null ? value(join.getRight(), name) : left;
    }
    List<SqlNode> columns = new ArrayList<>();
    collect(join, name, columns);
    // in the form that Calcite gives it in SELECT
    return columns.size() < leastTables
        ? null
        : SqlStdOperatorTable.COALESCE.createCall(
            name.getParserPosition(), columns.get(0), columns.get(1));
  }

  private void collect(SqlNode node, SqlIdentifier name, List<SqlNode> columns) {
    if (node instanceof SqlJoin join) {
      collect(join.getLeft(), name, columns);
      collect(join.getRight(), name, columns);
      return;
    }
    String alias = SqlValidatorUtil.alias(node);
    SqlValidatorNamespace namespace = validator.getNamespace(node);
    if (alias != null
        && namespace != null
        && names.field(namespace.getRowType(), name.getSimple()) != null) {
      columns.add(
          new SqlIdentifier(
              List.of(alias, name.getSimple()),
              null,
              name.getParserPosition(),
              List.of(SqlParserPos.ZERO, name.getParserPosition())));
    }
  }

  /** The names of the result's columns, which win in ORDER BY. */
  static List<String> resultNames(SqlSelect select) {
    List<String> results = new ArrayList<>();
    for (SqlNode item : select.getSelectList()) {
      String alias = item == null ? null : SqlValidatorUtil.alias(item);
      if (alias != null) {
        results.add(alias);
      }
    }
    return results;
  }
}
