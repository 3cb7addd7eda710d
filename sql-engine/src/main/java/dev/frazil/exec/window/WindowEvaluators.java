package dev.frazil.exec.window;

import dev.frazil.error.EngineException;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.aggregate.Accumulators;
import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.WindowCall;
import dev.frazil.plan.WindowFrame;
import dev.frazil.plan.WindowFrame.Exclusion;
import dev.frazil.plan.WindowFrame.Position;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import java.util.List;

/** The evaluator of each window function. */
final class WindowEvaluators {
  private WindowEvaluators() {}

  static WindowEvaluator of(WindowCall call, List<SqlType> inputTypes, QueryContext context) {
    return switch (call.function()) {
      case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST ->
          new RankEvaluator(call.function());
      case NTILE -> new TileEvaluator(call.arguments().get(0));
      case LAG -> new OffsetEvaluator(call.arguments(), false, call.ignoreNulls());
      case LEAD -> new OffsetEvaluator(call.arguments(), true, call.ignoreNulls());
      case FIRST_VALUE, LAST_VALUE, NTH_VALUE ->
          new ValueEvaluator(call, FrameOffsets.of(call.frame(), context));
      case AGGREGATE -> aggregate(call, inputTypes, context);
    };
  }

  private static WindowEvaluator aggregate(
      WindowCall call, List<SqlType> inputTypes, QueryContext context) {
    AggregateCall aggregate = call.aggregate();
    if (aggregate == null) {
      throw EngineException.internal("an aggregate over a window without its function");
    }
    WindowFrame frame = call.frame();
    if (frame.isPartition()) {
      return new PartitionAggregate(aggregate, inputTypes);
    }
    boolean growsOnly =
        frame.start().position() == Position.UNBOUNDED_PRECEDING
            && frame.exclusion() == Exclusion.NO_OTHERS;
    if (Accumulators.needsDistinctSet(aggregate) && !growsOnly) {
      List<SqlType> types = aggregate.arguments().stream().map(inputTypes::get).toList();
      return new FrameAggregate(
          withoutDistinct(aggregate),
          inputTypes,
          frame,
          FrameOffsets.of(frame, context),
          () -> new DirectRows(types),
          context);
    }
    return new FrameAggregate(
        aggregate,
        inputTypes,
        frame,
        FrameOffsets.of(frame, context),
        () -> states(aggregate, inputTypes, growsOnly),
        context);
  }

  private static AggregateCall withoutDistinct(AggregateCall call) {
    return new AggregateCall(
        call.function(), call.arguments(), false, call.filter(), call.order(), call.type());
  }

  private static FrameStates states(
      AggregateCall call, List<SqlType> inputTypes, boolean growsOnly) {
    return switch (call.function()) {
      case COUNT -> new PrefixSums(call, inputTypes);
      case SUM, AVG -> {
        PhysicalKind kind = inputTypes.get(call.arguments().get(0)).kind();
        boolean approximate = kind == PhysicalKind.DOUBLE || kind == PhysicalKind.FLOAT;
        if (!approximate) {
          yield new PrefixSums(call, inputTypes);
        }
        yield growsOnly ? new RunningStates(call.function()) : new FrameTree(call, inputTypes);
      }
      case MIN, MAX, BOOL_AND, BOOL_OR, ANY_VALUE ->
          growsOnly ? new RunningStates(call.function()) : new FrameTree(call, inputTypes);
      case STDDEV_POP,
          STDDEV_SAMP,
          VAR_POP,
          VAR_SAMP,
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
          BIT_AND,
          BIT_OR,
          BIT_XOR,
          MIN_BY,
          MAX_BY,
          APPROX_COUNT_DISTINCT,
          APPROX_PERCENTILE ->
          new FrameTree(call, inputTypes);
      case STRING_AGG, ARRAY_AGG, MAP_AGG, HISTOGRAM, MODE, PERCENTILE_CONT, PERCENTILE_DISC ->
          new DirectRows();
      case SINGLE_VALUE, GROUPING ->
          throw EngineException.unsupported(call.function() + " over a window");
    };
  }
}
