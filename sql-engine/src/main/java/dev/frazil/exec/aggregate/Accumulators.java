package dev.frazil.exec.aggregate;

import dev.frazil.error.EngineException;
import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.AggregateFunction;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import java.util.List;

/** The accumulator of each aggregate function. */
public final class Accumulators {
  private Accumulators() {}

  /**
   * A new accumulator without groups.
   *
   * @param inputTypes the types of the columns that the call's arguments name
   */
  static Accumulator of(AggregateCall call, List<SqlType> inputTypes) {
    return of(call, inputTypes, call.filter() >= 0 || AggregatePlan.needsDistinctSet(call));
  }

  /**
   * A new accumulator without groups.
   *
   * @param inputTypes the types of the columns that the call's arguments name
   * @param emptyGroups whether a group may get no row at all, as under a filter
   */
  public static Accumulator of(AggregateCall call, List<SqlType> inputTypes, boolean emptyGroups) {
    if (call.function() == AggregateFunction.COUNT) {
      return new CountAccumulator();
    }
    SqlType argument = inputTypes.get(call.arguments().get(0));
    boolean approximate =
        argument.kind() == PhysicalKind.DOUBLE || argument.kind() == PhysicalKind.FLOAT;
    return switch (call.function()) {
      case SUM ->
          approximate
              ? new DoubleAccumulator(call.type(), false)
              : new SumAccumulator(argument, call.type(), emptyGroups);
      case AVG ->
          approximate
              ? new DoubleAccumulator(call.type(), true)
              : new AverageAccumulator(argument, call.type());
      case MIN, BOOL_AND -> new ExtremeAccumulator(argument, false);
      case MAX, BOOL_OR -> new ExtremeAccumulator(argument, true);
      case SINGLE_VALUE -> new ValueAccumulator(argument, true);
      case ANY_VALUE -> new ValueAccumulator(argument, false);
      case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
          new VarianceAccumulator(call.function(), argument);
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
          REGR_SYY ->
          new PairAccumulator(call.function());
      case SKEWNESS, KURTOSIS -> new MomentAccumulator(call.function());
      case GEOMETRIC_MEAN -> new LogarithmAccumulator();
      case BIT_AND, BIT_OR, BIT_XOR -> new BitAccumulator(call.function(), argument);
      case MIN_BY, MAX_BY ->
          new ChoiceAccumulator(
              call.function() == AggregateFunction.MAX_BY,
              argument,
              inputTypes.get(call.arguments().get(1)));
      case STRING_AGG, ARRAY_AGG, MAP_AGG, HISTOGRAM, MODE, PERCENTILE_CONT, PERCENTILE_DISC ->
          new RowsAccumulator(call, call.inputs().stream().map(inputTypes::get).toList());
      case APPROX_COUNT_DISTINCT -> new DistinctSketchAccumulator();
      case APPROX_PERCENTILE -> new PercentileSketchAccumulator();
      case COUNT, GROUPING -> throw EngineException.internal("no accumulator for " + call);
    };
  }

  /** Whether the rows of equal arguments must be found before they are added. */
  public static boolean needsDistinctSet(AggregateCall call) {
    return AggregatePlan.needsDistinctSet(call);
  }
}
