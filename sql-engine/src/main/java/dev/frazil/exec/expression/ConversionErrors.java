package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.type.Timestamps;

/** The errors of conversions, worded in one place. */
final class ConversionErrors {
  private static final int SHOWN_CHARACTERS = 60;

  private ConversionErrors() {}

  /** A text that is no value of the type: 22007 for dates and times, else 22018. */
  static EngineException notA(SqlType type, String text) {
    boolean datetime =
        type == SqlType.Primitive.DATE
            || type == SqlType.Primitive.TIME
            || Timestamps.isTimestamp(type);
    SqlState state = datetime ? SqlState.INVALID_DATETIME_FORMAT : SqlState.INVALID_CAST;
    return new EngineException(state, "'" + shown(text) + "' is not a valid " + type.sqlName());
  }

  /** A number that the type cannot hold. */
  static EngineException outOfRange(String value, SqlType type) {
    return new EngineException(
        SqlState.NUMERIC_OUT_OF_RANGE, shown(value) + " is out of the range of " + type.sqlName());
  }

  /** Types between which there is no conversion. */
  static EngineException noConversion(SqlType from, SqlType to) {
    return new EngineException(
        SqlState.DATATYPE_MISMATCH,
        "a value of type " + from.sqlName() + " cannot be cast to " + to.sqlName());
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
  }
}
