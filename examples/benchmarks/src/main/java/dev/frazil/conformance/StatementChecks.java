package dev.frazil.conformance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The life of a statement: how it is run and what it gives. */
final class StatementChecks {
  private StatementChecks() {}

  static List<Check> checks() {
    CheckList list = new CheckList("statements");
    addRuns(list);
    addLife(list);
    return list.checks();
  }

  private static void addRuns(CheckList list) {
    list.add(
        "execute of a query",
        "Statement.execute, getResultSet, getUpdateCount",
        scene -> {
          Statement statement = scene.statement();
          Expect.equal(true, statement.execute("SELECT 1 AS a"));
          Expect.equal(-1, statement.getUpdateCount());
          Expect.that(statement.getResultSet().next(), "no row");
        });
    list.add(
        "execute of an update",
        "Statement.execute, getResultSet, getUpdateCount",
        scene -> {
          String table = scene.table("a integer");
          Statement statement = scene.statement();
          Expect.equal(false, statement.execute("INSERT INTO " + table + " VALUES (1), (2)"));
          Expect.equal(2, statement.getUpdateCount());
          Expect.equal(null, statement.getResultSet());
        });
    list.add(
        "getMoreResults ends",
        "Statement.getMoreResults: no more results when"
            + " !getMoreResults() and getUpdateCount() == -1",
        scene -> {
          Statement statement = scene.statement();
          statement.execute("SELECT 1 AS a");
          ResultSet rows = statement.getResultSet();
          Expect.equal(false, statement.getMoreResults());
          Expect.equal(-1, statement.getUpdateCount());
          Expect.that(rows.isClosed(), "the current ResultSet is implicitly closed");
        });
    list.add(
        "getMoreResults after an update ends",
        "Statement.getMoreResults",
        scene -> {
          String table = scene.table("a integer");
          Statement statement = scene.statement();
          statement.execute("INSERT INTO " + table + " VALUES (1)");
          Expect.equal(false, statement.getMoreResults());
          Expect.equal(-1, statement.getUpdateCount());
        });
    list.add(
        "executeQuery of an update fails",
        "Statement.executeQuery: SQLException if the SQL"
            + " statement produces anything other than a single ResultSet",
        scene -> {
          String table = scene.table("a integer");
          Statement statement = scene.statement();
          Expect.fails(() -> statement.executeQuery("INSERT INTO " + table + " VALUES (1)"));
        });
    list.add(
        "executeUpdate of a query fails",
        "Statement.executeUpdate: SQLException if the SQL" + " statement produces a ResultSet",
        scene -> {
          Statement statement = scene.statement();
          Expect.fails(() -> statement.executeUpdate("SELECT 1 AS a"));
        });
    list.add(
        "executeUpdate counts rows",
        "Statement.executeUpdate",
        scene -> {
          String table = scene.numbered(5);
          Statement statement = scene.statement();
          Expect.equal(
              3, statement.executeUpdate("UPDATE " + table + " SET name = 'x' WHERE id > 2"));
          Expect.equal(2, statement.executeUpdate("DELETE FROM " + table + " WHERE id < 3"));
          Expect.equal(0, statement.executeUpdate("DELETE FROM " + table + " WHERE id < 3"));
        });
    list.add(
        "executeUpdate of DDL gives 0",
        "Statement.executeUpdate: 0 for SQL statements that" + " return nothing",
        scene -> {
          Statement statement = scene.statement();
          String name = "conf_t" + scene.fresh();
          Expect.equal(0, statement.executeUpdate("CREATE TABLE " + name + " (a integer)"));
          Expect.equal(0, statement.executeUpdate("DROP TABLE " + name));
        });
    list.add(
        "executeLargeUpdate",
        "Statement.executeLargeUpdate, getLargeUpdateCount",
        scene -> {
          String table = scene.numbered(3);
          Statement statement = scene.statement();
          Expect.equal(3L, statement.executeLargeUpdate("UPDATE " + table + " SET name = 'x'"));
          Expect.equal(3L, statement.getLargeUpdateCount());
        });
    list.add(
        "a trailing semicolon",
        "JDBC 13.1 and what tools send",
        scene -> {
          Expect.that(scene.query("SELECT 1 AS a;").next(), "no row");
        });
    list.add(
        "comments",
        "SQL:2016 5.2, comments",
        scene -> {
          Expect.equal(1, scene.row("/* one */ SELECT 1 AS a -- two").getInt(1));
        });
    list.add(
        "a statement runs again",
        "JDBC 13.1.2.1: all of its open ResultSets are closed",
        scene -> {
          Statement statement = scene.statement();
          ResultSet first = statement.executeQuery("SELECT 1 AS a");
          ResultSet second = statement.executeQuery("SELECT 2 AS a");
          Expect.that(first.isClosed(), "the first is open");
          Expect.that(second.next(), "no row");
          Expect.equal(2, second.getInt(1));
        });
    list.add(
        "two statements side by side",
        "JDBC 13.1.1: a Connection may have several",
        scene -> {
          ResultSet first = scene.query("SELECT x FROM conf_rows ORDER BY x");
          ResultSet second = scene.query("SELECT x FROM conf_rows ORDER BY x DESC");
          for (int row = 1; row <= 3; row++) {
            Expect.that(first.next() && second.next(), "no row");
            Expect.equal(row, first.getInt(1));
            Expect.equal(1001 - row, second.getInt(1));
          }
        });
    list.add(
        "generated keys that were not asked for",
        "Statement.getGeneratedKeys: an empty" + " ResultSet if none",
        scene -> {
          String table = scene.table("a integer");
          Statement statement = scene.statement();
          statement.executeUpdate("INSERT INTO " + table + " VALUES (1)");
          ResultSet keys = statement.getGeneratedKeys();
          Expect.that(keys == null || !keys.next(), "a key");
        });
    list.add(
        "RETURN_GENERATED_KEYS",
        "Statement.executeUpdate(String, int)",
        scene -> {
          String table = scene.table("a integer");
          Statement statement = scene.statement();
          Expect.equal(
              1,
              statement.executeUpdate(
                  "INSERT INTO " + table + " VALUES (1)", Statement.RETURN_GENERATED_KEYS));
          statement.getGeneratedKeys().close();
        });
    list.add(
        "generated keys of a named column",
        "Statement.executeUpdate(String, String[])",
        scene -> {
          String table = scene.table("a integer, b integer DEFAULT 7");
          Statement statement = scene.statement();
          String[] columns = {scene.stored("b")};
          Expect.equal(
              1, statement.executeUpdate("INSERT INTO " + table + " (a) VALUES (1)", columns));
          ResultSet keys = statement.getGeneratedKeys();
          Expect.that(keys.next(), "no key");
          Expect.equal(7, keys.getInt(1));
        });
  }

