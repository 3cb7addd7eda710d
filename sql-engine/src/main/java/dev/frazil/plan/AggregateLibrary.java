package dev.frazil.plan;

import dev.frazil.plan.LibraryAggregate.ResultType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The aggregates that Calcite lacks or defines otherwise, by name. Thread-safe. */
final class AggregateLibrary {
  private static final ResultType DOUBLE =
      (factory, arguments) -> factory.createSqlType(SqlTypeName.DOUBLE);
  private static final ResultType BIGINT =
      (factory, arguments) -> factory.createSqlType(SqlTypeName.BIGINT);
  private static final ResultType VARCHAR =
      (factory, arguments) -> factory.createSqlType(SqlTypeName.VARCHAR);
  private static final ResultType FIRST = (factory, arguments) -> arguments.get(0);
  private static final ResultType ARRAY =
      (factory, arguments) -> factory.createArrayType(arguments.get(0), -1);
  private static final ResultType MAP =
      (factory, arguments) -> factory.createMapType(arguments.get(0), arguments.get(1));
  private static final ResultType COUNTS =
      (factory, arguments) ->
          factory.createMapType(arguments.get(0), factory.createSqlType(SqlTypeName.BIGINT));

  private static final SqlOperandTypeChecker PERCENTILE =
      OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC, SqlTypeFamily.BOOLEAN);

  /** Names whose ORDER BY becomes their first argument. */
  private static final Set<String> INVERSE_DISTRIBUTIONS =
      Set.of("PERCENTILE_CONT", "PERCENTILE_DISC", "MODE");

  private static final Map<String, LibraryAggregate> BY_NAME = define();

  private AggregateLibrary() {}

  /** The aggregate of a name in upper case, or null. */
  static @Nullable LibraryAggregate find(String name) {
    return BY_NAME.get(name);
  }

  static Set<String> names() {
    return BY_NAME.keySet();
  }

  static boolean isInverseDistribution(String name) {
    return INVERSE_DISTRIBUTIONS.contains(name);
  }

  private static Map<String, LibraryAggregate> define() {
    Map<String, LibraryAggregate> all = new TreeMap<>();
    for (AggregateFunction function :
        List.of(
            AggregateFunction.COVAR_POP,
            AggregateFunction.COVAR_SAMP,
            AggregateFunction.CORR,
            AggregateFunction.REGR_AVGX,
            AggregateFunction.REGR_AVGY,
            AggregateFunction.REGR_INTERCEPT,
            AggregateFunction.REGR_R2,
            AggregateFunction.REGR_SLOPE,
            AggregateFunction.REGR_SXX,
            AggregateFunction.REGR_SXY,
            AggregateFunction.REGR_SYY,
            AggregateFunction.REGR_COUNT)) {
      ResultType result = function == AggregateFunction.REGR_COUNT ? BIGINT : DOUBLE;
      put(all, function.name(), function, result, OperandTypes.NUMERIC_NUMERIC);
    }
    put(all, "SKEWNESS", AggregateFunction.SKEWNESS, DOUBLE, OperandTypes.NUMERIC);
    put(all, "KURTOSIS", AggregateFunction.KURTOSIS, DOUBLE, OperandTypes.NUMERIC);
    put(all, "GEOMETRIC_MEAN", AggregateFunction.GEOMETRIC_MEAN, DOUBLE, OperandTypes.NUMERIC);
    for (AggregateFunction function :
        List.of(AggregateFunction.BIT_AND, AggregateFunction.BIT_OR, AggregateFunction.BIT_XOR)) {
      put(all, function.name(), function, FIRST, OperandTypes.INTEGER);
      put(
          all,
          "BITWISE_" + function.name().substring(4) + "_AGG",
          function,
          FIRST,
          OperandTypes.INTEGER);
    }
    put(all, "COUNT_IF", AggregateFunction.COUNT, BIGINT, OperandTypes.BOOLEAN);
    put(all, "COUNTIF", AggregateFunction.COUNT, BIGINT, OperandTypes.BOOLEAN);
    SqlOperandTypeChecker two = OperandTypes.ANY_ANY;
    put(all, "MIN_BY", AggregateFunction.MIN_BY, FIRST, two);
    put(all, "MAX_BY", AggregateFunction.MAX_BY, FIRST, two);
    put(all, "ARG_MIN", AggregateFunction.MIN_BY, FIRST, two);
    put(all, "ARG_MAX", AggregateFunction.MAX_BY, FIRST, two);
    put(all, "ARBITRARY", AggregateFunction.ANY_VALUE, FIRST, OperandTypes.ANY);
    SqlOperandTypeChecker text =
        OperandTypes.or(
            OperandTypes.family(SqlTypeFamily.CHARACTER),
            OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER));
    for (String name : List.of("STRING_AGG", "LISTAGG")) {
      all.put(name, new LibraryAggregate(name, AggregateFunction.STRING_AGG, VARCHAR, text, true));
    }
    all.put(
        "ARRAY_AGG",
        new LibraryAggregate(
            "ARRAY_AGG", AggregateFunction.ARRAY_AGG, ARRAY, OperandTypes.ANY, true));
    all.put("MAP_AGG", new LibraryAggregate("MAP_AGG", AggregateFunction.MAP_AGG, MAP, two, true));
    put(all, "HISTOGRAM", AggregateFunction.HISTOGRAM, COUNTS, OperandTypes.ANY);
    put(all, "MODE", AggregateFunction.MODE, FIRST, OperandTypes.ANY);
    put(all, "MEDIAN", AggregateFunction.PERCENTILE_CONT, DOUBLE, OperandTypes.NUMERIC);
    put(all, "PERCENTILE_CONT", AggregateFunction.PERCENTILE_CONT, DOUBLE, PERCENTILE);
    put(
        all,
        "PERCENTILE_DISC",
        AggregateFunction.PERCENTILE_DISC,
        FIRST,
        OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.NUMERIC, SqlTypeFamily.BOOLEAN));
    for (String name : List.of("APPROX_COUNT_DISTINCT", "APPROX_DISTINCT")) {
      put(all, name, AggregateFunction.APPROX_COUNT_DISTINCT, BIGINT, OperandTypes.ANY);
    }
    for (String name : List.of("APPROX_PERCENTILE", "APPROX_QUANTILE")) {
      put(all, name, AggregateFunction.APPROX_PERCENTILE, DOUBLE, OperandTypes.NUMERIC_NUMERIC);
    }
    return all;
  }

  private static void put(
      Map<String, LibraryAggregate> all,
      String name,
      AggregateFunction function,
      ResultType result,
      SqlOperandTypeChecker arguments) {
    all.put(name, new LibraryAggregate(name, function, result, arguments, false));
  }
}
