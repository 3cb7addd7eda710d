package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.function.LambdaFunction;
import dev.frazil.plan.parser.QueryText;
import java.time.ZoneOffset;
import java.util.Locale;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlPivot;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.iceberg.catalog.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * Changes to the parsed query before it is validated: parameters get the numbers that they have in
 * the statement; literals of dates and times become casts of their text, so that nothing is cut to
 * milliseconds; times with a zone become the one type that Frazil has for them.
 */
final class AstRewriter extends SqlShuttle {
  private static final int MICROSECONDS = 6;

  /** What the text has for unnest in a SELECT list, where Calcite's parser takes none. */
  static final String UNNEST = "$unnest";

  private final QueryText text;
  private final Namespace schema;
  private final NamedWindows namedWindows = new NamedWindows();
  private final LambdaCalls lambdas = new LambdaCalls();

  /**
   * @param schema what CURRENT_SCHEMA says
   */
  AstRewriter(QueryText text, Namespace schema) {
    this.text = text;
    this.schema = schema;
  }

  SqlNode rewrite(SqlNode query) {
    SqlNode rewritten = query.accept(this);
    if (rewritten == null) {
      throw EngineException.internal("the query vanished");
    }
    return rewritten;
  }

  @Override
  public SqlNode visit(SqlDynamicParam parameter) {
    int number = text.parameters().get(parameter.getIndex());
    return new SqlDynamicParam(number, parameter.getParserPosition());
  }

  @Override
  public SqlNode visit(SqlIdentifier name) {
    SqlParserPos position = name.getParserPosition();
    if (!name.isSimple() || name.isComponentQuoted(0) || position.isQuoted()) {
      return name;
    }
    return switch (name.getSimple().toUpperCase(Locale.ROOT)) {
      case "CURRENT_SCHEMA" -> SqlLiteral.createCharString(schema.toString(), position);
      case "CURRENT_USER", "SESSION_USER", "SYSTEM_USER", "CURRENT_ROLE", "CURRENT_CATALOG" ->
          throw EngineException.unsupported(
              name.getSimple().toUpperCase(Locale.ROOT)
                  + " (a warehouse knows no users, roles or catalogs)");
      default -> name;
    };
  }

  @Override
  public @Nullable SqlNode visit(SqlDataTypeSpec type) {
    if (type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec
        && type.getTypeName().getSimple().toUpperCase(Locale.ROOT).startsWith("TIMESTAMP_")) {
      int precision = ((SqlBasicTypeNameSpec) type.getTypeNameSpec()).getPrecision();
      return timestampWithZone(
          precision > FrazilTypeSystem.MICROSECONDS
              ? FrazilTypeSystem.NANOSECONDS
              : FrazilTypeSystem.MICROSECONDS,
          type.getParserPosition());
    }
    return super.visit(type);
  }

  @Override
  public @Nullable SqlNode visit(SqlIntervalQualifier qualifier) {
    MixedIntervals.checkWritten(qualifier);
    return super.visit(qualifier);
  }

  @Override
  public @Nullable SqlNode visit(SqlLiteral literal) {
    SqlParserPos position = literal.getParserPosition();
    if (literal instanceof SqlUnknownLiteral unknown) {
      return timeLiteral(unknown.tag, unknown.getValue(), position);
    }
    if (literal instanceof SqlIntervalLiteral interval) {
      return IntervalOperators.exact(interval);
    }
    SqlTypeName type = literal.getTypeName();
    if (type == SqlTypeName.TIMESTAMP_TZ || type == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE) {
      String value = String.valueOf(literal.getValue());
      return cast(value, timestampWithZone(digits(value), position), position);
    }
    return literal;
  }

