package dev.frazil.conformance;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;

/** Forward-only result sets refuse to scroll, and those that scroll do. */
final class ScrollChecks {
  private static final String QUERY = "SELECT x FROM conf_rows WHERE x <= 5 ORDER BY x";

  private ScrollChecks() {}

  private interface Move {
    Object by(ResultSet rows) throws Exception;
  }

  static List<Check> checks() {
    CheckList list = new CheckList("scrolling");
    forward(list, "previous", ResultSet::previous);
    forward(list, "first", ResultSet::first);
    forward(list, "last", ResultSet::last);
    forward(list, "absolute", rows -> rows.absolute(2));
    forward(list, "relative backwards", rows -> rows.relative(-1));
    forward(
        list,
        "beforeFirst",
        rows -> {
          rows.beforeFirst();
          return "moved";
        });
    forward(
        list,
        "afterLast",
        rows -> {
          rows.afterLast();
          return "moved";
        });
    addPositions(list);
    addMoves(list);
    addDegrading(list);
    return list.checks();
  }

  private static void forward(CheckList list, String name, Move move) {
    list.add(
        name + " of a forward-only result set",
        "ResultSet."
            + name.replaceAll(" .*", "")
            + ": SQLException if the type is TYPE_FORWARD_ONLY",
        scene -> {
          ResultSet rows = scene.row(QUERY);
          if (rows.getType() != ResultSet.TYPE_FORWARD_ONLY) {
            throw new BrokenPromise("the default type is " + rows.getType());
          }
          Expect.fails(() -> move.by(rows));
        });
  }

  private static void addPositions(CheckList list) {
    list.add(
        "isBeforeFirst and isFirst",
        "ResultSet.isBeforeFirst, isFirst",
        scene -> {
          ResultSet rows = scene.query(QUERY);
          Expect.equal(true, rows.isBeforeFirst());
          Expect.that(rows.next(), "no row");
          Expect.equal(false, rows.isBeforeFirst());
          Expect.equal(true, rows.isFirst());
          Expect.that(rows.next(), "no row");
          Expect.equal(false, rows.isFirst());
        });
    list.add(
        "isAfterLast",
        "ResultSet.isAfterLast",
        scene -> {
          ResultSet rows = scene.query(QUERY);
          while (rows.next()) {
            Expect.equal(false, rows.isAfterLast());
          }
          Expect.equal(true, rows.isAfterLast());
        });
    list.add(
        "isBeforeFirst of no rows",
        "ResultSet.isBeforeFirst: false if it contains no rows",
        scene -> {
          ResultSet rows = scene.query("SELECT x FROM conf_rows WHERE 1 = 0");
          Expect.equal(false, rows.isBeforeFirst());
          Expect.equal(false, rows.next());
        });
    list.add(
        "next behind the end",
        "ResultSet.next: false again or a SQLException, never a row",
        scene -> {
          ResultSet rows = scene.row("SELECT 1 AS a");
          Expect.equal(false, rows.next());
          try {
            Expect.equal(false, rows.next());
          } catch (java.sql.SQLException e) {
            Expect.that(e.getMessage() != null, "no message");
          }
        });
    list.add(
        "rowUpdated, rowInserted, rowDeleted",
        "ResultSet.rowUpdated: false where not detected",
        scene -> {
          ResultSet rows = scene.row(QUERY);
          Expect.that(!rows.rowUpdated() && !rows.rowInserted() && !rows.rowDeleted(), "true");
        });
    list.add(
        "an update of a read-only result set fails",
        "ResultSet.updateInt: CONCUR_READ_ONLY",
        scene -> {
          ResultSet rows = scene.row(QUERY);
          try {
            rows.updateInt(1, 7);
          } catch (SQLFeatureNotSupportedException e) {
            return;
          } catch (java.sql.SQLException e) {
            return;
          }
          throw new BrokenPromise("no SQLException");
        });
  }

  private static ResultSet scrolling(Scene scene) throws Exception {
    int type = ResultSet.TYPE_SCROLL_INSENSITIVE;
    if (!scene.connection().getMetaData().supportsResultSetType(type)) {
      throw new LackingFeature("no TYPE_SCROLL_INSENSITIVE");
    }
    Statement statement = scene.connection().createStatement(type, ResultSet.CONCUR_READ_ONLY);
    ResultSet rows = statement.executeQuery(QUERY);
    Expect.equal(type, rows.getType());
    return rows;
  }

  private static void move(CheckList list, String name, Move move, Object expected, int row) {
    list.add(
        name,
        "JDBC 15.2.2.1, ResultSet." + name.replaceAll("[ (].*", ""),
        scene -> {
          ResultSet rows = scrolling(scene);
          Expect.that(rows.next(), "no rows");
          Expect.that(rows.next(), "no rows");
          Expect.equal(expected, move.by(rows));
          Expect.equal(row, rows.getRow());
          if (row > 0) {
            Expect.equal(row, rows.getInt(1));
          } else {
            Expect.fails(() -> rows.getInt(1));
          }
        });
  }

