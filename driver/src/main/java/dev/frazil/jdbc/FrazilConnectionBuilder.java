package dev.frazil.jdbc;

import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.ShardingKey;
import javax.sql.PooledConnection;
import javax.sql.PooledConnectionBuilder;
import org.jspecify.annotations.Nullable;

/** Builders of connections with other keys than those of the data source. One thread. */
final class FrazilConnectionBuilder implements ConnectionBuilder {
  private final FrazilDataSource source;
  private @Nullable String user;
  private @Nullable String password;
  private boolean sharded;

  FrazilConnectionBuilder(FrazilDataSource source) {
    this.source = source;
  }

  @Override
  public ConnectionBuilder user(@Nullable String username) {
    user = username;
    return this;
  }

  @Override
  public ConnectionBuilder password(@Nullable String given) {
    password = given;
    return this;
  }

  @Override
  public ConnectionBuilder shardingKey(@Nullable ShardingKey key) {
    sharded |= key != null;
    return this;
  }

  @Override
  public ConnectionBuilder superShardingKey(@Nullable ShardingKey key) {
    sharded |= key != null;
    return this;
  }

  @Override
  public Connection build() throws SQLException {
    refuse(sharded);
    return source.getConnection(user, password);
  }

  private static void refuse(boolean sharded) throws SQLException {
    if (sharded) {
      throw SqlExceptions.unsupported("a sharding key");
    }
  }

  /** The same for pools. */
  static final class Pooled implements PooledConnectionBuilder {
    private final FrazilDataSource source;
    private @Nullable String user;
    private @Nullable String password;
    private boolean sharded;

    Pooled(FrazilDataSource source) {
      this.source = source;
    }

    @Override
    public PooledConnectionBuilder user(@Nullable String username) {
      user = username;
      return this;
    }

    @Override
    public PooledConnectionBuilder password(@Nullable String given) {
      password = given;
      return this;
    }

    @Override
    public PooledConnectionBuilder shardingKey(@Nullable ShardingKey key) {
      sharded |= key != null;
      return this;
    }

    @Override
    public PooledConnectionBuilder superShardingKey(@Nullable ShardingKey key) {
      sharded |= key != null;
      return this;
    }

    @Override
    public PooledConnection build() throws SQLException {
      refuse(sharded);
      return source.getPooledConnection(user, password);
    }
  }
}
