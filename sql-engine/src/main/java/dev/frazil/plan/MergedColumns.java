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
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/**
 * The columns that USING and NATURAL merge, by their bare names: Calcite knows them in SELECT and
 * GROUP BY only, and only where they merge two tables in the topmost join. Works on the clauses of
 * one SELECT whose FROM is validated; queries inside have their own turn. What is ambiguous is said
 * by {@link CommonColumns}.
 */
final class MergedColumns {
  private final SqlValidatorImpl validator;
  private final SqlNameMatcher names;
  private final SqlJoin from;

  MergedColumns(SqlValidatorImpl validator, SqlJoin from) {
    this.validator = validator;
    this.names = validator.getCatalogReader().nameMatcher();
    this.from = from;
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
                List<SqlNode> columns = isBare ? columns(from, identifier) : List.of();
                return columns.size() > 1 ? value(columns, identifier) : identifier;
              }

              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                return call.isA(SqlKind.QUERY) ? call : super.visit(call);
              }
            });
    return Objects.requireNonNull(expanded, "an expression became nothing");
  }

  /** The value of a name in one input of a join, which has it; null where it has it twice. */
  @Nullable SqlNode value(SqlNode input, SqlIdentifier name) {
    List<SqlNode> columns = columns(input, name);
    return columns.isEmpty() ? null : value(columns, name);
  }

  /** The first of the columns that is not null, which is what a merged column is. */
  private static SqlNode value(List<SqlNode> columns, SqlIdentifier name) {
    return columns.size() == 1
        ? columns.get(0)
        : TimeMixes.COALESCE.createCall(name.getParserPosition(), columns);
  }

  /**
   * The columns that a name merges, from the left: COALESCE(left, right) at each join that has it
   * in common (ISO 9075-2, 7.10), of which either may be merged itself. None where a join has it on
   * both sides and does not merge it.
   */
  private List<SqlNode> columns(SqlNode node, SqlIdentifier name) {
    if (!(node instanceof SqlJoin join)) {
      return column(node, name);
    }
    List<SqlNode> left = columns(join.getLeft(), name);
    List<SqlNode> right = columns(join.getRight(), name);
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() ? right : left;
    }
    List<String> merged = validator.usingNames(join);
    if (merged == null
        || merged.stream().noneMatch(each -> names.matches(each, name.getSimple()))) {
      return List.of();
    }
    List<SqlNode> both = new ArrayList<>(left);
    both.addAll(right);
    return both;
  }

  private List<SqlNode> column(SqlNode node, SqlIdentifier name) {
    String alias = SqlValidatorUtil.alias(node);
    SqlValidatorNamespace namespace = validator.getNamespace(node);
    if (alias == null
        || namespace == null
        || names.field(namespace.getRowType(), name.getSimple()) == null) {
      return List.of();
    }
    return List.of(
        new SqlIdentifier(
            List.of(alias, name.getSimple()),
            null,
            name.getParserPosition(),
            List.of(SqlParserPos.ZERO, name.getParserPosition())));
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
