package dev.frazil.shell;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * JDBC objects that suit a reader at a terminal: values come as the driver's own text (sqlline
 * would take {@code toString} of the Java object), {@code !tables} and {@code !columns} show the
 * columns that say something, cancelling what has ended is no error, and a {@link ProgressLine}
 * learns when a statement works.
 */
final class ShellProxies {
  /** Schema, name, type, remarks. */
  private static final int[] TABLES = {2, 3, 4, 5};

  /** Schema, table, column, type, size, digits, nullable, remarks. */
  private static final int[] COLUMNS = {2, 3, 4, 6, 7, 9, 18, 12};

  private final @Nullable ProgressLine progress;

  ShellProxies(@Nullable ProgressLine progress) {
    this.progress = progress;
  }

  <T> T of(Class<T> face, T target) {
    return proxy(face, (proxy, method, arguments) -> call(target, method, arguments));
  }

  private static <T> T proxy(Class<T> face, InvocationHandler handler) {
    return face.cast(
        Proxy.newProxyInstance(
            ShellProxies.class.getClassLoader(), new Class<?>[] {face}, handler));
  }

  private @Nullable Object call(Object target, Method method, @Nullable Object[] arguments)
      throws Throwable {
    String name = method.getName();
    if (name.equals("cancel") && target instanceof Statement statement && statement.isClosed()) {
      return null;
    }
    Object result =
        progress != null && (name.startsWith("execute") || name.equals("commit"))
            ? progress.during(() -> invoke(target, method, arguments))
            : invoke(target, method, arguments);
    if (result instanceof ResultSet rows) {
      return rows(rows, shownColumns(target, name, rows));
    } else if (result instanceof PreparedStatement statement) {
      return of(PreparedStatement.class, statement);
    } else if (result instanceof Statement statement) {
      return of(Statement.class, statement);
    } else if (result instanceof DatabaseMetaData metaData) {
      return of(DatabaseMetaData.class, metaData);
    }
    return result;
  }

  private static int[] shownColumns(Object target, String name, ResultSet rows)
      throws SQLException {
    if (target instanceof DatabaseMetaData && name.equals("getTables")) {
      return TABLES;
    } else if (target instanceof DatabaseMetaData && name.equals("getColumns")) {
      return COLUMNS;
    }
    return IntStream.rangeClosed(1, rows.getMetaData().getColumnCount()).toArray();
  }

  private ResultSet rows(ResultSet rows, int[] shown) throws SQLException {
    ResultSetMetaData metaData = metaData(rows.getMetaData(), shown);
    return proxy(
        ResultSet.class,
        (proxy, method, arguments) -> {
          String name = method.getName();
          if (name.equals("getMetaData")) {
            return metaData;
          } else if (name.equals("next") && progress != null) {
            return progress.during(() -> invoke(rows, method, arguments));
          }
          Object[] mapped = mapped(arguments, shown);
          return name.equals("getObject") && mapped.length == 1
              ? text(rows, mapped[0])
              : invoke(rows, method, mapped);
        });
  }

  private static @Nullable String text(ResultSet rows, @Nullable Object column)
      throws SQLException {
    return column instanceof Integer index
        ? rows.getString(index)
        : rows.getString(String.valueOf(column));
  }

  private static ResultSetMetaData metaData(ResultSetMetaData metaData, int[] shown) {
    return proxy(
        ResultSetMetaData.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("getColumnCount")) {
            return shown.length;
          }
          Object result = invoke(metaData, method, mapped(arguments, shown));
          return method.getName().equals("getColumnType") && result instanceof Integer type
              ? shownType(type)
              : result;
        });
  }

  /**
   * Numbers and booleans are told from text, since they are aligned, and written in JSON, apart.
   */
  private static int shownType(int type) {
    return switch (type) {
      case Types.INTEGER, Types.BIGINT, Types.REAL, Types.DOUBLE, Types.DECIMAL, Types.BOOLEAN ->
          type;
      default -> Types.VARCHAR;
    };
  }

  private static @Nullable Object[] mapped(@Nullable Object @Nullable [] arguments, int[] shown) {
    if (arguments == null || arguments.length == 0) {
      return new Object[0];
    }
    @Nullable Object[] mapped = arguments.clone();
    if (mapped[0] instanceof Integer index && index >= 1 && index <= shown.length) {
      mapped[0] = shown[index - 1];
    }
    return mapped;
  }

  private static @Nullable Object invoke(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Exception {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }
}
