package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * The place that a row would have in a group (ISO 9075-2, 10.9, hypothetical set functions): {@code
 * rank(5) WITHIN GROUP (ORDER BY x)} is one more than the number of rows before 5, {@code
 * dense_rank}, {@code percent_rank} and {@code cume_dist} are counts of the same kind.
 */
final class HypotheticalSets {
  private final SqlParserPos position;
  private final List<SqlNode> values;
  private final List<SqlNode> keys = new ArrayList<>();
  private final List<Boolean> areDescending = new ArrayList<>();
  private final List<Boolean> areNullsFirst = new ArrayList<>();
  private final @Nullable SqlNode filter;
  private final @Nullable SqlNode window;

  private HypotheticalSets(
      SqlCall aggregate, SqlNodeList order, @Nullable SqlNode filter, @Nullable SqlNode window) {
    this.window = window;
    this.position = aggregate.getParserPosition();
    this.values = aggregate.getOperandList();
    this.filter = filter;
    for (@Nullable SqlNode key : order) {
      SqlNode value = key == null ? SqlLiteral.createNull(position) : key;
      boolean isDescending = false;
      boolean isNullsFirst = false;
      while (value instanceof SqlCall call && isDirection(call.getKind())) {
        isDescending |= call.getKind() == SqlKind.DESCENDING;
        isNullsFirst |= call.getKind() == SqlKind.NULLS_FIRST;
        value = call.operand(0);
      }
      keys.add(value);
      areDescending.add(isDescending);
      areNullsFirst.add(isNullsFirst);
    }
  }

  private static boolean isDirection(SqlKind kind) {
    return kind == SqlKind.DESCENDING || kind == SqlKind.NULLS_FIRST || kind == SqlKind.NULLS_LAST;
  }

  /** The aggregate in counts, over the window if there is one; null where it is none of these. */
  static @Nullable SqlCall written(
      SqlCall aggregate, SqlNodeList order, @Nullable SqlNode filter, @Nullable SqlNode window) {
    String name = aggregate.getOperator().getName().toLowerCase(Locale.ROOT);
    boolean isOne =
        switch (name) {
          case "rank", "dense_rank", "percent_rank", "cume_dist" -> true;
          default -> false;
        };
    if (!isOne) {
      return null;
    }
    if (order.size() != aggregate.operandCount()) {
      throw new EngineException(
          SqlState.UNDEFINED_FUNCTION,
          name + " WITHIN GROUP takes as many values as its ORDER BY has keys");
    }
    for (SqlNode value : aggregate.getOperandList()) {
      if (hasColumn(value)) {
        throw EngineException.unsupported(
            name + " WITHIN GROUP of a value that reads columns (a constant or parameter)");
      }
    }
    return new HypotheticalSets(aggregate, order, filter, window).written(name);
  }

  private static boolean hasColumn(SqlNode value) {
    try {
      value.accept(
          new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier name) {
              throw Util.FoundOne.NULL;
            }
          });
      return false;
    } catch (Util.FoundOne found) {
      return true;
    }
  }

  private SqlCall written(String name) {
    return switch (name) {
      case "rank" -> plus(count(before(false), null), number("1"));
      case "dense_rank" -> plus(count(before(false), row()), number("1"));
      case "percent_rank" -> {
        SqlCall rows = call(SqlStdOperatorTable.NULLIF, count(null, null), number("0"));
        SqlNode share =
            call(SqlStdOperatorTable.DIVIDE, asDouble(count(before(false), null)), rows);
        yield call(SqlStdOperatorTable.COALESCE, share, number("0e0"));
      }
      default ->
          call(
              SqlStdOperatorTable.DIVIDE,
              asDouble(plus(count(before(true), null), number("1"))),
              plus(count(null, null), number("1")));
    };
  }

  /** Rows that satisfy a condition, or the different ones of them. */
  private SqlCall count(@Nullable SqlNode condition, @Nullable SqlNode distinct) {
    SqlLiteral quantifier = distinct == null ? null : SqlSelectKeyword.DISTINCT.symbol(position);
    SqlNode counted = distinct == null ? SqlIdentifier.star(position) : distinct;
    SqlCall count =
        new SqlUnresolvedFunction(
                new SqlIdentifier("count", position),
                null,
                null,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION)
            .createCall(quantifier, position, counted);
    SqlNode given = filter == null ? null : SelectCopies.of(filter);
    SqlNode all = given == null ? condition : given;
    if (given != null && condition != null) {
      all = call(SqlStdOperatorTable.AND, given, condition);
    }
    SqlCall taken = all == null ? count : call(SqlStdOperatorTable.FILTER, count, all);
    return window == null ? taken : call(SqlStdOperatorTable.OVER, taken, SelectCopies.of(window));
  }

  private SqlNode row() {
    List<SqlNode> copies = keys.stream().map(SelectCopies::of).toList();
    return SqlStdOperatorTable.ROW.createCall(position, copies);
  }

  /** Whether the keys of a row come before the values, or are as well equal to them. */
  private SqlNode before(boolean orEqual) {
    SqlNode before = orEqual ? sameUpTo(keys.size()) : null;
    for (int i = keys.size() - 1; i >= 0; i--) {
      SqlNode here = before(i);
      SqlNode same = sameUpTo(i);
      SqlNode decided = same == null ? here : call(SqlStdOperatorTable.AND, same, here);
      before = before == null ? decided : call(SqlStdOperatorTable.OR, decided, before);
    }
    return before == null ? SqlLiteral.createBoolean(false, position) : before;
  }

  private SqlNode before(int i) {
    SqlOperator less =
        areDescending.get(i) ? SqlStdOperatorTable.GREATER_THAN : SqlStdOperatorTable.LESS_THAN;
    SqlNode isBefore = call(SqlStdOperatorTable.IS_TRUE, call(less, key(i), value(i)));
    // A parameter has the type of the key only beside it: nothing asks for the value alone.
    SqlNode isNullBefore =
        areNullsFirst.get(i)
            ? call(
                SqlStdOperatorTable.AND,
                call(SqlStdOperatorTable.IS_NULL, key(i)),
                call(SqlStdOperatorTable.IS_DISTINCT_FROM, key(i), value(i)))
            : call(
                SqlStdOperatorTable.AND,
                call(SqlStdOperatorTable.IS_NOT_NULL, key(i)),
                call(
                    SqlStdOperatorTable.IS_UNKNOWN,
                    call(SqlStdOperatorTable.EQUALS, key(i), value(i))));
    return call(SqlStdOperatorTable.OR, isBefore, isNullBefore);
  }

  private @Nullable SqlNode sameUpTo(int end) {
    SqlNode same = null;
    for (int i = 0; i < end; i++) {
      SqlNode here = call(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, key(i), value(i));
      same = same == null ? here : call(SqlStdOperatorTable.AND, same, here);
    }
    return same;
  }

  private SqlNode key(int i) {
    return SelectCopies.of(keys.get(i));
  }

  private SqlNode value(int i) {
    return SelectCopies.of(values.get(i));
  }

  private SqlCall plus(SqlNode left, SqlNode right) {
    return call(SqlStdOperatorTable.PLUS, left, right);
  }

  private SqlCall call(SqlOperator operator, SqlNode... operands) {
    return operator.createCall(position, operands);
  }

  private SqlCall asDouble(SqlNode value) {
    return SqlStdOperatorTable.CAST.createCall(
        position,
        value,
        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.DOUBLE, position), position));
  }

  private SqlNode number(String text) {
    return text.contains("e")
        ? SqlLiteral.createApproxNumeric(text, position)
        : SqlLiteral.createExactNumeric(text, position);
  }
}
