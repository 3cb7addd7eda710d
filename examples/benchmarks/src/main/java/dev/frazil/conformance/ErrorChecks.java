package dev.frazil.conformance;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is thrown: SQLStates, the classes that JDBC has for them, and the end of work from outside.
 */
final class ErrorChecks {
  /** A thousand million rows: minutes, unless it is ended. */
  private static final String LONG =
      "SELECT count(*) FROM conf_rows a, conf_rows b, conf_rows c"
          + " WHERE a.x + b.x * 3 + c.x * 7 = 13";

  private ErrorChecks() {}

  static List<Check> checks() {
    CheckList list = new CheckList("errors and cancellation");
    wrong(list, "a syntax error", "SELEC 1", "42", SQLSyntaxErrorException.class);
    wrong(
        list,
        "an unknown table",
        "SELECT * FROM no_such_table",
        "42",
        SQLSyntaxErrorException.class);
    wrong(
        list,
        "an unknown column",
        "SELECT no_such_column FROM conf_rows",
        "42",
        SQLSyntaxErrorException.class);
    wrong(
        list,
        "an unknown function",
        "SELECT no_such_function(1)",
        "42",
        SQLSyntaxErrorException.class);
    wrong(
        list,
        "a division by zero",
        "SELECT 1 / (x - 1) FROM conf_rows",
        "22",
        SQLDataException.class);
    wrong(list, "a cast of a word", "SELECT CAST('word' AS integer)", "22", SQLDataException.class);
    wrong(
        list,
        "a number that does not fit",
        "SELECT CAST(3000000000 AS integer)",
        "22",
        SQLDataException.class);
    wrong(
        list,
        "a row with a key that is there",
        "INSERT INTO conf_keyed VALUES (1, 1, 'x')",
        "23",
        SQLIntegrityConstraintViolationException.class);
    wrong(
        list,
        "a row without its key",
        "INSERT INTO conf_keyed (part, name) VALUES (1, 'x')",
        "23",
        SQLIntegrityConstraintViolationException.class);
    wrong(
        list,
        "a table that is there",
        "CREATE TABLE conf_rows (x integer)",
        "42",
        SQLSyntaxErrorException.class);
    list.add(
        "a check that fails",
        "SQLIntegrityConstraintViolationException: SQLState class 23",
        scene -> {
          String table = scene.table("a integer CHECK (a > 0)");
          Expect.fails(
              SQLIntegrityConstraintViolationException.class,
              "23",
              () -> {
                scene.execute("INSERT INTO " + table + " VALUES (-1)");
                return "in";
              });
        });
    list.add(
        "a closed connection",
        "SQLNonTransientConnectionException: SQLState class 08",
        scene -> {
          scene.connection().close();
          Expect.fails(SQLNonTransientConnectionException.class, "08", () -> scene.statement());
        });
    list.add(
        "a closed statement",
        "JDBC 8.1: SQLState of X/Open or SQL:2003",
        scene -> {
          Statement statement = scene.statement();
          statement.close();
          SQLException thrown = Expect.fails(() -> statement.executeQuery("SELECT 1 AS a"));
          Expect.that(
              thrown.getSQLState() != null && thrown.getSQLState().length() == 5,
              "SQLState " + thrown.getSQLState());
        });
    list.add(
        "getNextException and the iterator",
        "JDBC 8.1.1: SQLException is an Iterable of all",
        scene -> {
          SQLException thrown = Expect.fails(() -> scene.query("SELEC 1"));
          int count = 0;
          for (Throwable each : thrown) {
            Expect.that(each.getMessage() != null, "no message");
            count++;
          }
          Expect.that(count >= 1, "empty");
        });
    list.add("cancel from another thread", "Statement.cancel, JDBC 13.1", ErrorChecks::cancel);
    list.add(
        "a cancelled statement runs again",
        "Statement.cancel",
        scene -> {
          Statement statement = cancel(scene);
          Expect.that(statement.executeQuery("SELECT 1 AS a").next(), "no row");
        });
    list.add(
        "a cancelled connection is usable",
        "Statement.cancel",
        scene -> {
          cancel(scene);
          Expect.equal(1, scene.row("SELECT 1 AS a").getInt(1));
        });
    list.add("setQueryTimeout ends a query", "Statement.setQueryTimeout", scene -> timeout(scene));
    list.add(
        "a timeout is a SQLTimeoutException",
        "Statement.executeQuery: SQLTimeoutException when" + " the timeout value has been exceeded",
        scene -> {
          SQLException thrown = timeout(scene);
          Expect.that(thrown instanceof SQLTimeoutException, "a " + thrown.getClass().getName());
        });
    list.add(
        "a timeout leaves the statement usable",
        "Statement.setQueryTimeout",
        scene -> {
          timeout(scene);
          Expect.equal(1, scene.row("SELECT 1 AS a").getInt(1));
        });
    list.add(
        "a timeout is off again",
        "Statement.setQueryTimeout: 0 means there is no limit",
        scene -> {
          Statement statement = scene.statement();
          statement.setQueryTimeout(1);
          statement.setQueryTimeout(0);
          Expect.that(statement.executeQuery("SELECT x FROM conf_rows").next(), "no row");
        });
    list.add(
        "abort ends work",
        "Connection.abort: any thread that is accessing a connection will"
            + " either progress to completion or throw a SQLException",
        scene -> {
          java.sql.Connection other = scene.another();
          Statement statement = other.createStatement();
          AtomicReference<Throwable> thrown = new AtomicReference<>();
          Thread work = running(statement, thrown);
          Thread.sleep(300);
          other.abort(Runnable::run);
          work.join(10_000);
          Expect.that(!work.isAlive(), "still at work after 10 s");
          Expect.that(thrown.get() instanceof SQLException, "thrown: " + thrown.get());
        });
    list.add(
        "two connections in two threads",
        "JDBC 9.1: each connection is a session",
        scene -> {
          java.sql.Connection first = scene.another();
          java.sql.Connection second = scene.another();
          AtomicReference<Throwable> thrown = new AtomicReference<>();
          Thread one = summing(first, thrown);
          Thread two = summing(second, thrown);
          one.join(15_000);
          two.join(15_000);
          Expect.that(thrown.get() == null, "thrown: " + thrown.get());
        });
    list.add(
        "one connection handed from thread to thread",
        "JDBC 11: pools do",
        scene -> {
          AtomicReference<Throwable> thrown = new AtomicReference<>();
          for (int turn = 0; turn < 3; turn++) {
            summing(scene.connection(), thrown).join(15_000);
          }
          Expect.that(thrown.get() == null, "thrown: " + thrown.get());
        });
    return list.checks();
  }

