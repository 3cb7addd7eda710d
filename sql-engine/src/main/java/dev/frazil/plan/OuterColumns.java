package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
import org.jspecify.annotations.Nullable;

/**
 * Columns of an outer query beside the aggregates of a sub-query: {@code (SELECT max(b.x) + a.y
 * FROM b)} becomes {@code (SELECT max(b.x) + (SELECT a.y) FROM b)}. Calcite wants every column
 * there to be grouped, but does not look into sub-queries. Without its table's name, a column is
 * not known for an outer one before the statement is validated: it is refused, as Calcite does.
 */
final class OuterColumns extends SqlShuttle {
  private final Deque<List<String>> enclosing = new ArrayDeque<>();

  SqlNode rewrite(SqlNode query) {
    SqlNode rewritten = query.accept(this);
    if (rewritten == null) {
      throw EngineException.internal("the query vanished");
    }
    return rewritten;
  }

  /** The names by which the tables of a FROM are known. */
  static List<String> tables(@Nullable SqlNode from) {
    List<String> names = new ArrayList<>();
    addTables(from, names);
    return names;
  }

  private static void addTables(@Nullable SqlNode table, List<String> names) {
    if (table instanceof SqlJoin join) {
      addTables(join.getLeft(), names);
      addTables(join.getRight(), names);
    } else if (table instanceof SqlIdentifier name) {
      names.addAll(name.names);
    } else if (table instanceof SqlCall as && as.getKind() == SqlKind.AS) {
      names.add(as.operand(1).toString());
    } else if (table instanceof SqlCall other
        && !other.isA(SqlKind.QUERY)
        && other.operandCount() > 0) {
      addTables(other.operand(0), names);
    }
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (!(call instanceof SqlSelect select)) {
      return super.visit(call);
    }
    List<String> own = tables(select.getFrom());
    if (!enclosing.isEmpty() && aggregates(select)) {
      rewrite(select, own);
    }
    enclosing.push(own);
    SqlNode rewritten = super.visit(call);
    enclosing.pop();
    return rewritten;
  }

  private static boolean aggregates(SqlSelect select) {
    return select.getGroup() != null
        || select.getHaving() != null
        || select.getSelectList().stream().anyMatch(OuterColumns::hasAggregate);
  }

  private static boolean hasAggregate(@Nullable SqlNode node) {
    if (node instanceof SqlNodeList list) {
      return list.stream().anyMatch(OuterColumns::hasAggregate);
    }
    return node instanceof SqlCall call
        && !call.isA(SqlKind.QUERY)
        && call.getKind() != SqlKind.OVER
        && (FunctionTable.INSTANCE.isAggregate(call)
            || call.getOperandList().stream().anyMatch(OuterColumns::hasAggregate));
  }

  private void rewrite(SqlSelect select, List<String> own) {
    SqlShuttle beside = new BesideAggregates(own);
    List<SqlNode> items = new ArrayList<>();
    for (SqlNode item : select.getSelectList()) {
      SqlNode rewritten = item.accept(beside);
      if (item instanceof SqlIdentifier column && rewritten instanceof SqlSelect) {
        SqlParserPos position = item.getParserPosition();
        String name = column.names.get(column.names.size() - 1);
        rewritten =
            SqlStdOperatorTable.AS.createCall(
                position, rewritten, new SqlIdentifier(name, position));
      }
      items.add(rewritten == null ? item : rewritten);
    }
    select.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
    SqlNode having = select.getHaving();
    if (having != null) {
      select.setHaving(having.accept(beside));
    }
  }

  /** Goes through an expression but for aggregates, windows and sub-queries. */
  private final class BesideAggregates extends SqlShuttle {
    private final List<String> own;

    BesideAggregates(List<String> own) {
      this.own = own;
    }

    @Override
    public SqlNode visit(SqlIdentifier column) {
      if (column.isSimple() || column.isStar() || isTable(own, column)) {
        return column;
      }
      if (enclosing.stream().noneMatch(tables -> isTable(tables, column))) {
        return column;
      }
      SqlParserPos position = column.getParserPosition();
      return new SqlSelect(
          position,
          null,
          SqlNodeList.of(column),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }

    private static boolean isTable(List<String> tables, SqlIdentifier column) {
      return ExactFirstNames.find(tables, column.names.get(0)) != null;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      boolean isLeft =
          call.isA(SqlKind.QUERY)
              || call.getKind() == SqlKind.OVER
              || FunctionTable.INSTANCE.isAggregate(call);
      return isLeft ? call : super.visit(call);
    }
  }
}
