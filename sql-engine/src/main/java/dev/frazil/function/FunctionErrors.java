package dev.frazil.function;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;

/** The errors of functions, worded in one place. */
public final class FunctionErrors {
  /** The longest text or byte string that a function makes. */
  static final int MAX_LENGTH_BYTES = 64 << 20;

  private static final int SHOWN_CHARACTERS = 60;

  private FunctionErrors() {}

  /** An argument that the function does not take: 22023. */
  static EngineException argument(String message) {
    return new EngineException(SqlState.INVALID_PARAMETER_VALUE, message);
  }

  /** A number that the type of the result cannot hold: 22003. */
  static EngineException outOfRange(String message) {
    return new EngineException(SqlState.NUMERIC_OUT_OF_RANGE, message);
  }

  /** A date or time that cannot be held: 22008. */
  static EngineException timeOutOfRange(String message) {
    return new EngineException(SqlState.DATETIME_OVERFLOW, message);
  }

  /** A text that does not have the form asked for: 22007 for dates and times. */
  static EngineException notATime(String text, String wanted) {
    return new EngineException(
        SqlState.INVALID_DATETIME_FORMAT, "'" + shown(text) + "' is not " + wanted);
  }

  /** A text that does not have the form asked for: 22018. */
  static EngineException notA(String text, String wanted) {
    return new EngineException(SqlState.INVALID_CAST, "'" + shown(text) + "' is not " + wanted);
  }

  /** A text that is about to grow beyond what a value may hold: 54000. */
  public static void checkLength(long lengthBytes, String function) {
    if (lengthBytes > MAX_LENGTH_BYTES) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "the result of "
              + function
              + " would have "
              + lengthBytes
              + " bytes; the limit is "
              + MAX_LENGTH_BYTES);
    }
  }

  /** An array that is about to grow beyond what a value may hold: 54000. */
  static void checkElements(long count, String function) {
    if (count > 10_000_000) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "the result of "
              + function
              + " would have "
              + count
              + " elements; the limit is 10000000");
    }
  }

  static String shown(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
  }
}
