package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType.Primitive;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Calls every method of the java.sql interfaces with poor arguments: null, zero, minus one, empty.
 * Each returns or throws a SQLException with a SQLState and a message, on open and closed objects.
 */
class NoUncheckedExceptionTest {
  private enum Given {
    POOR,
    PLAUSIBLE
  }

  private static final Set<String> ENDING = Set.of("close", "abort", "wait", "hang");

  private record Face<T>(Class<T> type, T target) {}

  @ParameterizedTest
  @EnumSource(Given.class)
  void onlySqlExceptionsLeave(Given given) throws Exception {
    FakeEngine engine =
        FakeEngine.create()
            .value("q", Primitive.VARCHAR, "1", "2")
            .update("u", 1, Primitive.INTEGER);
    Connection connection = engine.connect();
    Statement statement = connection.createStatement();
    PreparedStatement prepared = connection.prepareStatement("u");
    ResultSet rows = statement.executeQuery("q");
    rows.next();
    List<Face<?>> faces =
        List.of(
            new Face<>(ResultSet.class, rows),
            new Face<>(ResultSetMetaData.class, rows.getMetaData()),
            new Face<>(ParameterMetaData.class, prepared.getParameterMetaData()),
            new Face<>(PreparedStatement.class, prepared),
            new Face<>(Statement.class, connection.createStatement()),
            new Face<>(DatabaseMetaData.class, connection.getMetaData()),
            new Face<>(Connection.class, connection));
    int calls = 0;
    List<String> complaints = new ArrayList<>();
    for (Face<?> face : faces) {
      calls += callAll(face, given, false, complaints);
    }
    rows.close();
    prepared.close();
    statement.close();
    connection.close();
    for (Face<?> face : faces) {
      callAll(face, given, true, complaints);
    }
    assertThat(complaints).isEmpty();
    assertThat(calls).isGreaterThan(600);
  }

  private static int callAll(Face<?> face, Given given, boolean closed, List<String> complaints)
      throws IllegalAccessException {
    int calls = 0;
    for (Method method : face.type().getMethods()) {
      if (ENDING.contains(method.getName())
          || Modifier.isStatic(method.getModifiers())
          || inherited(face.target(), method)) {
        continue;
      }
      calls++;
      Object[] values =
          Stream.of(method.getParameterTypes()).map(type -> argument(type, given)).toArray();
      String call = (closed ? "closed " : "") + method;
      try {
        Object result = method.invoke(face.target(), values);
        if (result instanceof AutoCloseable && !face.type().isInstance(result)) {
          assertThat(result).isNotNull();
        }
      } catch (InvocationTargetException e) {
        Throwable thrown = e.getCause();
        if (!(thrown instanceof SQLException failure)) {
          complaints.add(call + " threw " + thrown);
        } else if (failure.getSQLState() == null || failure.getMessage() == null) {
          complaints.add(call + " threw without SQLState or message: " + failure);
        } else if (failure.getSQLState().equals("XX000")) {
          complaints.add(call + " failed inside: " + failure);
        } else if (closed
            && !Set.of("08003", "0A000", "22023", "55000").contains(failure.getSQLState())) {
          complaints.add(call + " answers " + failure.getSQLState());
        }
      }
    }
    return calls;
  }

  /** Whether a default method of java.sql itself would run. */
  private static boolean inherited(Object target, Method method) {
    return Stream.of(target.getClass().getMethods())
        .filter(found -> found.getName().equals(method.getName()))
        .filter(found -> Arrays.equals(found.getParameterTypes(), method.getParameterTypes()))
        .allMatch(found -> found.getDeclaringClass().getPackageName().equals("java.sql"));
  }

  private static @Nullable Object argument(Class<?> type, Given given) {
    boolean poor = given == Given.POOR;
    if (type == int.class) {
      return poor ? -1 : 1;
    }
    if (type == long.class) {
      return poor ? -1L : 1L;
    }
    if (type == boolean.class) {
      return !poor;
    }
    if (type.isPrimitive()) {
      return Array.get(Array.newInstance(type, 1), 0);
    }
    if (poor) {
      return null;
    }
    if (type == String.class) {
      return "c";
    }
    if (type == Class.class) {
      return Integer.class;
    }
    return type.isArray() ? Array.newInstance(type.getComponentType(), 0) : null;
  }
}
