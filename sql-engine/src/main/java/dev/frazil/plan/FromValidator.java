package dev.frazil.plan;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.validate.DelegatingScope;
import org.apache.calcite.sql.validate.JoinScope;
import org.apache.calcite.sql.validate.ListScope;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's validator with our liberties in FROM: lists of names that are shorter than the columns,
 * and LATERAL within joins that stand on the right of others.
 */
abstract class FromValidator extends SqlValidatorImpl {
  FromValidator(
      SqlOperatorTable operators,
      SqlValidatorCatalogReader reader,
      RelDataTypeFactory typeFactory,
      Config config) {
    super(operators, reader, typeFactory, config);
  }

  @Override
  protected void validateSelect(SqlSelect select, RelDataType targetRowType) {
    if (select.getFrom() instanceof SqlJoin join) {
      CommaJoins.withoutLateral(join);
      if (CommaJoins.hasNestedLateral(join)) {
        completeScopes(select);
      }
    }
    super.validateSelect(select, targetRowType);
  }

  /**
   * Where LATERAL looks for names Calcite puts the tables of its own join only, and finds them by
   * their places among all tables of the FROM: those before the join belong there as well.
   */
  private void completeScopes(SqlSelect select) {
    // that of the list is no list of tables where the query groups
    if (!(getWhereScope(select) instanceof ListScope all)) {
      return;
    }
    for (SqlValidatorScope each : List.copyOf(scopes.values())) {
      SqlValidatorScope scope = each;
      while (scope instanceof DelegatingScope inner) {
        if (scope instanceof ListScope tables
            && !(scope instanceof JoinScope)
            && !(scope instanceof SelectScope)
            && tables.getNode() == select) {
          complete(tables, all);
        }
        scope = inner.getParent();
      }
    }
  }

  private static void complete(ListScope tables, ListScope all) {
    int count = tables.getChildren().size();
    if (count == 0) {
      return;
    }
    SqlValidatorNamespace last = tables.getChildren().get(count - 1);
    List<SqlValidatorNamespace> from = all.getChildren();
    for (int i = count; i < from.size(); i++) {
      if (from.get(i) == last) {
        tables.children.clear();
        tables.children.addAll(all.children.subList(0, i + 1));
        return;
      }
    }
  }

  @Override
  protected void validateNamespace(SqlValidatorNamespace namespace, RelDataType targetRowType) {
    complete(namespace.getNode());
    super.validateNamespace(namespace, targetRowType);
  }

  @Override
  protected void validateFrom(SqlNode table, RelDataType targetRowType, SqlValidatorScope scope) {
    complete(table);
    super.validateFrom(table, targetRowType, scope);
  }

  private void complete(@Nullable SqlNode node) {
    if (node instanceof AliasedTable table) {
      SqlValidatorNamespace named = getNamespace(table.operand(0));
      if (named != null) {
        table.complete(named.getRowTypeSansSystemColumns().getFieldNames());
      }
    }
  }

  @Override
  public void validateWithItem(SqlWithItem item) {
    SqlNodeList names = item.columnList;
    List<String> columns = getValidatedNodeType(item.query).getFieldNames();
    if (names != null) {
      for (int i = names.size(); i < columns.size(); i++) {
        names.add(new SqlIdentifier(columns.get(i), names.getParserPosition()));
      }
    }
    super.validateWithItem(item);
  }
}