  private static void addMoves(CheckList list) {
    move(list, "previous", ResultSet::previous, true, 1);
    move(
        list,
        "previous from the first",
        rows -> {
          rows.first();
          return rows.previous();
        },
        false,
        0);
    move(list, "first", ResultSet::first, true, 1);
    move(list, "last", ResultSet::last, true, 5);
    move(list, "absolute 4", rows -> rows.absolute(4), true, 4);
    move(list, "absolute -1", rows -> rows.absolute(-1), true, 5);
    move(list, "absolute -5", rows -> rows.absolute(-5), true, 1);
    move(list, "absolute 0", rows -> rows.absolute(0), false, 0);
    move(list, "absolute 6", rows -> rows.absolute(6), false, 0);
    move(list, "absolute -6", rows -> rows.absolute(-6), false, 0);
    move(list, "relative 2", rows -> rows.relative(2), true, 4);
    move(list, "relative -1", rows -> rows.relative(-1), true, 1);
    move(list, "relative 0", rows -> rows.relative(0), true, 2);
    move(list, "relative 9", rows -> rows.relative(9), false, 0);
    move(
        list,
        "beforeFirst",
        rows -> {
          rows.beforeFirst();
          return rows.isBeforeFirst();
        },
        true,
        0);
    move(
        list,
        "afterLast",
        rows -> {
          rows.afterLast();
          return rows.isAfterLast();
        },
        true,
        0);
    move(
        list,
        "afterLast and back",
        rows -> {
          rows.afterLast();
          return rows.previous();
        },
        true,
        5);
    move(
        list,
        "last and isLast",
        rows -> {
          rows.last();
          return rows.isLast();
        },
        true,
        5);
    list.add(
        "there and back again",
        "JDBC 15.2.2.1",
        scene -> {
          ResultSet rows = scrolling(scene);
          rows.afterLast();
          for (int row = 5; row >= 1; row--) {
            Expect.that(rows.previous(), "no row");
            Expect.equal(row, rows.getInt(1));
          }
          Expect.equal(false, rows.previous());
          for (int row = 1; row <= 5; row++) {
            Expect.that(rows.next(), "no row");
            Expect.equal(row, rows.getInt(1));
          }
        });
    list.add(
        "insensitive to changes",
        "JDBC 15.1.1: TYPE_SCROLL_INSENSITIVE",
        scene -> {
          String table = scene.numbered(3);
          int type = ResultSet.TYPE_SCROLL_INSENSITIVE;
          if (!scene.connection().getMetaData().supportsResultSetType(type)) {
            throw new LackingFeature("no TYPE_SCROLL_INSENSITIVE");
          }
          Statement statement =
              scene.connection().createStatement(type, ResultSet.CONCUR_READ_ONLY);
          ResultSet rows = statement.executeQuery("SELECT name FROM " + table + " ORDER BY id");
          Expect.that(rows.last(), "no rows");
          scene.execute("UPDATE " + table + " SET name = 'changed'");
          Expect.that(rows.first(), "no rows");
          Expect.equal("n1", rows.getString(1));
        });
  }

  private static void addDegrading(CheckList list) {
    for (int type : new int[] {1003, 1004, 1005}) {
      for (int concurrency : new int[] {1007, 1008}) {
        list.add(
            "createStatement(" + type + ", " + concurrency + ")",
            "JDBC 15.1: another type with a" + " SQLWarning, or SQLFeatureNotSupportedException",
            scene -> {
              Connection connection = scene.connection();
              try (Statement statement = connection.createStatement(type, concurrency)) {
                kept(connection, statement, type, concurrency);
              }
              try (PreparedStatement prepared =
                  connection.prepareStatement(QUERY, type, concurrency)) {
                Expect.that(prepared.executeQuery().next(), "no row");
              }
            });
      }
    }
    list.add(
        "createStatement of nonsense fails",
        "Connection.createStatement: SQLException if the"
            + " parameters are not ResultSet constants",
        scene -> Expect.fails(() -> scene.connection().createStatement(7, 7)));
  }

  private static void kept(Connection connection, Statement statement, int type, int concurrency)
      throws Exception {
    boolean warned = connection.getWarnings() != null || statement.getWarnings() != null;
    ResultSet rows = statement.executeQuery(QUERY);
    Expect.that(rows.next(), "no row");
    boolean same = rows.getType() == type && rows.getConcurrency() == concurrency;
    warned |=
        connection.getWarnings() != null
            || statement.getWarnings() != null
            || rows.getWarnings() != null;
    Expect.that(same || warned, "another type without a warning");
  }
}
