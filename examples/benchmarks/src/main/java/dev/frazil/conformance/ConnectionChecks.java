package dev.frazil.conformance;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.concurrent.Executors;

/** The settings and the life of a connection, and its driver. */
final class ConnectionChecks {
  private ConnectionChecks() {}

  static List<Check> checks() {
    CheckList list = new CheckList("connections");
    addSettings(list);
    addLife(list);
    return list.checks();
  }

  private static int rows(Scene scene, String table) throws Exception {
    return scene.row("SELECT count(*) FROM " + table).getInt(1);
  }

  private static void addSettings(CheckList list) {
    list.add(
        "setReadOnly",
        "Connection.setReadOnly, isReadOnly",
        scene -> {
          Connection connection = scene.connection();
          Expect.equal(false, connection.isReadOnly());
          connection.setReadOnly(true);
          Expect.equal(1, scene.row("SELECT 1 AS a").getInt(1));
          connection.setReadOnly(false);
          Expect.equal(false, connection.isReadOnly());
        });
    list.add(
        "setReadOnly in a transaction",
        "Connection.setReadOnly: SQLException if during a transaction, or done",
        scene -> {
          scene.connection().setAutoCommit(false);
          scene.row("SELECT x FROM conf_rows");
          try {
            scene.connection().setReadOnly(true);
          } catch (java.sql.SQLException e) {
            return;
          }
          Expect.equal(1, scene.row("SELECT 1 AS a").getInt(1));
        });
    list.add(
        "setCatalog of the catalog",
        "Connection.setCatalog",
        scene -> {
          Connection connection = scene.connection();
          String catalog = connection.getCatalog();
          connection.setCatalog(catalog);
          Expect.equal(catalog, connection.getCatalog());
        });
    list.add(
        "setSchema",
        "Connection.setSchema, getSchema",
        scene -> {
          if (scene.dialect().lacks(Dialect.Trait.NO_SCHEMA)) {
            throw new LackingFeature("no schemas");
          }
          String schema = scene.stored("conf_s" + scene.fresh());
          scene.execute("CREATE SCHEMA " + schema);
          scene.connection().setSchema(schema);
          Expect.equal(schema, scene.connection().getSchema());
          scene.execute("CREATE TABLE only_here (a integer)");
          ResultSet rows =
              scene
                  .connection()
                  .getMetaData()
                  .getTables(null, schema, scene.stored("only_here"), null);
          Expect.that(rows.next(), "not made in the schema");
        });
    list.add(
        "setHoldability",
        "Connection.setHoldability, getHoldability",
        scene -> {
          Connection connection = scene.connection();
          int holdability = connection.getHoldability();
          connection.setHoldability(holdability);
          Expect.equal(holdability, connection.getHoldability());
        });
    list.add(
        "setHoldability of nonsense fails",
        "Connection.setHoldability",
        scene ->
            Expect.fails(
                () -> {
                  scene.connection().setHoldability(99);
                  return "set";
                }));
    list.add(
        "getTypeMap and setTypeMap",
        "Connection.getTypeMap: empty if none was set",
        scene -> {
          Expect.that(scene.connection().getTypeMap().isEmpty(), "not empty");
          scene.connection().setTypeMap(new java.util.HashMap<>());
        });
    list.add(
        "nativeSQL",
        "Connection.nativeSQL",
        scene -> {
          String sql = scene.connection().nativeSQL("SELECT {fn abs(-1)} AS a");
          Expect.that(!sql.contains("{fn"), sql);
        });
    list.add(
        "getClientInfo",
        "Connection.getClientInfo",
        scene -> Expect.that(scene.connection().getClientInfo() != null, "null"));
    list.add(
        "setClientInfo of ApplicationName",
        "Connection.setClientInfo: a property that is not" + " supported is a warning",
        scene -> {
          Connection connection = scene.connection();
          connection.setClientInfo("ApplicationName", "conformance");
          if (connection.getWarnings() == null) {
            Expect.equal("conformance", connection.getClientInfo("ApplicationName"));
          }
        });
    list.add(
        "setClientInfo of an unknown name",
        "Connection.setClientInfo: a warning, no failure",
        scene -> {
          scene.connection().setClientInfo("NoSuchProperty", "x");
          Expect.that(scene.connection().getWarnings() != null, "no warning");
        });
    list.add(
        "setNetworkTimeout",
        "Connection.setNetworkTimeout, getNetworkTimeout",
        scene -> {
          Connection connection = scene.connection();
          connection.setNetworkTimeout(Runnable::run, 60_000);
          Expect.equal(60_000, connection.getNetworkTimeout());
        });
    list.add(
        "getNetworkTimeout at first",
        "Connection.getNetworkTimeout: 0 means no limit",
        scene -> Expect.that(scene.connection().getNetworkTimeout() >= 0, "negative"));
    list.add(
        "getWarnings",
        "Connection.getWarnings: null if there are none",
        scene -> {
          scene.connection().clearWarnings();
          Expect.equal(null, scene.connection().getWarnings());
        });
    list.add(
        "createArrayOf",
        "Connection.createArrayOf",
        scene -> {
          scene.dialect().type(Kind.ARRAY);
          java.sql.Array array = scene.connection().createArrayOf("INTEGER", new Object[] {1, 2});
          Expect.equal(2, ((Object[]) array.getArray()).length);
          array.free();
        });
    list.add(
        "createBlob, createClob, createNClob",
        "Connection.createBlob and its like: empty",
        scene -> {
          Expect.equal(0L, scene.connection().createBlob().length());
          Expect.equal(0L, scene.connection().createClob().length());
          Expect.equal(0L, scene.connection().createNClob().length());
        });
    list.add(
        "beginRequest and endRequest",
        "Connection.beginRequest, endRequest",
        scene -> {
          scene.connection().beginRequest();
          scene.connection().endRequest();
        });
  }

