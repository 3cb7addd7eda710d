package dev.frazil.jdbc;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The interfaces of JDBC and their methods, in the order of the page. */
final class JdbcMethods {
  static final List<Class<?>> TYPES =
      List.of(
          java.sql.Driver.class,
          javax.sql.DataSource.class,
          javax.sql.ConnectionPoolDataSource.class,
          javax.sql.PooledConnection.class,
          java.sql.Connection.class,
          java.sql.Statement.class,
          java.sql.PreparedStatement.class,
          java.sql.CallableStatement.class,
          java.sql.ResultSet.class,
          java.sql.ResultSetMetaData.class,
          java.sql.ParameterMetaData.class,
          java.sql.DatabaseMetaData.class,
          java.sql.Blob.class,
          java.sql.Clob.class,
          java.sql.NClob.class,
          java.sql.Array.class,
          java.sql.Struct.class,
          java.sql.Savepoint.class,
          java.sql.Wrapper.class);

  private JdbcMethods() {}

  /** What a client can call of the interface that its parents do not have, by signature. */
  static List<Method> of(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> belongs(type, method))
        .sorted(Comparator.comparing(JdbcMethods::signature))
        .toList();
  }

  /** What javax.sql.CommonDataSource has is told of both its children, and Clob's of NClob. */
  private static boolean belongs(Class<?> type, Method method) {
    return method.getDeclaringClass() == type
        || method.getDeclaringClass() == javax.sql.CommonDataSource.class
        || type == java.sql.NClob.class;
  }

  static String signature(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