  private static void wrong(
      CheckList list, String name, String sql, String state, Class<? extends SQLException> type) {
    list.add(
        name + ": SQLState",
        "JDBC 8.1: SQLState of X/Open or SQL:2003",
        scene -> {
          Expect.fails(
              SQLException.class,
              state,
              () -> {
                drain(scene, sql);
                return "done";
              });
        });
    list.add(
        name + ": class",
        type.getSimpleName() + ": thrown when the SQLState class is " + state,
        scene -> {
          SQLException thrown =
              Expect.fails(
                  () -> {
                    drain(scene, sql);
                    return "done";
                  });
          Expect.that(type.isInstance(thrown), "a " + thrown.getClass().getName());
        });
  }

  private static void drain(Scene scene, String sql) throws Exception {
    try (Statement statement = scene.statement()) {
      if (statement.execute(sql)) {
        java.sql.ResultSet rows = statement.getResultSet();
        while (rows.next()) {
          rows.getObject(1);
        }
      }
    }
  }

  private static Statement cancel(Scene scene) throws Exception {
    Statement statement = scene.statement();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread work = running(statement, thrown);
    Thread.sleep(300);
    statement.cancel();
    work.join(10_000);
    Expect.that(!work.isAlive(), "still at work 10 s after cancel");
    Expect.that(thrown.get() instanceof SQLException, "thrown: " + thrown.get());
    return statement;
  }

  private static Thread running(Statement statement, AtomicReference<Throwable> thrown) {
    Thread work =
        new Thread(
            () -> {
              try {
                statement.executeQuery(LONG).next();
              } catch (SQLException | RuntimeException e) {
                thrown.set(e);
              }
            },
            "work");
    work.setDaemon(true);
    work.start();
    return work;
  }

  private static Thread summing(java.sql.Connection connection, AtomicReference<Throwable> thrown) {
    Thread work =
        new Thread(
            () -> {
              try (Statement statement = connection.createStatement()) {
                for (int run = 0; run < 20; run++) {
                  java.sql.ResultSet rows = statement.executeQuery("SELECT sum(x) FROM conf_rows");
                  Expect.that(rows.next() && rows.getLong(1) == 500500, "a wrong sum");
                }
              } catch (SQLException | RuntimeException e) {
                thrown.set(e);
              }
            },
            "sums");
    work.setDaemon(true);
    work.start();
    return work;
  }

  private static SQLException timeout(Scene scene) throws Exception {
    Statement statement = scene.statement();
    statement.setQueryTimeout(1);
    long begin = System.nanoTime();
    SQLException thrown = Expect.fails(() -> statement.executeQuery(LONG).next());
    long millis = (System.nanoTime() - begin) / 1_000_000;
    Expect.that(millis < 8_000, "after " + millis + " ms");
    return thrown;
  }
}
