package dev.frazil.exec.window;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarExpression.Parameter;
import dev.frazil.plan.WindowFrame;
import dev.frazil.plan.WindowFrame.Bound;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The distances of a frame's bounds in one execution: not negative; {@link #NONE} where there is
 * none.
 */
record FrameOffsets(Object start, Object end) {
  private static final Object NONE = new Object();

  /** Binds the offsets; 22013 for null and negative ones. */
  static FrameOffsets of(WindowFrame frame, QueryContext context) {
    boolean isRange = frame.unit() == WindowFrame.Unit.RANGE;
    return new FrameOffsets(
        value(frame.start(), isRange, context), value(frame.end(), isRange, context));
  }

  private static Object value(Bound bound, boolean isRange, QueryContext context) {
    ScalarExpression expression = bound.offset();
    if (expression == null) {
      return NONE;
    }
    Object value = null;
    if (expression instanceof Literal literal) {
      value = literal.value();
    } else if (expression instanceof Parameter parameter) {
      value = context.parameters().get(parameter.index());
    }
    if (!(value instanceof Number number) || isNegative(number)) {
      throw new EngineException(
          SqlState.INVALID_FRAME_OFFSET,
          "the offset of a window frame is " + value + ", but must be a number from 0 up");
    }
    return isRange ? number : (Object) number.longValue();
  }

  private static boolean isNegative(@Nullable Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal.signum() < 0;
    }
    if (number instanceof Double || number instanceof Float) {
      return !(number.doubleValue() >= 0);
    }
    return number == null || number.longValue() < 0;
  }
}
