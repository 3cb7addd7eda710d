package dev.frazil.conformance;

import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every method of a closed object that its Javadoc says to fail. */
final class ClosedChecks {
  private static final Set<String> FREE =
      Set.of(
          "close",
          "isClosed",
          "abort",
          "isValid",
          "unwrap",
          "isWrapperFor",
          "toString",
          "equals",
          "hashCode",
          // Their Javadoc does not say that they fail on a closed object, or has them static.
          "beginRequest",
          "endRequest",
          "setShardingKey",
          "setShardingKeyIfValid",
          "getConnection",
          "enquoteLiteral",
          "enquoteIdentifier",
          "isSimpleIdentifier",
          "enquoteNCharLiteral");

  private ClosedChecks() {}

  private interface Opening {
    Object closed(Scene scene) throws SQLException;
  }

  static List<Check> checks() {
    CheckList list = new CheckList("closed objects");
    add(
        list,
        Connection.class,
        Set.of(),
        scene -> {
          Connection connection = scene.another();
          connection.close();
          return connection;
        });
    add(
        list,
        Statement.class,
        Set.of(),
        scene -> {
          Statement statement = scene.statement();
          statement.close();
          return statement;
        });
    add(
        list,
        PreparedStatement.class,
        names(Statement.class),
        scene -> {
          PreparedStatement statement = scene.prepare("SELECT x FROM conf_rows WHERE x = ?");
          statement.close();
          return statement;
        });
    add(
        list,
        ResultSet.class,
        Set.of("getStatement"),
        scene -> {
          ResultSet rows = scene.row("SELECT 1 AS a");
          rows.close();
          return rows;
        });
    return list.checks();
  }

  private static Set<String> names(Class<?> type) {
    return Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
  }

  /** One check a name: all its methods fail. */
  private static void add(CheckList list, Class<?> type, Set<String> without, Opening opening) {
    Map<String, List<Method>> byName =
        Arrays.stream(type.getMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .filter(
                method -> !FREE.contains(method.getName()) && !without.contains(method.getName()))
            .sorted(Comparator.comparing(Method::toString))
            .collect(
                Collectors.groupingBy(
                    Method::getName, java.util.TreeMap::new, Collectors.toList()));
    byName.forEach(
        (name, methods) ->
            list.add(
                type.getSimpleName() + "." + name,
                type.getSimpleName() + "." + name + ": SQLException on a closed one",
                scene -> {
                  Object closed = opening.closed(scene);
                  for (Method method : methods) {
                    call(method, closed);
                  }
                }));
  }

  private static void call(Method method, Object closed) throws Exception {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(ClosedChecks::argument).toArray();
    try {
      Object answer = method.invoke(closed, arguments);
      throw new BrokenPromise(method + " answers " + Expect.shown(answer));
    } catch (InvocationTargetException e) {
      Expect.that(e.getCause() instanceof SQLException, method + " throws " + e.getCause());
    }
  }

  private static Object argument(Class<?> type) {
    if (type == int.class) {
      return 1;
    } else if (type == long.class) {
      return 1L;
    } else if (type == boolean.class) {
      return false;
    } else if (type == byte.class) {
      return (byte) 1;
    } else if (type == short.class) {
      return (short) 1;
    } else if (type == float.class) {
      return 1f;
    } else if (type == double.class) {
      return 1d;
    } else if (type == String.class) {
      return "a";
    } else if (type == Object.class) {
      return "a";
    } else if (type == BigDecimal.class) {
      return BigDecimal.ONE;
    } else if (type == byte[].class) {
      return new byte[] {1};
    } else if (type == int[].class) {
      return new int[] {1};
    } else if (type == String[].class) {
      return new String[] {"a"};
    } else if (type == Object[].class) {
      return new Object[] {1};
    } else if (type == Date.class) {
      return new Date(0);
    } else if (type == Time.class) {
      return new Time(0);
    } else if (type == Timestamp.class) {
      return new Timestamp(0);
    } else if (type == Calendar.class) {
      return Calendar.getInstance();
    } else if (type == Class.class) {
      return String.class;
    } else if (type == SQLType.class) {
      return java.sql.JDBCType.INTEGER;
    } else if (InputStream.class.isAssignableFrom(type)) {
      return InputStream.nullInputStream();
    } else if (Reader.class.isAssignableFrom(type)) {
      return new StringReader("a");
    } else if (type == Map.class) {
      return Map.of();
    } else if (type == java.util.Properties.class) {
      return new java.util.Properties();
    } else if (type == java.util.concurrent.Executor.class) {
      return (java.util.concurrent.Executor) Runnable::run;
    } else if (type == java.net.URL.class) {
      return url();
    }
    return stand(type);
  }

  private static java.net.URL url() {
    try {
      return new java.net.URL("file:/a");
    } catch (java.net.MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An object of an interface of java.sql that says nothing. */
  private static Object stand(Class<?> type) {
    return java.lang.reflect.Proxy.newProxyInstance(
        ClosedChecks.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          throw new SQLException("a stand-in");
        });
  }
}
