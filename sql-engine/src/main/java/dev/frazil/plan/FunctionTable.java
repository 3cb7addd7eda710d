package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.function.FunctionLibrary;
import dev.frazil.function.LambdaFunction;
import dev.frazil.function.LibraryFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/**
 * The functions that a statement may call: an allow-list, and behind it the library. Operators
 * (which have no name that a user could smuggle) come from Calcite's standard table; what the
 * engine cannot run is refused when the plan is converted. Thread-safe.
 */
final class FunctionTable implements SqlOperatorTable {
  /** Names of Calcite's standard functions. */
  private static final Set<String> STANDARD =
      Set.of(
          "ABS",
          "ANY_VALUE",
          "CARDINALITY",
          "CAST",
          "CEIL",
          "CEILING",
          "CHAR_LENGTH",
          "CHARACTER_LENGTH",
          "COALESCE",
          "COUNT",
          "DAYOFMONTH",
          "DAYOFWEEK",
          "DAYOFYEAR",
          "EVERY",
          "EXP",
          "EXTRACT",
          "FLOOR",
          "GROUPING",
          "GROUPING_ID",
          "HOUR",
          "ITEM",
          "JSON_ARRAY",
          "JSON_OBJECT",
          "LN",
          "LOG10",
          "LOWER",
          "MAX",
          "MIN",
          "MINUTE",
          "MOD",
          "MONTH",
          "NULLIF",
          "OCTET_LENGTH",
          "POSITION",
          "POWER",
          "QUARTER",
          "REPLACE",
          "ROW",
          "SECOND",
          "SIGN",
          "SOME",
          "SQRT",
          "SUBSTRING",
          "TRIM",
          "UPPER",
          "WEEK",
          "YEAR",
          "TIMESTAMPADD",
          "ROW_NUMBER",
          "PERCENT_RANK",
          "CUME_DIST",
          "NTH_VALUE",
          "RANK",
          "DENSE_RANK",
          "LAG",
          "LEAD",
          "FIRST_VALUE",
          "LAST_VALUE",
          "NTILE");

  /** Functions that are operators here. */
  private static final Map<String, String> UNSUPPORTED = Map.of("RLIKE", "RLIKE (write ~)");

  private static final Set<SqlKind> AROUND_AGGREGATES =
      Set.of(
          SqlKind.FILTER,
          SqlKind.WITHIN_GROUP,
          SqlKind.WITHIN_DISTINCT,
          SqlKind.RESPECT_NULLS,
          SqlKind.IGNORE_NULLS);

  private final Map<String, SqlOperator> own = new HashMap<>();

  /** The statement's time, which the standard makes a value with a time zone. */
  static final SqlFunction CURRENT_TIMESTAMP =
      niladic("CURRENT_TIMESTAMP", SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);

  static final SqlFunction LOCALTIMESTAMP = niladic("LOCALTIMESTAMP", SqlTypeName.TIMESTAMP);
  static final SqlFunction LOCALTIME = niladic("LOCALTIME", SqlTypeName.TIME);
  static final SqlFunction CURRENT_TIME = niladic("CURRENT_TIME", SqlTypeName.TIME);
  static final SqlFunction CURRENT_DATE = niladic("CURRENT_DATE", SqlTypeName.DATE);

  /** {@code date_trunc('month', ts)}. */
  static final SqlFunction DATE_TRUNC =
      new SqlFunction(
          "DATE_TRUNC",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG1.andThen(SqlTypeTransforms.TO_NULLABLE),
          InferTypes.FIRST_KNOWN,
          OperandTypes.sequence(
              "DATE_TRUNC(<CHARACTER>, <DATETIME>)",
              OperandTypes.family(SqlTypeFamily.CHARACTER),
              OperandTypes.family(SqlTypeFamily.DATETIME)),
          SqlFunctionCategory.TIMEDATE);

  /** {@code try(1 / x)}: null where it fails. */
  static final SqlFunction TRY =
      new SqlFunction(
          "TRY",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0_FORCE_NULLABLE,
          InferTypes.FIRST_KNOWN,
          OperandTypes.ANY,
          SqlFunctionCategory.SYSTEM);