  private static void addLife(CheckList list) {
    list.add(
        "isValid",
        "Connection.isValid",
        scene -> {
          Expect.equal(true, scene.connection().isValid(5));
          scene.connection().close();
          Expect.equal(false, scene.connection().isValid(5));
        });
    list.add(
        "isValid of -1 fails",
        "Connection.isValid: SQLException if timeout is less than 0",
        scene -> Expect.fails(() -> scene.connection().isValid(-1)));
    list.add(
        "close twice",
        "Connection.close: no-op on a closed connection",
        scene -> {
          scene.connection().close();
          scene.connection().close();
          Expect.equal(true, scene.connection().isClosed());
        });
    list.add(
        "close closes statements and result sets",
        "Connection.close: releases its resources",
        scene -> {
          java.sql.Statement statement = scene.statement();
          ResultSet rows = statement.executeQuery("SELECT 1 AS a");
          scene.connection().close();
          Expect.that(statement.isClosed(), "the statement is open");
          Expect.that(rows.isClosed(), "the result set is open");
        });
    list.add(
        "close rolls nothing half in",
        "Connection.close: commit or roll back before; what"
            + " happens is implementation-defined, but whole",
        scene -> {
          String table = scene.table("a integer");
          Connection other = scene.another();
          other.setAutoCommit(false);
          other.createStatement().executeUpdate("INSERT INTO " + table + " VALUES (1), (2)");
          other.close();
          int rows = rows(scene, table);
          Expect.that(rows == 0 || rows == 2, rows + " rows");
        });
    list.add(
        "abort",
        "Connection.abort: marked closed",
        scene -> {
          Connection other = scene.another();
          java.util.concurrent.ExecutorService executor = Executors.newSingleThreadExecutor();
          other.abort(executor);
          executor.shutdown();
          Expect.that(
              executor.awaitTermination(5, java.util.concurrent.TimeUnit.SECONDS), "no end");
          Expect.equal(true, other.isClosed());
          other.abort(Runnable::run);
        });
    list.add(
        "abort without an executor fails",
        "Connection.abort: SQLException if the executor is null",
        scene -> {
          Connection other = scene.another();
          Expect.fails(
              () -> {
                other.abort(nothing());
                return "aborted";
              });
        });
    list.add(
        "the driver of a URL",
        "DriverManager.getDriver, Driver.acceptsURL, JDBC 9.2",
        scene -> {
          String url = scene.dialect().url();
          Expect.equal(true, DriverManager.getDriver(url).acceptsURL(url));
        });
    list.add(
        "a URL of another driver",
        "Driver.connect: null if the URL is of the wrong kind",
        scene -> {
          java.sql.Driver driver = DriverManager.getDriver(scene.dialect().url());
          Expect.equal(false, driver.acceptsURL("jdbc:nothing:at:all"));
          Expect.equal(null, driver.connect("jdbc:nothing:at:all", new java.util.Properties()));
        });
    list.add(
        "getPropertyInfo",
        "Driver.getPropertyInfo",
        scene -> {
          java.sql.Driver driver = DriverManager.getDriver(scene.dialect().url());
          for (java.sql.DriverPropertyInfo info :
              driver.getPropertyInfo(scene.dialect().url(), new java.util.Properties())) {
            Expect.that(info.name != null && !info.name.isEmpty(), "a property without a name");
          }
        });
    list.add(
        "every property is described",
        "DriverPropertyInfo.description",
        scene -> {
          java.sql.Driver driver = DriverManager.getDriver(scene.dialect().url());
          for (java.sql.DriverPropertyInfo info :
              driver.getPropertyInfo(scene.dialect().url(), new java.util.Properties())) {
            Expect.that(info.description != null && !info.description.isBlank(), info.name);
          }
        });
    list.add(
        "the versions of the driver",
        "Driver.getMajorVersion, DatabaseMetaData.getDriverMajorVersion",
        scene -> {
          java.sql.Driver driver = DriverManager.getDriver(scene.dialect().url());
          Expect.equal(
              scene.connection().getMetaData().getDriverMajorVersion(), driver.getMajorVersion());
          Expect.equal(
              scene.connection().getMetaData().getDriverMinorVersion(), driver.getMinorVersion());
        });
    list.add(
        "getParentLogger",
        "Driver.getParentLogger",
        scene ->
            Expect.that(
                DriverManager.getDriver(scene.dialect().url()).getParentLogger() != null, "null"));
  }

  @SuppressWarnings("NullAway") // a client's mistake, made on purpose
  private static java.util.concurrent.Executor nothing() {
    return null;
  }
}
