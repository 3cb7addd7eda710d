package dev.frazil.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/**
 * {@code java.sql.Wrapper}: we wrap nothing, so an object unwraps to itself, and to the profile of
 * what it ran last.
 */
interface SelfWrapper extends Wrapper {

  /** What the last execution did; null where nothing ran, or can run. */
  default @Nullable QueryProfile lastProfile() {
    return null;
  }

  @Override
  default <T> T unwrap(@Nullable Class<T> type) throws SQLException {
    QueryProfile profile = type == QueryProfile.class ? lastProfile() : null;
    if (type != null && profile != null) {
      return type.cast(profile);
    }
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
    return type != null
        && (type.isInstance(this) || (type == QueryProfile.class && lastProfile() != null));
  }
}