  private SqlNode timeLiteral(String tag, String value, SqlParserPos position) {
    switch (tag) {
      case "DATE" -> {
        check(TimeLiterals.date(value), "a date such as 2026-01-31", value, position);
        return cast(value, basic(SqlTypeName.DATE, -1, position), position);
      }
      case "TIME" -> {
        check(TimeLiterals.timeMicros(value), "a time such as 12:30:00", value, position);
        return cast(value, basic(SqlTypeName.TIME, MICROSECONDS, position), position);
      }
      case "TIMESTAMP", "DATETIME" -> {
        if (TimeLiterals.timestampMicros(value) != null) {
          return cast(value, basic(SqlTypeName.TIMESTAMP, digits(value), position), position);
        }
        check(
            TimeLiterals.instantMicros(value, ZoneOffset.UTC),
            "a timestamp such as 2026-01-31 12:30:00",
            value,
            position);
        return cast(value, timestampWithZone(digits(value), position), position);
      }
      case "TIMESTAMP WITH LOCAL TIME ZONE", "TIMESTAMP WITH TIME ZONE" -> {
        check(
            TimeLiterals.instantMicros(value, ZoneOffset.UTC),
            "a timestamp such as 2026-01-31 12:30:00+00:00",
            value,
            position);
        return cast(value, timestampWithZone(digits(value), position), position);
      }
      case "UUID" -> {
        return cast(value, basic(SqlTypeName.UUID, -1, position), position);
      }
      default -> throw EngineException.unsupported("the literal " + tag + " '" + value + "'");
    }
  }

  private void check(
      @Nullable Object parsed, String expected, String value, SqlParserPos position) {
    if (parsed == null) {
      int offset = text.originalOffset(position.getLineNum(), position.getColumnNum());
      throw new EngineException(
          SqlState.INVALID_DATETIME_FORMAT,
          "'" + value + "' is not " + expected + " (" + text.source().position(offset) + ")");
    }
  }

  private static SqlNode cast(String value, SqlDataTypeSpec type, SqlParserPos position) {
    return SqlStdOperatorTable.CAST.createCall(
        position, SqlLiteral.createCharString(value, position), type);
  }

  private static SqlDataTypeSpec timestampWithZone(int precision, SqlParserPos position) {
    return basic(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, precision, position);
  }

  /** The precision of a literal: nanoseconds where it has more digits than microseconds. */
  private static int digits(String value) {
    return TimeLiterals.isNano(value)
        ? FrazilTypeSystem.NANOSECONDS
        : FrazilTypeSystem.MICROSECONDS;
  }

