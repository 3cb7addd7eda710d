package dev.frazil.jdbc;

import static java.util.Map.entry;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLType;
import java.sql.Savepoint;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Calendar;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sensible arguments for each method; one that nobody thought of is an error. */
final class MethodArguments {
  /** The column that a getter reads or a setter writes, by the end of its name. */
  private static final Map<String, String> COLUMNS =
      Map.ofEntries(
          entry("Array", "a"),
          entry("AsciiStream", "v"),
          entry("BigDecimal", "m"),
          entry("BinaryStream", "vb"),
          entry("Blob", "vb"),
          entry("Boolean", "b"),
          entry("Byte", "i"),
          entry("Bytes", "vb"),
          entry("CharacterStream", "v"),
          entry("Clob", "v"),
          entry("Date", "da"),
          entry("Double", "d"),
          entry("Float", "r"),
          entry("Int", "i"),
          entry("Long", "l"),
          entry("NCharacterStream", "v"),
          entry("NClob", "v"),
          entry("NString", "v"),
          entry("Null", "i"),
          entry("Object", "i"),
          entry("Ref", "v"),
          entry("RowId", "v"),
          entry("SQLXML", "v"),
          entry("Short", "i"),
          entry("String", "v"),
          entry("Time", "ti"),
          entry("Timestamp", "ts"),
          entry("URL", "v"),
          entry("UnicodeStream", "v"));

  /** Texts of methods that take SQL, a name or a value. */
  private static final Map<String, Object> TEXTS =
      Map.ofEntries(
          entry("addBatch", "INSERT INTO kinds (i) VALUES (7)"),
          entry("createArrayOf", "integer"),
          entry("createStruct", "row(x integer)"),
          entry("enquoteIdentifier", "a b"),
          entry("enquoteLiteral", "it's"),
          entry("enquoteNCharLiteral", "it's"),
          entry("execute", "INSERT INTO kinds (i) VALUES (7)"),
          entry("executeLargeUpdate", "INSERT INTO kinds (i) VALUES (7)"),
          entry("executeQuery", "SELECT 1"),
          entry("executeUpdate", "INSERT INTO kinds (i) VALUES (7)"),
          entry("findColumn", "v"),
          entry("getClientInfo", "ApplicationName"),
          entry("isSimpleIdentifier", "name"),
          entry("nativeSQL", "SELECT {fn abs(-1)}"),
          entry("position", "e"),
          entry("prepareCall", "CALL system.rewrite_data_files(table => 'main.kinds')"),
          entry("prepareStatement", "SELECT 1"),
          entry("setCatalog", "main"),
          entry("setClientInfo", "ApplicationName"),
          entry("setCursorName", "c"),
          entry("setSavepoint", "here"),
          entry("setSchema", "main"),
          entry("setString", "text"));

  private MethodArguments() {}

  static @Nullable String column(Method method) {
    return COLUMNS.get(method.getName().replaceFirst("^(get|set|update)", ""));
  }

