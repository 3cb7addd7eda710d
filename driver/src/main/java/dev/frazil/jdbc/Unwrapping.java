package dev.frazil.jdbc;

import java.sql.SQLException;

/** {@code java.sql.Wrapper}: we wrap nothing, so an object unwraps to itself only. */
final class Unwrapping {
  private Unwrapping() {}

  static <T> T unwrap(Object self, Class<T> type) throws SQLException {
    if (type.isInstance(self)) {
      return type.cast(self);
    }
    throw SqlExceptions.invalid(
        self.getClass().getName() + " is not a wrapper of " + type.getName());
  }
}
