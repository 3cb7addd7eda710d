package dev.frazil.jdbc;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.ShardingKeyBuilder;
import java.util.logging.Logger;
import javax.sql.CommonDataSource;
import org.jspecify.annotations.Nullable;

/** What JDBC asks of every data source and ours keeps, but has no use for. One thread. */
abstract class SilentDataSource implements CommonDataSource {
  private @Nullable PrintWriter logWriter;
  private int loginTimeoutSeconds;

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return logWriter;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    logWriter = out;
  }

  /** Kept and without effect: nothing is sent when a connection is opened. */
  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    if (seconds < 0) {
      throw SqlExceptions.invalid("the login timeout must not be negative");
    }
    loginTimeoutSeconds = seconds;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeoutSeconds;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("dev.frazil");
  }

  @Override
  public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
    throw SqlExceptions.unsupported("a sharding key");
  }
}