  /** After what it refers to. */
  static final FunctionTable INSTANCE = new FunctionTable();

  private FunctionTable() {
    own.put("CURRENT_TIMESTAMP", CURRENT_TIMESTAMP);
    own.put("LOCALTIMESTAMP", LOCALTIMESTAMP);
    own.put("CURRENT_DATE", CURRENT_DATE);
    own.put("LOCALTIME", LOCALTIME);
    own.put("CURRENT_TIME", CURRENT_TIME);
    own.put("INTERVAL_MICROSECONDS", IntervalOperators.MICROSECONDS);
    own.put("DATE_TRUNC", DATE_TRUNC);
    own.put("SUM", IntervalAggregates.SUM);
    own.put("AVG", IntervalAggregates.AVG);
    own.put("MOD", ModuloOperators.MOD);
    own.put("TRY", TRY);
    own.put("STDDEV", deviation("STDDEV", SqlKind.STDDEV_SAMP));
    own.put("STDDEV_POP", deviation("STDDEV_POP", SqlKind.STDDEV_POP));
    own.put("STDDEV_SAMP", deviation("STDDEV_SAMP", SqlKind.STDDEV_SAMP));
    own.put("VARIANCE", deviation("VARIANCE", SqlKind.VAR_SAMP));
    own.put("VAR_POP", deviation("VAR_POP", SqlKind.VAR_POP));
    own.put("VAR_SAMP", deviation("VAR_SAMP", SqlKind.VAR_SAMP));
    own.put("$GROUPS", WindowOperators.FRAME_GROUPS);
    own.put("NTILE", WindowOperators.NTILE);
    own.put("$EMPTY_ARRAY", ArrayComparisons.EMPTY_ARRAY);
    own.put("$EMPTY_MAP", EmptyMap.OPERATOR);
    for (LambdaParameter parameter : LambdaParameter.ALL) {
      own.put(parameter.getName().toUpperCase(Locale.ROOT), parameter);
    }
    for (LambdaFunction function : LambdaFunction.values()) {
      own.put(function.operatorName().toUpperCase(Locale.ROOT), LambdaOperator.of(function));
    }
    own.put("GREATEST", TimeMixes.GREATEST);
    own.put("LEAST", TimeMixes.LEAST);
    own.put("LENGTH", SqlLibraryOperators.LENGTH);
    own.put("NVL", TimeMixes.NVL);
    own.put("IFNULL", TimeMixes.IFNULL);
    own.put("IF", TimeMixes.IF);
    own.put("IIF", TimeMixes.IF);
    own.put("COALESCE", TimeMixes.COALESCE);
    own.put("NULLIF", TimeMixes.NULLIF);
    own.put("STARTS_WITH", SqlLibraryOperators.STARTS_WITH);
    own.put("UCASE", SqlStdOperatorTable.UPPER);
    own.put("LCASE", SqlStdOperatorTable.LOWER);
    own.put("SUBSTR", SqlStdOperatorTable.SUBSTRING);
    own.put("ROUND", RoundingOperators.ROUND);
    own.put("TRUNCATE", RoundingOperators.TRUNCATE);
    own.put("TRUNC", RoundingOperators.TRUNCATE);
    own.put("POW", SqlStdOperatorTable.POWER);
    own.put("BOOL_AND", SqlLibraryOperators.BOOL_AND);
    own.put("BOOL_OR", SqlLibraryOperators.BOOL_OR);
    own.put("CONCAT", SqlLibraryOperators.CONCAT_FUNCTION);
    own.put("ILIKE", SqlLibraryOperators.ILIKE);
    own.put("NOT ILIKE", SqlLibraryOperators.NOT_ILIKE);
    own.put("TRY_CAST", SqlLibraryOperators.TRY_CAST);
    own.put("SAFE_CAST", SqlLibraryOperators.SAFE_CAST);
  }

