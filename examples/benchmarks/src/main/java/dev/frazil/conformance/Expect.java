package dev.frazil.conformance;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a check says of an answer. */
final class Expect {
  private Expect() {}

  /** A call of JDBC. */
  interface Call {
    @Nullable Object run() throws Exception;
  }

  static void that(boolean holds, String otherwise) {
    if (!holds) {
      throw new BrokenPromise(otherwise);
    }
  }

  /** Numbers of one class compare by value, byte arrays by their bytes. */
  static void equal(@Nullable Object expected, @Nullable Object actual) {
    boolean same =
        (expected instanceof BigDecimal number && actual instanceof BigDecimal other)
            ? number.compareTo(other) == 0
            : (expected instanceof byte[] bytes && actual instanceof byte[] others)
                ? Arrays.equals(bytes, others)
                : Objects.equals(expected, actual);
    that(same, "expected " + shown(expected) + " but got " + shown(actual));
  }

  /** The call fails by a SQLException with a message. */
  static SQLException fails(Call call) throws Exception {
    Object answer;
    try {
      answer = call.run();
    } catch (SQLException e) {
      return e;
    }
    throw new BrokenPromise("no SQLException, but " + shown(answer));
  }

  /** The call fails by this class of SQLException and a SQLState of this class. */
  static void fails(Class<? extends SQLException> type, String stateClass, Call call)
      throws Exception {
    SQLException thrown = fails(call);
    String state = thrown.getSQLState();
    that(
        type.isInstance(thrown),
        "not a " + type.getSimpleName() + ": " + thrown.getClass().getName() + " " + state);
    that(
        state != null && state.startsWith(stateClass),
        "SQLState is " + state + ", not " + stateClass + "...: " + thrown.getMessage());
  }

  static String shown(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    String text =
        value instanceof byte[] bytes
            ? Arrays.toString(bytes)
            : value instanceof Object[] array ? Arrays.toString(array) : String.valueOf(value);
    return text + " (" + value.getClass().getSimpleName() + ")";
  }
}
