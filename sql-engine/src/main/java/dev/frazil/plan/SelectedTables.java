package dev.frazil.plan;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Puts, for names such as {@code main.t.branch_audit} in FROM, the rows that they select: Calcite
 * looks for a schema where the table is.
 */
final class SelectedTables extends SqlShuttle {
  private final StatementContext context;

  private SelectedTables(StatementContext context) {
    this.context = context;
  }

  /** The query with the names replaced. */
  static SqlNode within(SqlNode query, StatementContext context) {
    if (!context.parsed().holdsName(TableReferences::isSelector)) {
      return query;
    }
    SqlNode replaced = query.accept(new SelectedTables(context));
    return replaced == null ? query : replaced;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (visited instanceof SqlSelect select && select.getFrom() != null) {
      select.setFrom(table(select.getFrom(), true));
    }
    return visited;
  }

  private SqlNode table(SqlNode node, boolean named) {
    if (node instanceof SqlJoin join) {
      join.setLeft(table(join.getLeft(), true));
      join.setRight(table(join.getRight(), true));
    } else if (node instanceof SqlIdentifier name) {
      return selected(name, named);
    } else if (node instanceof SqlCall call
        && (call.getKind() == SqlKind.AS || call.getKind() == SqlKind.TABLESAMPLE)) {
      boolean isAlias = call.getKind() == SqlKind.AS;
      call.setOperand(0, table(call.operand(0), named && !isAlias));
    }
    return node;
  }

  private SqlNode selected(SqlIdentifier name, boolean named) {
    List<String> names = name.names;
    String last = names.get(names.size() - 1);
    if (names.size() < 2
        || !TableReferences.isSelector(last)
        || context.names().find(names) != null) {
      return name;
    }
    TableHandle handle = context.references().selected(names);
    if (handle == null) {
      return name;
    }
    String own = "$selected:" + String.join(".", names);
    context.schema().register(own, handle, false);
    SqlParserPos position = name.getParserPosition();
    SqlIdentifier table = new SqlIdentifier(own, position);
    return named
        ? SqlStdOperatorTable.AS.createCall(position, table, new SqlIdentifier(last, position))
        : table;
  }
}
