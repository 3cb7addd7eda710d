package dev.frazil.conformance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Savepoint;
import java.util.List;

/** Transactions and savepoints. */
final class TransactionChecks {
  private TransactionChecks() {}

  static List<Check> checks() {
    CheckList list = new CheckList("transactions");
    addTransactions(list);
    addSavepoints(list);
    return list.checks();
  }

  private static void addTransactions(CheckList list) {
    list.add(
        "autocommit is on at first",
        "JDBC 10.1.1",
        scene -> Expect.equal(true, scene.connection().getAutoCommit()));
    list.add(
        "commit keeps",
        "Connection.commit",
        scene -> {
          String table = scene.table("a integer");
          scene.begin();
          scene.execute("INSERT INTO " + table + " VALUES (1)");
          scene.connection().commit();
          Connection other = scene.another();
          ResultSet rows = other.createStatement().executeQuery("SELECT count(*) FROM " + table);
          Expect.that(rows.next(), "no row");
          Expect.equal(1, rows.getInt(1));
        });
    list.add(
        "rollback undoes",
        "Connection.rollback",
        scene -> {
          String table = scene.table("a integer");
          scene.begin();
          scene.execute("INSERT INTO " + table + " VALUES (1)");
          Expect.equal(1, rows(scene, table));
          scene.connection().rollback();
          Expect.equal(0, rows(scene, table));
        });
    list.add(
        "what is not committed is not seen",
        "JDBC 10.2: dirty reads",
        scene -> {
          String table = scene.numbered(1);
          scene.begin();
          scene.execute("INSERT INTO " + table + " VALUES (2, 'x')");
          Connection other = scene.another();
          if (other.getTransactionIsolation() == Connection.TRANSACTION_READ_UNCOMMITTED) {
            throw new LackingFeature("dirty reads by default");
          }
          ResultSet rows = other.createStatement().executeQuery("SELECT count(*) FROM " + table);
          Expect.that(rows.next(), "no row");
          Expect.equal(1, rows.getInt(1));
        });
    list.add(
        "setAutoCommit(true) commits",
        "Connection.setAutoCommit: if called during a"
            + " transaction and the mode is changed, the transaction is committed",
        scene -> {
          String table = scene.table("a integer");
          scene.begin();
          scene.execute("INSERT INTO " + table + " VALUES (1)");
          scene.connection().setAutoCommit(true);
          scene.begin();
          scene.connection().rollback();
          Expect.equal(1, rows(scene, table));
        });
    list.add(
        "commit in autocommit fails",
        "Connection.commit: SQLException in auto-commit mode",
        scene ->
            Expect.fails(
                () -> {
                  scene.connection().commit();
                  return "committed";
                }));
    list.add(
        "rollback in autocommit fails",
        "Connection.rollback: SQLException in auto-commit mode",
        scene ->
            Expect.fails(
                () -> {
                  scene.connection().rollback();
                  return "rolled back";
                }));
    list.add(
        "a constraint that fails leaves the transaction to roll back",
        "JDBC 10.1",
        scene -> {
          String table = scene.table("a integer PRIMARY KEY");
          scene.begin();
          scene.execute("INSERT INTO " + table + " VALUES (1)");
          Expect.fails(
              () -> {
                scene.execute("INSERT INTO " + table + " VALUES (1)");
                return "in";
              });
          scene.connection().rollback();
          Expect.equal(0, rows(scene, table));
        });
    list.add(
        "several tables in one transaction",
        "JDBC 10.1",
        scene -> {
          String first = scene.table("a integer");
          String second = scene.table("a integer");
          scene.begin();
          scene.execute("INSERT INTO " + first + " VALUES (1)");
          scene.execute("INSERT INTO " + second + " VALUES (1)");
          scene.connection().rollback();
          Expect.equal(0, rows(scene, first) + rows(scene, second));
        });
    for (int level : new int[] {1, 2, 4, 8}) {
      list.add(
          "isolation " + level,
          "Connection.setTransactionIsolation: a level or, if it is not"
              + " supported, a more restrictive one",
          scene -> {
            Connection connection = scene.connection();
            boolean supported = connection.getMetaData().supportsTransactionIsolationLevel(level);
            try {
              connection.setTransactionIsolation(level);
            } catch (java.sql.SQLException e) {
              if (supported) {
                throw e;
              }
              throw new LackingFeature("no level " + level);
            }
            Expect.that(
                connection.getTransactionIsolation() >= level,
                "now " + connection.getTransactionIsolation());
          });
    }
    list.add(
        "isolation NONE fails",
        "Connection.setTransactionIsolation: TRANSACTION_NONE cannot be used",
        scene ->
            Expect.fails(
                () -> {
                  scene.connection().setTransactionIsolation(Connection.TRANSACTION_NONE);
                  return "set";
                }));
    list.add(
        "isolation of nonsense fails",
        "Connection.setTransactionIsolation",
        scene ->
            Expect.fails(
                () -> {
                  scene.connection().setTransactionIsolation(99);
                  return "set";
                }));
    list.add(
        "a result set over commit",
        "JDBC 15.1.3 and ResultSet.HOLD_CURSORS_OVER_COMMIT",
        scene -> {
          Connection connection = scene.connection();
          connection.setAutoCommit(false);
          ResultSet rows = scene.row("SELECT x FROM conf_rows ORDER BY x");
          boolean holds = rows.getHoldability() == ResultSet.HOLD_CURSORS_OVER_COMMIT;
          connection.commit();
          if (holds) {
            Expect.that(rows.next(), "no second row");
            Expect.equal(2, rows.getInt(1));
          } else {
            Expect.fails(rows::next);
          }
        });
  }

