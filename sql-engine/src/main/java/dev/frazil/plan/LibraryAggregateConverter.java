package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;

/** Calls of {@link AggregateLibrary}, with their arguments in the types that the engine wants. */
final class LibraryAggregateConverter {
  private static final Literal FALSE = new Literal(false, Primitive.BOOLEAN);

  private LibraryAggregateConverter() {}

  static AggregateCall call(
      LibraryAggregate aggregate,
      List<Integer> columns,
      boolean isDistinct,
      int filter,
      List<SortKey> order,
      SqlType declared,
      AddedColumns inputs) {
    AggregateFunction function = aggregate.function();
    List<Integer> arguments = new ArrayList<>(columns);
    SqlType type = declared;
    switch (function) {
      case COUNT -> {
        // Only what is true counts.
        Call counted =
            new Call(
                ScalarFunction.NULLIF,
                List.of(inputs.expression(columns.get(0)), FALSE),
                Primitive.BOOLEAN);
        arguments.set(0, inputs.column(counted));
      }
      case COVAR_POP,
          COVAR_SAMP,
          CORR,
          REGR_AVGX,
          REGR_AVGY,
          REGR_COUNT,
          REGR_INTERCEPT,
          REGR_R2,
          REGR_SLOPE,
          REGR_SXX,
          REGR_SXY,
          REGR_SYY,
          GEOMETRIC_MEAN,
          SKEWNESS,
          KURTOSIS,
          APPROX_PERCENTILE ->
          arguments.replaceAll(column -> inputs.as(column, Primitive.DOUBLE));
      case PERCENTILE_CONT, PERCENTILE_DISC -> percentile(function, arguments, inputs);
      case STRING_AGG -> arguments.replaceAll(column -> inputs.as(column, Primitive.VARCHAR));
      case ARRAY_AGG -> type = new SqlType.ArrayType(inputs.type(arguments.get(0)));
      case MAP_AGG ->
          type = new SqlType.MapType(inputs.type(arguments.get(0)), inputs.type(arguments.get(1)));
      case HISTOGRAM -> type = new SqlType.MapType(inputs.type(arguments.get(0)), Primitive.BIGINT);
      case BIT_AND, BIT_OR, BIT_XOR, MIN_BY, MAX_BY, MODE, ANY_VALUE ->
          type = inputs.type(arguments.get(0));
      case APPROX_COUNT_DISTINCT -> type = Primitive.BIGINT;
      case SUM,
          MIN,
          MAX,
          AVG,
          SINGLE_VALUE,
          BOOL_AND,
          BOOL_OR,
          STDDEV_POP,
          STDDEV_SAMP,
          VAR_POP,
          VAR_SAMP,
          GROUPING ->
          throw EngineException.internal(function + " is not in the library");
    }
    if (isDistinct && !order.isEmpty()) {
      for (SortKey key : order) {
        if (!columns.contains(key.column())) {
          throw EngineException.unsupported(
              "an aggregate with DISTINCT that is ordered by anything but its arguments");
        }
      }
    }
    return new AggregateCall(function, arguments, isDistinct, filter, order, type);
  }

  private static void percentile(
      AggregateFunction function, List<Integer> arguments, AddedColumns inputs) {
    if (function == AggregateFunction.PERCENTILE_CONT) {
      arguments.set(0, inputs.as(arguments.get(0), Primitive.DOUBLE));
    }
    if (arguments.size() == 1) {
      arguments.add(inputs.column(new Literal(0.5, Primitive.DOUBLE)));
      arguments.add(inputs.column(FALSE));
    }
    arguments.set(1, inputs.as(arguments.get(1), Primitive.DOUBLE));
  }
}