  private static void addLife(CheckList list) {
    list.add(
        "close closes its result set",
        "JDBC 13.1.4, Statement.close",
        scene -> {
          Statement statement = scene.statement();
          ResultSet rows = statement.executeQuery("SELECT 1 AS a");
          statement.close();
          Expect.that(statement.isClosed() && rows.isClosed(), "open");
        });
    list.add(
        "close twice",
        "Statement.close: no-op on a closed statement",
        scene -> {
          Statement statement = scene.statement();
          statement.close();
          statement.close();
        });
    list.add(
        "closing a result set twice",
        "ResultSet.close: no-op on a closed one",
        scene -> {
          ResultSet rows = scene.query("SELECT 1 AS a");
          rows.close();
          rows.close();
          Expect.that(rows.isClosed(), "open");
        });
    list.add(
        "closing a result set leaves the statement",
        "ResultSet.close",
        scene -> {
          Statement statement = scene.statement();
          statement.executeQuery("SELECT 1 AS a").close();
          Expect.that(!statement.isClosed(), "closed");
          Expect.that(statement.executeQuery("SELECT 2 AS a").next(), "no row");
        });
    list.add(
        "closeOnCompletion",
        "Statement.closeOnCompletion, isCloseOnCompletion",
        scene -> {
          Statement statement = scene.statement();
          Expect.equal(false, statement.isCloseOnCompletion());
          statement.closeOnCompletion();
          Expect.equal(true, statement.isCloseOnCompletion());
          statement.executeQuery("SELECT 1 AS a").close();
          Expect.that(statement.isClosed(), "open");
        });
    list.add(
        "the statement of a result set",
        "ResultSet.getStatement",
        scene -> {
          Statement statement = scene.statement();
          Expect.that(
              statement.executeQuery("SELECT 1 AS a").getStatement() == statement, "another");
        });
    list.add(
        "a failure leaves the statement usable",
        "JDBC 8.1: an exception is of one call",
        scene -> {
          Statement statement = scene.statement();
          Expect.fails(() -> statement.executeQuery("SELEC 1"));
          Expect.that(statement.executeQuery("SELECT 1 AS a").next(), "no row");
        });
    list.add(
        "an empty statement",
        "JDBC 13.1: SQLException or no result, never another exception",
        scene -> {
          Statement statement = scene.statement();
          try {
            Expect.equal(false, statement.execute(""));
          } catch (SQLException e) {
            Expect.that(e.getMessage() != null, "no message");
          }
        });
    list.add("cancel without work", "Statement.cancel", scene -> scene.statement().cancel());
    list.add(
        "getRow",
        "ResultSet.getRow: 0 if there is no current row",
        scene -> {
          ResultSet rows = scene.query("SELECT x FROM conf_rows");
          Expect.equal(0, rows.getRow());
          Expect.that(rows.next(), "no rows");
          Expect.that(rows.next(), "no rows");
          Expect.equal(2, rows.getRow());
        });
  }
}
