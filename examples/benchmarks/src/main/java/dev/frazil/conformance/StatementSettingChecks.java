package dev.frazil.conformance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What the settings of a statement do. */
final class StatementSettingChecks {
  private StatementSettingChecks() {}

  static List<Check> checks() {
    CheckList list = new CheckList("statement settings");
    addSettings(list);
    return list.checks();
  }

  private static void addSettings(CheckList list) {
    list.add(
        "setMaxRows",
        "Statement.setMaxRows",
        scene -> {
          Statement statement = scene.statement();
          Expect.equal(0, statement.getMaxRows());
          statement.setMaxRows(7);
          Expect.equal(7, statement.getMaxRows());
          Expect.equal(7, count(statement.executeQuery("SELECT x FROM conf_rows")));
        });
    list.add(
        "setLargeMaxRows",
        "Statement.setLargeMaxRows",
        scene -> {
          Statement statement = scene.statement();
          statement.setLargeMaxRows(7L);
          Expect.equal(7L, statement.getLargeMaxRows());
          Expect.equal(7, count(statement.executeQuery("SELECT x FROM conf_rows")));
        });
    list.add(
        "setMaxRows of -1 fails",
        "Statement.setMaxRows: max >= 0",
        scene -> {
          Statement statement = scene.statement();
          Expect.fails(
              () -> {
                statement.setMaxRows(-1);
                return "set";
              });
        });
    list.add(
        "setMaxFieldSize",
        "Statement.setMaxFieldSize: excess data is silently discarded",
        scene -> {
          Statement statement = scene.statement();
          statement.setMaxFieldSize(3);
          if (statement.getMaxFieldSize() != 3) {
            throw new LackingFeature("the limit is not taken");
          }
          ResultSet rows = statement.executeQuery("SELECT 'abcdef' AS a");
          Expect.that(rows.next(), "no row");
          Expect.equal("abc", rows.getString(1));
        });
    list.add(
        "setMaxFieldSize of -1 fails",
        "Statement.setMaxFieldSize: max >= 0",
        scene -> {
          Statement statement = scene.statement();
          Expect.fails(
              () -> {
                statement.setMaxFieldSize(-1);
                return "set";
              });
        });
    list.add(
        "setFetchSize",
        "Statement.setFetchSize is a hint",
        scene -> {
          Statement statement = scene.statement();
          statement.setFetchSize(10);
          Expect.equal(1000, count(statement.executeQuery("SELECT x FROM conf_rows")));
        });
    list.add(
        "getFetchSize",
        "Statement.getFetchSize",
        scene -> {
          Statement statement = scene.statement();
          statement.setFetchSize(10);
          Expect.equal(10, statement.getFetchSize());
        });
    list.add(
        "setFetchSize of -1 fails",
        "Statement.setFetchSize: rows >= 0",
        scene -> {
          Statement statement = scene.statement();
          Expect.fails(
              () -> {
                statement.setFetchSize(-1);
                return "set";
              });
        });
    list.add(
        "setFetchDirection",
        "Statement.setFetchDirection is a hint",
        scene -> {
          Statement statement = scene.statement();
          statement.setFetchDirection(ResultSet.FETCH_FORWARD);
          Expect.equal(ResultSet.FETCH_FORWARD, statement.getFetchDirection());
        });
    list.add(
        "setFetchDirection of nonsense fails",
        "Statement.setFetchDirection",
        scene -> {
          Statement statement = scene.statement();
          Expect.fails(
              () -> {
                statement.setFetchDirection(7);
                return "set";
              });
        });
    list.add(
        "setQueryTimeout is kept",
        "Statement.getQueryTimeout",
        scene -> {
          Statement statement = scene.statement();
          Expect.equal(0, statement.getQueryTimeout());
          statement.setQueryTimeout(30);
          Expect.equal(30, statement.getQueryTimeout());
        });
    list.add(
        "setQueryTimeout of -1 fails",
        "Statement.setQueryTimeout: seconds >= 0",
        scene -> {
          Statement statement = scene.statement();
          Expect.fails(
              () -> {
                statement.setQueryTimeout(-1);
                return "set";
              });
        });
    list.add(
        "setPoolable",
        "Statement.setPoolable, isPoolable",
        scene -> {
          Statement statement = scene.statement();
          Expect.equal(false, statement.isPoolable());
          statement.setPoolable(true);
          Expect.equal(true, statement.isPoolable());
        });
    list.add(
        "a prepared statement is poolable",
        "Statement.isPoolable: by default",
        scene -> Expect.equal(true, scene.prepare("SELECT 1 AS a").isPoolable()));
    list.add(
        "setEscapeProcessing(false)",
        "Statement.setEscapeProcessing",
        scene -> {
          Statement statement = scene.statement();
          statement.setEscapeProcessing(false);
          Expect.fails(() -> statement.executeQuery("SELECT {fn abs(-1)} AS a"));
        });
    list.add(
        "getWarnings and clearWarnings",
        "Statement.getWarnings: null if there are none",
        scene -> {
          Statement statement = scene.statement();
          Expect.equal(null, statement.getWarnings());
          statement.clearWarnings();
          Expect.equal(null, statement.getWarnings());
        });
    list.add(
        "the defaults of a statement",
        "Connection.createStatement()",
        scene -> {
          Statement statement = scene.statement();
          Expect.equal(ResultSet.TYPE_FORWARD_ONLY, statement.getResultSetType());
          Expect.equal(ResultSet.CONCUR_READ_ONLY, statement.getResultSetConcurrency());
          Expect.equal(scene.connection().getHoldability(), statement.getResultSetHoldability());
        });
    list.add(
        "getConnection",
        "Statement.getConnection",
        scene -> Expect.that(scene.statement().getConnection() == scene.connection(), "another"));
    list.add(
        "enquoteLiteral",
        "Statement.enquoteLiteral",
        scene -> Expect.equal("'G''Day'", scene.statement().enquoteLiteral("G'Day")));
    list.add(
        "enquoteNCharLiteral",
        "Statement.enquoteNCharLiteral",
        scene -> Expect.equal("N'G''Day'", scene.statement().enquoteNCharLiteral("G'Day")));
    list.add(
        "isSimpleIdentifier",
        "Statement.isSimpleIdentifier",
        scene -> {
          Statement statement = scene.statement();
          Expect.equal(true, statement.isSimpleIdentifier("Bob"));
          Expect.equal(false, statement.isSimpleIdentifier("Bob Smith"));
        });
    list.add(
        "enquoteIdentifier",
        "Statement.enquoteIdentifier",
        scene -> {
          Statement statement = scene.statement();
          String sql = "SELECT 1 AS " + statement.enquoteIdentifier("a b", true);
          Expect.equal("a b", statement.executeQuery(sql).getMetaData().getColumnLabel(1));
        });
  }

  private static int count(ResultSet rows) throws SQLException {
    int count = 0;
    while (rows.next()) {
      count++;
    }
    return count;
  }
}
