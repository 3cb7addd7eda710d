package dev.frazil.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLambda;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates of Trino that are functions of simpler ones: {@code min(x, n)} is the first n elements
 * of {@code array_agg(x ORDER BY x)}, {@code multimap_agg(k, v)} the map of an array of pairs,
 * {@code percentile_cont(array[...])} an array of percentiles.
 */
final class AggregateForms {
  private final SqlCall aggregate;
  private final @Nullable SqlNode filter;
  private final @Nullable SqlNodeList order;
  private final @Nullable SqlNode window;
  private final SqlParserPos position;

  private AggregateForms(
      SqlCall aggregate,
      @Nullable SqlNode filter,
      @Nullable SqlNodeList order,
      @Nullable SqlNode window) {
    this.aggregate = aggregate;
    this.filter = filter;
    this.order = order;
    this.window = window;
    this.position = aggregate.getParserPosition();
  }

  /** Whether it is a name that no aggregate has of which these are made. */
  static boolean isName(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "multimap_agg",
          "map_union",
          "approx_most_frequent",
          "checksum",
          "entropy",
          "reduce_agg" ->
          true;
      default -> false;
    };
  }

  /** The call in simpler aggregates; the call itself where it is none of these. */
  static SqlCall rewrite(SqlCall call) {
    SqlNode filter = call.getKind() == SqlKind.FILTER ? call.operand(1) : null;
    SqlCall inner = filter == null ? call : call.operand(0);
    SqlNodeList order = inner.getKind() == SqlKind.WITHIN_GROUP ? inner.operand(1) : null;
    SqlCall aggregate = order == null ? inner : inner.operand(0);
    SqlCall written = new AggregateForms(aggregate, filter, order, null).written();
    return written == null ? call : written;
  }

  /** OVER in simpler aggregates over the same window; the call itself where it is none of these. */
  static SqlCall rewriteWindowed(SqlCall over) {
    SqlCall windowed = over.operand(0);
    SqlNode filter = windowed.getKind() == SqlKind.FILTER ? windowed.operand(1) : null;
    SqlCall inner = filter == null ? windowed : windowed.operand(0);
    SqlNodeList order = inner.getKind() == SqlKind.WITHIN_GROUP ? inner.operand(1) : null;
    SqlCall aggregate = order == null ? inner : inner.operand(0);
    SqlCall written = new AggregateForms(aggregate, filter, order, over.operand(1)).written();
    return written == null ? over : written;
  }

  private @Nullable SqlCall written() {
    List<SqlNode> operands = aggregate.getOperandList();
    return switch (aggregate.getOperator().getName().toLowerCase(Locale.ROOT)) {
      case "min" -> operands.size() == 2 && isNumber(1) ? first(0, 0, false) : null;
      case "max" -> operands.size() == 2 && isNumber(1) ? first(0, 0, true) : null;
      case "min_by", "arg_min" -> operands.size() == 3 ? first(0, 1, false) : null;
      case "max_by", "arg_max" -> operands.size() == 3 ? first(0, 1, true) : null;
      case "percentile_cont", "percentile_disc" ->
          order != null && operands.size() == 1 ? each(0) : null;
      case "approx_percentile", "approx_quantile" -> operands.size() == 2 ? each(1) : null;
      case "multimap_agg" ->
          operands.size() == 2
              ? function("multimap_from_entries", collected(pair(), null, operands.get(0)))
              : null;
      case "map_union" ->
          operands.size() == 1
              ? function("map_concat_all", collected(copy(0), null, operands.get(0)))
              : null;
      case "approx_most_frequent" ->
          operands.size() == 3
              ? function(
                  "map_top_n", filtered(function("histogram", copy(1)), filterOf(null)), copy(0))
              : null;
      case "entropy" -> operands.size() == 1 ? entropy() : null;
      case "checksum" ->
          operands.size() == 1
              ? function("checksum_bytes", aggregated("sum", function("checksum_term", copy(0))))
              : null;
      case "reduce_agg" -> operands.size() == 4 ? reduced() : null;
      default -> order == null ? null : HypotheticalSets.written(aggregate, order, filter, window);
    };
  }

  private SqlCall entropy() {
    SqlNode counts = aggregated("sum", copy(0));
    return function("entropy_of", counts, aggregated("sum", function("entropy_term", copy(0))));
  }

  private SqlNode aggregated(String name, SqlNode value) {
    SqlCall call =
        unresolved(name).createCall(aggregate.getFunctionQuantifier(), position, List.of(value));
    return filtered(call, filterOf(null));
  }

  /** One state after the other: there is nothing to combine. */
  private SqlCall reduced() {
    SqlIdentifier state = new SqlIdentifier("state", position);
    SqlNode result =
        new SqlLambda(position, new SqlNodeList(List.of(state), position), SelectCopies.of(state));
    return function(
        "reduce",
        collected(copy(0), null, aggregate.operand(0)),
        copy(1),
        aggregate.operand(2),
        result);
  }

  private boolean isNumber(int operand) {
    return aggregate.operand(operand) instanceof SqlLiteral
        || SqlParameters.contains(aggregate.operand(operand));
  }

  /** The values of the rows with the least or greatest keys, as many as the last operand says. */
  private SqlCall first(int value, int key, boolean isDescending) {
    SqlNode sorted = copy(key);
    SqlNode direction =
        isDescending ? SqlStdOperatorTable.DESC.createCall(position, sorted) : sorted;
    SqlNode count = copy(aggregate.operandCount() - 1);
    return function(
        "slice",
        collected(copy(value), direction, aggregate.operand(key)),
        SqlLiteral.createExactNumeric("1", position),
        count);
  }

  private SqlCall pair() {
    return SqlStdOperatorTable.ROW.createCall(position, copy(0), copy(1));
  }

  /** ARRAY_AGG of the rows that the filter takes and where a value is not null. */
  private SqlNode collected(SqlNode value, @Nullable SqlNode sortKey, SqlNode notNull) {
    SqlNode array =
        unresolved("array_agg")
            .createCall(aggregate.getFunctionQuantifier(), position, List.of(value));
    if (sortKey != null) {
      array =
          SqlStdOperatorTable.WITHIN_GROUP.createCall(
              position, array, new SqlNodeList(List.of(sortKey), position));
    }
    return filtered(array, filterOf(notNull));
  }

  private @Nullable SqlNode filterOf(@Nullable SqlNode notNull) {
    SqlNode given = filter == null ? null : SelectCopies.of(filter);
    if (notNull == null) {
      return given;
    }
    SqlNode known = SqlStdOperatorTable.IS_NOT_NULL.createCall(position, SelectCopies.of(notNull));
    return given == null ? known : SqlStdOperatorTable.AND.createCall(position, given, known);
  }

  /** Of the rows that the condition takes, over the window if there is one. */
  private SqlNode filtered(SqlNode call, @Nullable SqlNode condition) {
    SqlNode counted =
        condition == null ? call : SqlStdOperatorTable.FILTER.createCall(position, call, condition);
    return window == null
        ? counted
        : SqlStdOperatorTable.OVER.createCall(position, counted, SelectCopies.of(window));
  }

  /** An array of the aggregate for each fraction of an array that is written out. */
  private @Nullable SqlCall each(int fractions) {
    if (!(aggregate.operand(fractions) instanceof SqlCall array)
        || array.getKind() != SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
      return null;
    }
    List<SqlNode> results = new ArrayList<>();
    for (SqlNode fraction : array.getOperandList()) {
      List<SqlNode> operands = new ArrayList<>();
      for (int i = 0; i < aggregate.operandCount(); i++) {
        operands.add(i == fractions ? fraction : copy(i));
      }
      SqlNode one =
          aggregate.getOperator().createCall(aggregate.getFunctionQuantifier(), position, operands);
      if (order != null) {
        one = SqlStdOperatorTable.WITHIN_GROUP.createCall(position, one, SelectCopies.of(order));
      }
      results.add(filtered(one, filterOf(null)));
    }
    return SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR.createCall(position, results);
  }

  private SqlNode copy(int operand) {
    return SelectCopies.of(aggregate.operand(operand));
  }

  private SqlCall function(String name, SqlNode... operands) {
    return unresolved(name).createCall(position, operands);
  }

  private SqlUnresolvedFunction unresolved(String name) {
    return new SqlUnresolvedFunction(
        new SqlIdentifier(name, position),
        null,
        null,
        null,
        null,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }
}
