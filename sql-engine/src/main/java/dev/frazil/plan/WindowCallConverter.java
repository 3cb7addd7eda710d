package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarExpression.Parameter;
import dev.frazil.plan.WindowFrame.Bound;
import dev.frazil.plan.WindowFrame.Exclusion;
import dev.frazil.plan.WindowFrame.Position;
import dev.frazil.plan.WindowFrame.Unit;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** One window function with its frame. */
final class WindowCallConverter {
  private final RexConverter expressions;
  private final AddedColumns inputs;

  WindowCallConverter(RexConverter expressions, AddedColumns inputs) {
    this.expressions = expressions;
    this.inputs = inputs;
  }

  WindowCall convert(RexOver over, List<SortKey> order) {
    List<Integer> arguments = new ArrayList<>();
    for (RexNode operand : over.getOperands()) {
      arguments.add(inputs.column(expressions.convert(operand)));
    }
    WindowFrame frame = frame(over.getWindow(), order);
    SqlType declared = CalciteTypes.toSql(over.getType());
    WindowCall.Function function = function(over);
    if (function == WindowCall.Function.AGGREGATE) {
      if (over.ignoreNulls()) {
        throw EngineException.unsupported("IGNORE NULLS of " + over.getAggOperator().getName());
      }
      AggregateCall call =
          over.getAggOperator() instanceof WindowedAggregate windowed
              ? windowed.call(arguments, over.isDistinct(), declared, inputs)
              : AggregateConverter.call(
                  over.getAggOperator(),
                  arguments,
                  over.isDistinct(),
                  -1,
                  List.of(),
                  declared,
                  inputs);
      return new WindowCall(function, call, List.of(), false, frame, call.type());
    }
    if (over.isDistinct()) {
      throw EngineException.unsupported("DISTINCT in " + over.getAggOperator().getName());
    }
    SqlType type =
        switch (function) {
          case ROW_NUMBER, RANK, DENSE_RANK -> Primitive.BIGINT;
          case NTILE -> {
            arguments.set(0, inputs.as(arguments.get(0), Primitive.BIGINT));
            yield Primitive.BIGINT;
          }
          case PERCENT_RANK, CUME_DIST -> Primitive.DOUBLE;
          case LAG, LEAD, NTH_VALUE -> {
            arguments.set(0, inputs.as(arguments.get(0), declared));
            if (arguments.size() > 1) {
              arguments.set(1, inputs.as(arguments.get(1), Primitive.BIGINT));
            }
            if (arguments.size() > 2) {
              arguments.set(2, inputs.as(arguments.get(2), declared));
            }
            yield declared;
          }
          case FIRST_VALUE, LAST_VALUE -> inputs.type(arguments.get(0));
          case AGGREGATE -> throw EngineException.internal("an aggregate is converted above");
        };
    return new WindowCall(function, null, arguments, over.ignoreNulls(), frame, type);
  }

  private static WindowCall.Function function(RexOver over) {
    return switch (over.getAggOperator().getKind()) {
      case ROW_NUMBER -> WindowCall.Function.ROW_NUMBER;
      case RANK -> WindowCall.Function.RANK;
      case DENSE_RANK -> WindowCall.Function.DENSE_RANK;
      case PERCENT_RANK -> WindowCall.Function.PERCENT_RANK;
      case CUME_DIST -> WindowCall.Function.CUME_DIST;
      case NTILE -> WindowCall.Function.NTILE;
      case LAG -> WindowCall.Function.LAG;
      case LEAD -> WindowCall.Function.LEAD;
      case FIRST_VALUE -> WindowCall.Function.FIRST_VALUE;
      case LAST_VALUE -> WindowCall.Function.LAST_VALUE;
      case NTH_VALUE -> WindowCall.Function.NTH_VALUE;
      default -> WindowCall.Function.AGGREGATE;
    };
  }

  private WindowFrame frame(RexWindow window, List<SortKey> order) {
    RexNode lower = groups(window.getLowerBound());
    RexNode upper = groups(window.getUpperBound());
    Unit unit =
        lower != null || upper != null ? Unit.GROUPS : window.isRows() ? Unit.ROWS : Unit.RANGE;
    Exclusion exclusion =
        switch (window.getExclude()) {
          case EXCLUDE_NO_OTHER -> Exclusion.NO_OTHERS;
          case EXCLUDE_CURRENT_ROW -> Exclusion.CURRENT_ROW;
          case EXCLUDE_GROUP -> Exclusion.GROUP;
          case EXCLUDE_TIES -> Exclusion.TIES;
        };
    return new WindowFrame(
        unit,
        bound(window.getLowerBound(), unit, order),
        bound(window.getUpperBound(), unit, order),
        exclusion);
  }

  /** The offset of a bound in a GROUPS frame, which arrives as a call; else null. */
  private static @Nullable RexNode groups(RexWindowBound bound) {
    return bound.getOffset() instanceof RexCall call
            && call.getOperator().equals(WindowOperators.FRAME_GROUPS)
        ? call.getOperands().get(0)
        : null;
  }

  private Bound bound(RexWindowBound bound, Unit unit, List<SortKey> order) {
    if (bound.isUnbounded()) {
      return new Bound(
          bound.isPreceding() ? Position.UNBOUNDED_PRECEDING : Position.UNBOUNDED_FOLLOWING, null);
    }
    RexNode offset = bound.getOffset();
    if (bound.isCurrentRow() || offset == null) {
      return new Bound(Position.CURRENT_ROW, null);
    }
    RexNode inGroups = groups(bound);
    ScalarExpression distance = distance(inGroups == null ? offset : inGroups, unit, order);
    if (!(distance instanceof Literal || distance instanceof Parameter)) {
      throw EngineException.unsupported(
          "a frame's offset that is neither a constant nor a parameter");
    }
    return new Bound(bound.isPreceding() ? Position.PRECEDING : Position.FOLLOWING, distance);
  }

  private ScalarExpression distance(RexNode offset, Unit unit, List<SortKey> order) {
    RexNode value =
        offset instanceof RexCall call && call.getKind() == SqlKind.CAST
            ? call.getOperands().get(0)
            : offset;
    if (value instanceof RexDynamicParam parameter) {
      return expressions.parameter(parameter.getIndex(), Primitive.BIGINT);
    }
    if (unit != Unit.RANGE) {
      return expressions.convert(offset, Primitive.BIGINT);
    }
    if (order.size() != 1) {
      throw EngineException.unsupported("a RANGE frame with an offset over several sort keys");
    }
    return expressions.convert(offset);
  }
}