  /**
   * The arguments of a call.
   *
   * @param connection gives values that a program asks of it
   */
  static @Nullable Object[] of(Class<?> type, Method method, Connection connection, String url)
      throws Exception {
    Class<?>[] types = method.getParameterTypes();
    @Nullable Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = argument(type, method, i, connection, url);
    }
    return arguments;
  }

  private static @Nullable Object argument(
      Class<?> type, Method method, int at, Connection connection, String url) throws Exception {
    Class<?> wanted = method.getParameterTypes()[at];
    boolean rows = type == ResultSet.class || CallableStatement.class.isAssignableFrom(type);
    boolean parameters = type == PreparedStatement.class;
    if ((rows || parameters) && at == 0 && method.getName().matches("(get|set|update)[A-Z].*")) {
      String column = column(method);
      if (column != null) {
        return wanted == String.class ? column : rows ? position(connection, column) : 1;
      }
    }
    if (wanted == String.class) {
      return text(type, method, at, url);
    }
    if (wanted == int.class) {
      return number(method, at);
    }
    return value(type, method, wanted, connection);
  }

  private static int position(Connection connection, String column) throws Exception {
    try (ResultSet rows = connection.getMetaData().getColumns(null, "main", "kinds", column)) {
      rows.next();
      return rows.getInt("ORDINAL_POSITION");
    }
  }

  private static @Nullable Object text(Class<?> type, Method method, int at, String url) {
    if (type == DatabaseMetaData.class) {
      String[] metadata = {null, "main", "kinds", "%", "main", "kinds"};
      return method.getParameterCount() == 1
          ? "%"
          : method.getName().equals("getSchemas") && at == 1 ? "%" : metadata[at];
    } else if (type == java.sql.Driver.class) {
      return url;
    } else if (type == javax.sql.DataSource.class
        || javax.sql.PooledConnection.class == type
        || type == javax.sql.ConnectionPoolDataSource.class) {
      return "name";
    } else if (CallableStatement.class == type) {
      return "name";
    } else if (at > 0 && method.getName().matches("(set|update)(N?String|ClientInfo|Null)")) {
      return "text";
    }
    Object found = TEXTS.get(method.getName());
    if (found == null) {
      throw new AssertionError("no scenario for the text of " + method);
    }
    return found;
  }

  private static int number(Method method, int at) {
    String name = method.getName();
    int types = method.getParameterCount();
    return switch (name) {
      case "createStatement", "prepareStatement", "prepareCall" -> {
        int first = name.equals("createStatement") ? 0 : 1;
        boolean keys = name.equals("prepareStatement") && types == 2;
        yield keys || at == first + 2
            ? 1
            : at == first ? ResultSet.TYPE_FORWARD_ONLY : ResultSet.CONCUR_READ_ONLY;
      }
      case "setFetchDirection" -> ResultSet.FETCH_FORWARD;
      case "setNull", "updateNull" -> Types.INTEGER;
      case "setObject", "updateObject" -> at == 2 ? Types.INTEGER : 0;
      case "registerOutParameter" -> at == 0 ? 1 : at == 1 ? Types.INTEGER : 0;
      case "setTransactionIsolation", "supportsTransactionIsolationLevel" ->
          Connection.TRANSACTION_SERIALIZABLE;
      case "supportsResultSetConcurrency" ->
          at == 0 ? ResultSet.TYPE_FORWARD_ONLY : ResultSet.CONCUR_READ_ONLY;
      case "supportsConvert" -> at == 0 ? Types.INTEGER : Types.VARCHAR;
      case "setNetworkTimeout" -> 60_000;
      case "setBytes", "setString" -> at == 2 ? 0 : 1;
      default -> name.matches("(owns?|others|supports|updates|deletes|inserts).*") ? 1003 : 1;
    };
  }

  private static @Nullable Object value(
      Class<?> type, Method method, Class<?> wanted, Connection connection) throws Exception {
    if (wanted == long.class) {
      return 1L;
    } else if (wanted == boolean.class) {
      return false;
    } else if (wanted == byte.class) {
      return (byte) 1;
    } else if (wanted == short.class) {
      return (short) 1;
    } else if (wanted == float.class) {
      return 1f;
    } else if (wanted == double.class) {
      return 1d;
    } else if (wanted == BigDecimal.class) {
      return BigDecimal.ONE;
    } else if (wanted == byte[].class) {
      return new byte[] {1};
    } else if (wanted == int[].class) {
      return type == DatabaseMetaData.class ? null : new int[] {1};
    } else if (wanted == String[].class) {
      return type == DatabaseMetaData.class ? null : new String[] {"i"};
    } else if (wanted == Object[].class) {
      return new Object[] {1};
    } else if (wanted == Object.class) {
      return 1;
    } else if (wanted == SQLType.class) {
      return JDBCType.INTEGER;
    } else if (wanted == Class.class) {
      return type == java.sql.Wrapper.class ? Connection.class : Integer.class;
    } else if (wanted == Date.class) {
      return Date.valueOf("2024-02-29");
    } else if (wanted == Time.class) {
      return Time.valueOf("12:34:56");
    } else if (wanted == Timestamp.class) {
      return Timestamp.valueOf("2024-02-29 12:34:56");
    } else if (wanted == Calendar.class) {
      return Calendar.getInstance();
    } else if (wanted == InputStream.class) {
      return new ByteArrayInputStream(new byte[] {'1'});
    } else if (wanted == Reader.class) {
      return new StringReader("1");
    } else if (wanted == Map.class) {
      return Map.of();
    } else if (wanted == Properties.class) {
      return new Properties();
    } else if (wanted == Executor.class) {
      return (Executor) Runnable::run;
    } else if (wanted == PrintWriter.class) {
      return new PrintWriter(Writer.nullWriter());
    } else if (wanted == java.net.URL.class) {
      return new java.net.URL("http://localhost/");
    } else if (wanted == Blob.class) {
      Blob blob = connection.createBlob();
      blob.setBytes(1, new byte[] {1});
      return blob;
    } else if (wanted == NClob.class) {
      return connection.createNClob();
    } else if (wanted == Clob.class) {
      Clob clob = connection.createClob();
      clob.setString(1, "e");
      return clob;
    } else if (wanted == Array.class) {
      return connection.createArrayOf("integer", new Object[] {1});
    } else if (wanted == Savepoint.class) {
      return connection.setSavepoint();
    } else if (wanted.isInterface()) {
      return silent(wanted);
    }
    throw new AssertionError("no scenario for a " + wanted + " of " + method);
  }

  /** What only another driver could make (ROWID, REF, SQLXML, sharding keys), and listeners. */
  private static Object silent(Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
  }
}
