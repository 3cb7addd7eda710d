package dev.frazil.jdbc;

import dev.frazil.config.ConnectionProperty;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;

/**
 * The driver of URLs {@code jdbc:iceberg:...}; registers itself when {@code DriverManager} loads
 * it. Thread-safe. The properties stand in {@code docs/reference/properties.md}.
 */
public final class FrazilDriver implements Driver {

  static {
    QuietLibraries.silence();
    try {
      DriverManager.registerDriver(new FrazilDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public @Nullable Connection connect(@Nullable String url, @Nullable Properties info)
      throws SQLException {
    if (url == null) {
      throw SqlExceptions.invalid("the URL is null");
    }
    if (!JdbcUrl.accepts(url)) {
      return null;
    }
    return open(url, info);
  }

  static PooledConnection openPooled(String url, Properties info) throws SQLException {
    return new FrazilPooledConnection(JdbcUrl.parse(url, info), EngineRegistry.SHARED);
  }

  static JdbcConnection open(String url, @Nullable Properties info) throws SQLException {
    JdbcUrl parsed = JdbcUrl.parse(url, info == null ? new Properties() : info);
    return JdbcConnection.open(parsed, EngineRegistry.SHARED);
  }

  @Override
  public boolean acceptsURL(@Nullable String url) throws SQLException {
    if (url == null) {
      throw SqlExceptions.invalid("the URL is null");
    }
    return JdbcUrl.accepts(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties info) {
    Map<String, String> given = JdbcUrl.lenientQuery(url == null ? "" : url);
    ConnectionProperty[] properties = ConnectionProperty.values();
    DriverPropertyInfo[] described = new DriverPropertyInfo[properties.length];
    for (int i = 0; i < properties.length; i++) {
      ConnectionProperty property = properties[i];
      String name = property.propertyName();
      String value = given.get(name);
      if (info != null && info.getProperty(name) != null) {
        value = info.getProperty(name);
      }
      boolean secret = property.kind() == ConnectionProperty.Kind.SECRET;
      described[i] =
          new DriverPropertyInfo(
              name, secret || value == null ? property.defaultValue().orElse(null) : value);
      described[i].description = property.description();
      described[i].required = false;
      if (property.kind() == ConnectionProperty.Kind.BOOLEAN) {
        described[i].choices = new String[] {"true", "false"};
      } else if (!property.choices().isEmpty()) {
        described[i].choices = property.choices().toArray(String[]::new);
      }
    }
    return described;
  }

  @Override
  public int getMajorVersion() {
    return DriverVersion.CURRENT.major();
  }

  @Override
  public int getMinorVersion() {
    return DriverVersion.CURRENT.minor();
  }

  /** False: entry-level SQL-92 asks for more than Iceberg tables have, such as foreign keys. */
  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("dev.frazil");
  }
}
