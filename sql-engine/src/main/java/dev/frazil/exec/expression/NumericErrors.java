package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.type.Timestamps;

/** The errors of arithmetic, worded in one place. */
final class NumericErrors {
  private NumericErrors() {}

  static EngineException divisionByZero(Object dividend) {
    return new EngineException(SqlState.DIVISION_BY_ZERO, "division of " + dividend + " by zero");
  }

  /** A result that its type cannot hold; {@code operation} shows it, such as {@code 1 + 2}. */
  static EngineException outOfRange(String operation, SqlType type) {
    boolean datetime = type == SqlType.Primitive.DATE || Timestamps.isTimestamp(type);
    return new EngineException(
        datetime ? SqlState.DATETIME_OVERFLOW : SqlState.NUMERIC_OUT_OF_RANGE,
        operation + " is out of the range of " + type.sqlName());
  }
}