  private static SqlDataTypeSpec basic(SqlTypeName name, int precision, SqlParserPos position) {
    return new SqlDataTypeSpec(new SqlBasicTypeNameSpec(name, precision, position), position);
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call.getKind() == SqlKind.SNAPSHOT) {
      throw EngineException.unsupported(
          "a time travel of anything but a table, to anything but a literal in quotes");
    }
    if (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST) {
      if (call.operandCount() > 2) {
        throw EngineException.unsupported("CAST ... FORMAT (use to_char, to_date or to_timestamp)");
      }
      SqlCall withoutLength = LengthCasts.rewrite(call);
      if (withoutLength != call) {
        return super.visit(withoutLength);
      }
    }
    SqlCall named = NamedSetOperation.rewrite(call);
    if (named != call) {
      return named.accept(this);
    }
    if (call instanceof SqlPivot pivot) {
      PivotParameters.requireNames(pivot);
    }
    if (call instanceof SqlJoin join
        && join.getJoinType().name().endsWith("ASOF")
        && !(join instanceof SqlAsofJoin)) {
      throw new EngineException(
          SqlState.SYNTAX_ERROR, "ASOF JOIN wants MATCH_CONDITION and ON, not USING or NATURAL");
    }
    SqlCall typed = NullArguments.typed(call);
    if (typed != call) {
      return visit(typed);
    }
    SqlCall variant = VariantCalls.rewrite(call);
    if (variant != call) {
      return visit(variant);
    }
    SqlCall series = SeriesCalls.rewrite(call);
    if (series != call) {
      return visit(series);
    }
    SqlCall clauses = unnested(SelectClauses.rewrite(call, text));
    if (clauses != call) {
      return clauses.accept(this);
    }
    SqlCall timed =
        LambdaForms.rewrite(Overlaps.rewrite(CountCalls.rewrite(TimeCalls.rewrite(call))));
    if (timed != call) {
      return timed.accept(this);
    }
    LambdaFunction lambda = LambdaCalls.function(call);
    if (lambda != null) {
      return lambdas.rewrite(call, lambda, this);
    }
    SqlCall aggregates = AggregateForms.rewrite(call);
    if (aggregates != call) {
      return aggregates.accept(this);
    }
    if (call.getKind() == SqlKind.ARRAY_QUERY_CONSTRUCTOR) {
      return ArrayQueries.rewrite(call).accept(this);
    }
    SqlCall json = JsonAggregates.rewrite(call);
    if (json != call) {
      return json.accept(this);
    }
    SqlNode comparison =
        WindowLists.withoutNullRows(
            RowSubQueries.rewrite(
                ArrayComparisons.rewrite(PatternLists.rewrite(EmptyMap.rewrite(call)))));
    if (comparison != call) {
      return comparison.accept(this);
    }
    if (call.getKind() == SqlKind.OVER) {
      SqlCall forms = AggregateForms.rewriteWindowed(call);
      if (forms != call) {
        return forms.accept(this);
      }
      SqlCall ordered = WindowedAggregate.rewrite(call);
      return super.visit(WindowLists.rewrite(namedWindows.withoutFrame(withoutFilter(ordered))));
    }
    if ((call.getOperator().equals(SqlWindow.PRECEDING_OPERATOR)
            || call.getOperator().equals(SqlWindow.FOLLOWING_OPERATOR))
        && call.operand(0) instanceof SqlDynamicParam offset) {
      SqlParserPos position = call.getParserPosition();
      SqlDataTypeSpec bigint = basic(SqlTypeName.BIGINT, -1, position);
      return call.getOperator()
          .createCall(
              position, SqlStdOperatorTable.CAST.createCall(position, visit(offset), bigint));
    }
    SqlCall ordered = OrderedAggregates.rewrite(call);
    if (ordered != call) {
      return super.visit(ordered);
    }
    if (call instanceof SqlWindow window) {
      return super.visit(namedWindows.resolve(window));
    }
    SqlSelect select = select(call);
    if (select == null) {
      SqlNode rewritten = super.visit(call);
      if (rewritten instanceof SqlJoin join) {
        return CommaJoins.last(join);
      } else if (rewritten instanceof SqlOrderBy order) {
        return DistinctOrder.around(order);
      }
      return rewritten instanceof SqlCall other ? RepeatedKeys.expand(other) : rewritten;
    }
    boolean listsInKeys = WindowLists.areInKeys(call, select);
    namedWindows.enter(select);
    SqlNode rewritten = super.visit(call);
    namedWindows.leave();
    SqlSelect block = rewritten instanceof SqlCall copy ? select(copy) : null;
    if (block != null) {
      QualifyConditions.complete(block);
    }
    if (rewritten != null && block != null && listsInKeys) {
      rewritten = WindowLists.rewriteKeys(rewritten, block);
    }
    return rewritten instanceof SqlOrderBy order ? DistinctOrder.around(order) : rewritten;
  }

  private SqlCall unnested(SqlCall call) {
    return text.text().contains(UNNEST) ? UnnestedItems.rewrite(call) : call;
  }

  private static SqlCall withoutFilter(SqlCall over) {
    if (over.operand(0) instanceof SqlCall filter && filter.getKind() == SqlKind.FILTER) {
      SqlCall aggregate = (SqlCall) WindowFilters.inArgument(filter);
      return over.getOperator()
          .createCall(over.getParserPosition(), aggregate, over.<SqlNode>operand(1));
    }
    return over;
  }

  /** The query block whose named windows a call may use. */
  private static @Nullable SqlSelect select(SqlCall call) {
    if (call instanceof SqlOrderBy ordered && ordered.query instanceof SqlSelect select) {
      return select;
    }
    return call instanceof SqlSelect select ? select : null;
  }
}