  /** All names, for hints. */
  List<String> names() {
    return Stream.of(STANDARD, own.keySet(), AggregateLibrary.names(), FunctionLibrary.names())
        .flatMap(Collection::stream)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .distinct()
        .filter(name -> !name.startsWith("$"))
        .sorted()
        .toList();
  }

  /** Whether it is a function that Calcite knows more about than its signature. */
  boolean isBuiltIn(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return own.containsKey(upper)
        || STANDARD.contains(upper)
        || AggregateLibrary.find(upper) != null;
  }

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      @Nullable SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> operators,
      SqlNameMatcher nameMatcher) {
    if (!name.isSimple()) {
      return;
    }
    String upper = name.getSimple().toUpperCase(Locale.ROOT);
    String refused = UNSUPPORTED.get(upper);
    if (refused != null) {
      throw EngineException.unsupported(refused);
    }
    SqlOperator found = own.get(upper);
    if (found == null) {
      found = upper.equals("%") ? ModuloOperators.SYMBOL : TimeOperators.find(upper, syntax);
    }
    if (found == null) {
      found = rare(upper);
    }
    boolean isFunction =
        syntax == SqlSyntax.FUNCTION
            || syntax == SqlSyntax.FUNCTION_ID
            || syntax == SqlSyntax.FUNCTION_STAR
            || syntax == SqlSyntax.ORDERED_FUNCTION;
    if (found == null && isFunction && !STANDARD.contains(upper)) {
      found = AggregateLibrary.find(upper);
    }
    if (found != null) {
      if (found.getSyntax() == syntax || syntax == SqlSyntax.FUNCTION) {
        operators.add(found);
      }
      return;
    }
    if (!isFunction || STANDARD.contains(upper)) {
      SqlStdOperatorTable.instance()
          .lookupOperatorOverloads(name, category, syntax, operators, nameMatcher);
      return;
    }
    LibraryFunction function = FunctionLibrary.find(upper.toLowerCase(Locale.ROOT));
    if (function != null) {
      operators.add(new LibraryOperator(function));
    }
  }

  /** Operators whose classes a statement without them need not load. */
  private static @Nullable SqlOperator rare(String name) {
    return switch (name) {
      case "||" -> ArrayConcatenation.OPERATOR;
      case "EXTRACT" -> IntervalExtract.INSTANCE;
      case "INTERVAL_WIDENED" -> WidenedInterval.OPERATOR;
      default -> null;
    };
  }

  /** Whether a call, resolved or not, is one of an aggregate. */
  boolean isAggregate(SqlCall call) {
    if (AROUND_AGGREGATES.contains(call.getKind())
        || AggregateForms.isName(call.getOperator().getName())) {
      return true;
    }
    if (!(call.getOperator() instanceof SqlUnresolvedFunction)) {
      return call.getOperator().isAggregator();
    }
    List<SqlOperator> operators = new ArrayList<>();
    lookupOperatorOverloads(
        new SqlIdentifier(call.getOperator().getName(), SqlParserPos.ZERO),
        null,
        SqlSyntax.FUNCTION,
        operators,
        ExactFirstNames.INSTANCE);
    return operators.stream().anyMatch(SqlOperator::isAggregator);
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    return List.of();
  }

  /** A double for every number: the type of the argument would not hold a variance. */
  private static SqlAggFunction deviation(String name, SqlKind kind) {
    return new SqlAggFunction(
        name,
        null,
        kind,
        ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE),
        null,
        OperandTypes.NUMERIC,
        SqlFunctionCategory.NUMERIC,
        false,
        false,
        Optionality.FORBIDDEN) {};
  }

  private static SqlFunction niladic(String name, SqlTypeName type) {
    return new SqlFunction(
        name,
        SqlKind.OTHER_FUNCTION,
        opBinding -> opBinding.getTypeFactory().createSqlType(type),
        null,
        OperandTypes.NILADIC,
        SqlFunctionCategory.TIMEDATE) {
      @Override
      public SqlSyntax getSyntax() {
        return SqlSyntax.FUNCTION_ID;
      }
    };
  }
}
