package dev.frazil.shell;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A driver whose statements and result sets report to a {@link ProgressLine} while they work. */
final class ProgressDriver implements Driver {
  private final Driver driver;
  private final ProgressLine progress;

  ProgressDriver(Driver driver, ProgressLine progress) {
    this.driver = driver;
    this.progress = progress;
  }

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    Connection connection = driver.connect(url, info);
    return connection == null ? null : watched(Connection.class, connection);
  }

  private <T> T watched(Class<T> face, T target) {
    InvocationHandler handler = (proxy, method, arguments) -> call(target, method, arguments);
    return face.cast(
        Proxy.newProxyInstance(
            ProgressDriver.class.getClassLoader(), new Class<?>[] {face}, handler));
  }

  private @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    String name = method.getName();
    Object result;
    try {
      result =
          name.startsWith("execute") || name.equals("next") || name.equals("commit")
              ? progress.during(() -> method.invoke(target, arguments))
              : method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (result instanceof ResultSet rows) {
      return watched(ResultSet.class, rows);
    }
    if (result instanceof PreparedStatement statement) {
      return watched(PreparedStatement.class, statement);
    }
    return result instanceof Statement statement ? watched(Statement.class, statement) : result;
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
