package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * {@code SELECT id, unnest(tags) FROM t}, as PostgreSQL has it: the rows of the table beside those
 * of an UNNEST behind a comma; several go through their arrays in parallel.
 */
final class UnnestedItems extends SqlShuttle {
  private static final String TABLE = "$unnested";

  private final List<SqlNode> arrays = new ArrayList<>();

  private UnnestedItems() {}

  /** The block with the arrays in its FROM; the same object if it has none. */
  static SqlCall rewrite(SqlCall call) {
    if (!(call instanceof SqlSelect select)) {
      return call;
    }
    UnnestedItems items = new UnnestedItems();
    List<SqlNode> list = new ArrayList<>();
    for (SqlNode item : select.getSelectList()) {
      list.add(items.item(item));
    }
    if (items.arrays.isEmpty()) {
      return call;
    }
    check(select);
    SqlSelect copy = (SqlSelect) select.clone(select.getParserPosition());
    copy.setSelectList(new SqlNodeList(list, select.getSelectList().getParserPosition()));
    copy.setFrom(items.beside(select.getFrom()));
    return copy;
  }

  private static void check(SqlSelect select) {
    boolean isGrouped =
        select.getGroup() != null
            || select.getHaving() != null
            || select.getQualify() != null
            || select.getSelectList().stream().anyMatch(UnnestedItems::hasAggregate);
    if (isGrouped) {
      throw EngineException.unsupported(
          "unnest in a SELECT list with aggregates, groups or windows (write it in FROM)");
    }
    for (SqlNode item : select.getSelectList()) {
      if (item instanceof SqlIdentifier name && name.isStar() && name.names.size() == 1) {
        throw EngineException.unsupported("unnest beside * (write t.*, or unnest in FROM)");
      }
    }
  }

  private static boolean hasAggregate(SqlNode node) {
    if (!(node instanceof SqlCall call) || node.isA(SqlKind.QUERY)) {
      return false;
    }
    return call.getKind() == SqlKind.OVER
        || (!call.getOperator().getName().equals(AstRewriter.UNNEST)
            && FunctionTable.INSTANCE.isAggregate(call))
        || SqlParameters.operands(call).stream().anyMatch(UnnestedItems::hasAggregate);
  }

  private SqlNode item(SqlNode item) {
    SqlNode replaced = item.accept(this);
    if (replaced == null || !isUnnest(item)) {
      return replaced == null ? item : replaced;
    }
    SqlParserPos position = item.getParserPosition();
    return SqlStdOperatorTable.AS.createCall(
        position, replaced, new SqlIdentifier("unnest", position));
  }

  private static boolean isUnnest(SqlNode node) {
    return node instanceof SqlCall call
        && call.getOperator().getName().toLowerCase(Locale.ROOT).equals(AstRewriter.UNNEST);
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call.isA(SqlKind.QUERY)) {
      return call;
    }
    if (!isUnnest(call)) {
      return super.visit(call);
    }
    if (call.operandCount() != 1) {
      throw EngineException.unsupported("unnest of several arrays in a SELECT list");
    }
    // an array of rows would else become a column for each field
    arrays.add(
        new SqlUnresolvedFunction(
                new SqlIdentifier("element_rows", call.getParserPosition()),
                null,
                null,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION)
            .createCall(call.getParserPosition(), call.<SqlNode>operand(0)));
    return new SqlIdentifier(List.of(TABLE, column(arrays.size())), call.getParserPosition());
  }

  private static String column(int number) {
    return "$element" + number;
  }

  private SqlNode beside(@Nullable SqlNode from) {
    SqlParserPos position = arrays.get(0).getParserPosition();
    List<SqlNode> operands = new ArrayList<>();
    operands.add(SqlStdOperatorTable.UNNEST.createCall(position, arrays));
    operands.add(new SqlIdentifier(TABLE, position));
    for (int i = 1; i <= arrays.size(); i++) {
      operands.add(new SqlIdentifier(column(i), position));
    }
    SqlNode rows = SqlStdOperatorTable.AS.createCall(position, operands);
    return from == null
        ? rows
        : new SqlJoin(
            position,
            from,
            SqlLiteral.createBoolean(false, position),
            JoinType.COMMA.symbol(position),
            rows,
            JoinConditionType.NONE.symbol(position),
            null);
  }
}
