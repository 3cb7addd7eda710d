package dev.frazil.exec.aggregate;

import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.AggregateFunction;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the threads of one aggregation have in common. Immutable.
 *
 * @param groupKeys input columns of the output's first columns
 * @param calls the aggregates, in the order of the output
 * @param inputTypes the types of the input's columns
 */
record AggregatePlan(List<Integer> groupKeys, List<AggregateCall> calls, List<SqlType> inputTypes) {

  static AggregatePlan of(Aggregate node) {
    return new AggregatePlan(
        node.groupKeys(), node.calls(), node.input().columns().stream().map(Column::type).toList());
  }

  /** Whether the state of each thread can be merged with that of the others. */
  boolean mergeable() {
    return calls.stream().noneMatch(AggregatePlan::needsDistinctSet);
  }

  /** MIN, MAX and the like do not care for duplicates. */
  static boolean needsDistinctSet(AggregateCall call) {
    return call.distinct()
        && switch (call.function()) {
          case COUNT,
              SUM,
              AVG,
              STDDEV_POP,
              STDDEV_SAMP,
              VAR_POP,
              VAR_SAMP,
              SINGLE_VALUE,
              COVAR_POP,
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
              BIT_XOR,
              APPROX_PERCENTILE ->
              true;
          case MIN,
              MAX,
              ANY_VALUE,
              BOOL_AND,
              BOOL_OR,
              GROUPING,
              BIT_AND,
              BIT_OR,
              MIN_BY,
              MAX_BY,
              APPROX_COUNT_DISTINCT ->
              false;
          // They keep all rows anyway, and drop duplicates in the end.
          case STRING_AGG, ARRAY_AGG, MAP_AGG, HISTOGRAM, MODE, PERCENTILE_CONT, PERCENTILE_DISC ->
              false;
        };
  }

  List<SqlType> types(List<Integer> columns) {
    return columns.stream().map(inputTypes::get).toList();
  }

  /** New accumulators for all calls but GROUPING, which needs none. */
  List<Accumulator> accumulators() {
    List<Accumulator> accumulators = new ArrayList<>();
    Map<List<Integer>, SumAccumulator> sums = new HashMap<>();
    for (AggregateCall call : calls) {
      if (call.function() != AggregateFunction.GROUPING) {
        Accumulator accumulator = Accumulators.of(call, inputTypes);
        accumulators.add(accumulator);
        if (accumulator instanceof SumAccumulator sum && addsAllRows(call)) {
          sums.put(call.arguments(), sum);
        }
      }
    }
    int next = 0;
    for (AggregateCall call : calls) {
      if (call.function() != AggregateFunction.GROUPING
          && accumulators.get(next++) instanceof AverageAccumulator average
          && addsAllRows(call)) {
        SumAccumulator sum = sums.get(call.arguments());
        if (sum != null) {
          average.divide(sum);
        }
      }
    }
    return accumulators;
  }

  private static boolean addsAllRows(AggregateCall call) {
    return call.filter() < 0 && !call.distinct();
  }
}
