package dev.frazil.shell;

import dev.frazil.jdbc.FrazilConnection;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The driver as sqlline sees it: its connections are {@link ShellProxies}. */
final class ShellDriver implements Driver {
  private final Driver driver;
  private final ShellProxies proxies;
  private final @Nullable ProgressLine progress;

  /**
   * @param progress told when a statement works; null where nobody watches
   */
  ShellDriver(Driver driver, @Nullable ProgressLine progress) {
    this.driver = driver;
    this.proxies = new ShellProxies(progress);
    this.progress = progress;
  }

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    Connection connection = driver.connect(url, info);
    if (connection == null) {
      return null;
    }
    if (progress != null) {
      connection.unwrap(FrazilConnection.class).setProgressListener(progress::heard);
    }
    return proxies.of(Connection.class, connection);
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return driver.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
    return driver.getPropertyInfo(url, info);
  }

  @Override
  public int getMajorVersion() {
    return driver.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return driver.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return driver.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("dev.frazil");
  }
}
