package dev.frazil.conformance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Values that do not fit, and columns that are not there. */
final class RangeChecks {
  private static final String TRUNCATED =
      "DataTruncation: a value that is cut on reading is an exception or a warning, never silent";

  private RangeChecks() {}

  private interface Read {
    Object get(ResultSet rows) throws SQLException;
  }

  static List<Check> checks() {
    CheckList list = new CheckList("ranges");
    String big = "CAST(2147483648 AS bigint)";
    range(list, "getByte of 300", "CAST(300 AS integer)", rows -> rows.getByte(1));
    range(list, "getByte of -129", "CAST(-129 AS integer)", rows -> rows.getByte(1));
    range(list, "getShort of 70000", "CAST(70000 AS integer)", rows -> rows.getShort(1));
    range(list, "getInt of 2147483648", big, rows -> rows.getInt(1));
    range(list, "getShort of 2147483648", big, rows -> rows.getShort(1));
    range(list, "getByte of 2147483648", big, rows -> rows.getByte(1));
    range(list, "getInt of 1e300", "CAST(1e300 AS double precision)", rows -> rows.getInt(1));
    range(list, "getLong of 1e300", "CAST(1e300 AS double precision)", rows -> rows.getLong(1));
    range(
        list,
        "getLong of 20 digits",
        "CAST('99999999999999999999' AS decimal(20, 0))",
        rows -> rows.getLong(1));
    range(
        list,
        "getInt of 20 digits",
        "CAST('99999999999999999999' AS decimal(20, 0))",
        rows -> rows.getInt(1));
    String conversion = "ResultSet, \"SQLException ... if a database access error occurs\", B-6";
    bad(list, "getInt of a word", conversion, rows -> rows.getInt(1));
    bad(list, "getLong of a word", conversion, rows -> rows.getLong(1));
    bad(list, "getDouble of a word", conversion, rows -> rows.getDouble(1));
    bad(list, "getBigDecimal of a word", conversion, rows -> rows.getBigDecimal(1));
    bad(list, "getDate of a word", conversion, rows -> rows.getDate(1));
    bad(list, "getTime of a word", conversion, rows -> rows.getTime(1));
    bad(list, "getTimestamp of a word", conversion, rows -> rows.getTimestamp(1));
    String index = "ResultSet getters: SQLException if the columnIndex is not valid";
    bad(list, "column 0", index, rows -> rows.getObject(0));
    bad(list, "column -1", index, rows -> rows.getString(-1));
    bad(list, "column behind the last", index, rows -> rows.getString(2));
    bad(list, "getInt behind the last", index, rows -> rows.getInt(99));
    String label = "ResultSet getters: SQLException if the columnLabel is not valid";
    bad(list, "unknown label", label, rows -> rows.getString("nothing"));
    bad(list, "findColumn of an unknown label", label, rows -> rows.findColumn("nothing"));
    list.add(
        "findColumn",
        "ResultSet.findColumn",
        scene -> Expect.equal(2, scene.row("SELECT 1 AS a, 2 AS b").findColumn("b")));
    list.add(
        "a label in other letters",
        "ResultSet: column names used as input to getter methods are case insensitive",
        scene -> Expect.equal(2, scene.row("SELECT 1 AS a, 2 AS b").getInt("B")));
    list.add(
        "two columns of one label: the first",
        "ResultSet: the value of the first matching column will be returned",
        scene -> Expect.equal(1, scene.row("SELECT 1 AS a, 2 AS a").getInt("a")));
    list.add(
        "before the first row",
        "JDBC 15.2.1: the cursor is initially before the first row",
        scene -> {
          ResultSet rows = scene.query("SELECT 1 AS a");
          Expect.fails(() -> rows.getInt(1));
        });
    list.add(
        "behind the last row",
        "ResultSet.next: any ResultSet method which requires a current row will throw",
        scene -> {
          ResultSet rows = scene.row("SELECT 1 AS a");
          Expect.that(!rows.next(), "a second row");
          Expect.fails(() -> rows.getInt(1));
        });
    list.add(
        "extremes of bigint",
        "JDBC table B-3, BIGINT is long",
        scene -> {
          ResultSet rows =
              scene.row(
                  "SELECT CAST('9223372036854775807' AS bigint) AS a,"
                      + " CAST('-9223372036854775808' AS bigint) AS b");
          Expect.equal(Long.MAX_VALUE, rows.getLong(1));
          Expect.equal(Long.MIN_VALUE, rows.getLong(2));
        });
    list.add(
        "a double keeps its bits",
        "JDBC table B-3, DOUBLE is double",
        scene ->
            Expect.equal(
                0.1d, scene.row("SELECT CAST(0.1 AS double precision) AS a").getDouble(1)));
    list.add(
        "text beyond ASCII",
        "ResultSet.getString",
        scene ->
            Expect.equal(
                "Zoë 日本 \uD83D\uDE00",
                scene.row("SELECT 'Zoë 日本 \uD83D\uDE00' AS a").getString(1)));
    list.add(
        "an empty text is not NULL",
        "ResultSet.wasNull",
        scene -> {
          ResultSet rows = scene.row("SELECT '' AS a");
          Expect.equal("", rows.getString(1));
          Expect.that(!rows.wasNull(), "wasNull after an empty text");
        });
    return list.checks();
  }

  private static void range(CheckList list, String name, String expression, Read read) {
    list.add(
        name,
        TRUNCATED,
        scene -> {
          ResultSet rows = scene.row("SELECT " + expression + " AS a");
          Object value;
          try {
            value = read.get(rows);
          } catch (SQLException e) {
            return;
          }
          Expect.that(rows.getWarnings() != null, "silently " + value);
        });
  }

  private static void bad(CheckList list, String name, String basis, Read read) {
    list.add(
        name,
        basis,
        scene -> {
          ResultSet rows = scene.row("SELECT 'word' AS a");
          Expect.fails(() -> read.get(rows));
        });
  }
}
