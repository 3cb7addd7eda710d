package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.ShardingKey;
import org.jspecify.annotations.Nullable;

/** A database in one place: sharding keys are 0A000. */
interface NoSharding extends Connection {
  private SQLException refused() throws SQLException {
    if (isClosed()) {
      return SqlExceptions.of(SqlState.CONNECTION_CLOSED, "the connection is closed");
    }
    return SqlExceptions.unsupported("a sharding key");
  }

  @Override
  default boolean setShardingKeyIfValid(
      @Nullable ShardingKey key, @Nullable ShardingKey superKey, int timeoutSeconds)
      throws SQLException {
    throw refused();
  }

  @Override
  default boolean setShardingKeyIfValid(@Nullable ShardingKey key, int timeoutSeconds)
      throws SQLException {
    throw refused();
  }

  @Override
  default void setShardingKey(@Nullable ShardingKey key, @Nullable ShardingKey superKey)
      throws SQLException {
    throw refused();
  }

  @Override
  default void setShardingKey(@Nullable ShardingKey key) throws SQLException {
    throw refused();
  }
}
