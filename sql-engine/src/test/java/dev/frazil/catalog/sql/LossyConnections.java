package dev.frazil.catalog.sql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SplittableRandom;

/**
 * Connections that break off in the middle of a commit: before the server got it, or after it was
 * done and before its answer came. One thread.
 */
final class LossyConnections implements SqlConnections.Opener {
  private final SqlConnections.Opener server;
  private final SplittableRandom random;
  private final double rate;
  private int lost;

  LossyConnections(SqlConnections.Opener server, long seed, double rate) {
    this.server = server;
    this.random = new SplittableRandom(seed);
    this.rate = rate;
  }

  /** How many commits got no answer. */
  int lost() {
    return lost;
  }

  @Override
  public Connection open() throws SQLException {
    Connection real = server.open();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              boolean breaks = method.getName().equals("commit") && random.nextDouble() < rate;
              if (breaks && random.nextBoolean()) {
                real.close(); // the server rolls back
                throw broken();
              }
              Object result;
              try {
                result = method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (breaks) {
                real.close();
                throw broken();
              }
              return result;
            });
  }

  private SQLException broken() {
    lost++;
    return new SQLException("the connection broke off", "08006");
  }
}
