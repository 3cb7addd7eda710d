package dev.frazil.plan;

import dev.frazil.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression over the columns of one input, typed, immutable. */
public sealed interface ScalarExpression {

  SqlType type();

  /** Column {@code index} of the input. */
  record InputReference(int index, SqlType type) implements ScalarExpression {}

  /**
   * A constant.
   *
   * @param value null, or: Boolean, Integer (integer, date), Long (bigint, time, timestamps),
   *     java.math.BigDecimal (any decimal), Float, Double, String (varchar), byte[] (varbinary,
   *     fixed, uuid)
   */
  record Literal(@Nullable Object value, SqlType type) implements ScalarExpression {}

  /**
   * Statement parameter {@code index} (from 0), bound at execution to a value as in {@link
   * Literal}.
   */
  record Parameter(int index, SqlType type) implements ScalarExpression {}

  /**
   * A column of a row outside of the sub-query that the expression stands in: the value that an
   * {@link Apply} bound to {@code slot}. Slots are unique in a statement.
   */
  record OuterReference(int slot, SqlType type) implements ScalarExpression {}

  /** A function applied to operands. */
  record Call(ScalarFunction function, List<ScalarExpression> operands, SqlType type)
      implements ScalarExpression {
    public Call {
      operands = List.copyOf(operands);
    }
  }

  /**
   * A conversion.
   *
   * @param safe TRY_CAST: null where the value does not convert, instead of an error (22018, 22003,
   *     ...)
   */
  record Cast(ScalarExpression operand, SqlType type, boolean safe) implements ScalarExpression {}
}