  private static void addSavepoints(CheckList list) {
    list.add(
        "an unnamed savepoint",
        "Connection.setSavepoint, Savepoint.getSavepointId",
        scene -> {
          String table = scene.table("a integer");
          Connection connection = transaction(scene);
          scene.execute("INSERT INTO " + table + " VALUES (1)");
          Savepoint point = connection.setSavepoint();
          scene.execute("INSERT INTO " + table + " VALUES (2)");
          connection.rollback(point);
          Expect.equal(1, rows(scene, table));
          point.getSavepointId();
          Expect.fails(point::getSavepointName);
        });
    list.add(
        "a named savepoint",
        "Connection.setSavepoint(String), Savepoint.getSavepointName",
        scene -> {
          String table = scene.table("a integer");
          Connection connection = transaction(scene);
          Savepoint point = connection.setSavepoint("here");
          scene.execute("INSERT INTO " + table + " VALUES (2)");
          connection.rollback(point);
          Expect.equal(0, rows(scene, table));
          Expect.equal("here", point.getSavepointName());
          Expect.fails(point::getSavepointId);
        });
    list.add(
        "a released savepoint is gone",
        "Connection.releaseSavepoint",
        scene -> {
          Connection connection = transaction(scene);
          Savepoint point = connection.setSavepoint("here");
          connection.releaseSavepoint(point);
          Expect.fails(
              () -> {
                connection.rollback(point);
                return "rolled back";
              });
        });
    list.add(
        "a savepoint in autocommit fails",
        "Connection.setSavepoint: SQLException in auto-commit mode",
        scene -> {
          needSavepoints(scene);
          Expect.fails(() -> scene.connection().setSavepoint());
        });
    list.add(
        "commit ends savepoints",
        "JDBC 10.4.2",
        scene -> {
          Connection connection = transaction(scene);
          Savepoint point = connection.setSavepoint();
          connection.commit();
          Expect.fails(
              () -> {
                connection.rollback(point);
                return "rolled back";
              });
        });
  }

  private static Connection transaction(Scene scene) throws Exception {
    needSavepoints(scene);
    scene.begin();
    return scene.connection();
  }

  private static void needSavepoints(Scene scene) throws Exception {
    if (!scene.connection().getMetaData().supportsSavepoints()) {
      throw new LackingFeature("no savepoints");
    }
  }

  private static int rows(Scene scene, String table) throws Exception {
    return scene.row("SELECT count(*) FROM " + table).getInt(1);
  }
}
