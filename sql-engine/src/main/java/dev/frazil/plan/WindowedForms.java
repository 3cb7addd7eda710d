package dev.frazil.plan;

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
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * {@link AggregateForms} over a window, where {@code array_agg} has neither ORDER BY nor FILTER:
 * {@code min(x, n)} sorts what it collected, nulls last, and takes no more than there are values.
 */
final class WindowedForms {
  private final SqlCall aggregate;
  private final @Nullable SqlNode filter;
  private final SqlNode window;
  private final SqlParserPos position;

  private WindowedForms(SqlCall over) {
    SqlCall windowed = over.operand(0);
    boolean isFiltered = windowed.getKind() == SqlKind.FILTER;
    this.filter = isFiltered ? windowed.operand(1) : null;
    this.aggregate = isFiltered ? windowed.operand(0) : windowed;
    this.window = over.operand(1);
    this.position = over.getParserPosition();
  }

  /** In simpler aggregates over the window; the call itself where it is none of these. */
  static SqlCall rewrite(SqlCall over) {
    SqlCall windowed = over.operand(0);
    if (AggregateForms.rewrite(windowed) == windowed) {
      return over;
    }
    WindowedForms forms = new WindowedForms(over);
    SqlCall written =
        switch (forms.aggregate.getOperator().getName().toLowerCase(Locale.ROOT)) {
          case "min" -> forms.first("array_sort");
          case "max" -> forms.first("array_sort_desc");
          case "approx_most_frequent" ->
              forms.function(
                  "map_top_n",
                  forms.over(forms.function("histogram", forms.counted(forms.copy(1), 1))),
                  forms.copy(0));
          default -> null;
        };
    return written == null ? over : written;
  }

  private SqlCall first(String sort) {
    SqlNode values = over(function("array_agg", counted(copy(0), 0)));
    SqlNode shown =
        function(
            "slice",
            function(sort, values),
            SqlLiteral.createExactNumeric("1", position),
            integer(function("least", copy(1), count())));
    SqlNode isAny =
        SqlStdOperatorTable.GREATER_THAN.createCall(
            position, count(), SqlLiteral.createExactNumeric("0", position));
    return choice(isAny, shown);
  }

  private SqlCall count() {
    return over(
        SqlStdOperatorTable.COUNT.createCall(
            aggregate.getFunctionQuantifier(), position, counted(copy(0), 0)));
  }

  /** The value where the filter takes the row, else null. */
  private SqlNode counted(SqlNode value, int operand) {
    return filter == null ? value : choice(SelectCopies.of(filter), copy(operand));
  }

  private SqlCall choice(SqlNode condition, SqlNode value) {
    return new SqlCase(
        position,
        null,
        SqlNodeList.of(condition),
        SqlNodeList.of(value),
        SqlLiteral.createNull(position));
  }

  private SqlCall over(SqlNode call) {
    return SqlStdOperatorTable.OVER.createCall(position, call, SelectCopies.of(window));
  }

  private SqlNode integer(SqlNode value) {
    return SqlStdOperatorTable.CAST.createCall(
        position,
        value,
        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.INTEGER, -1, position), position));
  }

  private SqlNode copy(int operand) {
    return SelectCopies.of(aggregate.operand(operand));
  }

  private SqlCall function(String name, SqlNode... operands) {
    return new SqlUnresolvedFunction(
            new SqlIdentifier(name, position),
            null,
            null,
            null,
            null,
            SqlFunctionCategory.USER_DEFINED_FUNCTION)
        .createCall(
            name.equals("array_agg") ? aggregate.getFunctionQuantifier() : null,
            position,
            List.of(operands));
  }
}
