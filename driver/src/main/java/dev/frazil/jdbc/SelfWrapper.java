package dev.frazil.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/** {@code java.sql.Wrapper}: we wrap nothing, so an object unwraps to itself only. */
interface SelfWrapper extends Wrapper {

  @Override
  default <T> T unwrap(@Nullable Class<T> type) throws SQLException {
    if (type == null || !type.isInstance(this)) {
      throw SqlExceptions.invalid(
          getClass().getName()
              + " is not a wrapper of "
              + (type == null ? "null" : type.getName()));
    }
    return type.cast(this);
  }

  @Override
  default boolean isWrapperFor(@Nullable Class<?> type) {
    return type != null && type.isInstance(this);
  }
}
