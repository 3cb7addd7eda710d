package dev.frazil.conformance;

import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/** Prepared statements and their parameters. */
final class PreparedChecks {
  private PreparedChecks() {}

  static List<Check> checks() {
    CheckList list = new CheckList("prepared statements");
    addPrepared(list);
    addParameters(list);
    return list.checks();
  }

  private static void addPrepared(CheckList list) {
    list.add(
        "parameters stay between executions",
        "JDBC 13.2.2: values stay until set again",
        scene -> {
          PreparedStatement query = scene.prepare("SELECT x FROM conf_rows WHERE x = ?");
          query.setInt(1, 7);
          for (int run = 0; run < 2; run++) {
            ResultSet rows = query.executeQuery();
            Expect.that(rows.next(), "no row");
            Expect.equal(7, rows.getInt(1));
          }
        });
    list.add(
        "clearParameters",
        "PreparedStatement.clearParameters",
        scene -> {
          PreparedStatement query = scene.prepare("SELECT x FROM conf_rows WHERE x = ?");
          query.setInt(1, 7);
          query.clearParameters();
          Expect.fails(query::executeQuery);
        });
    list.add(
        "a parameter that is missing",
        "JDBC 13.2.2: a value for each parameter marker, or SQLException",
        scene -> {
          PreparedStatement query = scene.prepare("SELECT x FROM conf_rows WHERE x = ? OR x = ?");
          query.setInt(1, 7);
          Expect.fails(query::executeQuery);
        });
    for (int index : new int[] {0, -1, 2}) {
      list.add(
          "parameter " + index + " of one",
          "PreparedStatement setters: SQLException if"
              + " parameterIndex does not correspond to a parameter marker",
          scene -> {
            PreparedStatement query = scene.prepare("SELECT x FROM conf_rows WHERE x = ?");
            Expect.fails(
                () -> {
                  query.setInt(index, 1);
                  return query.executeQuery();
                });
          });
    }
    list.add(
        "execute and getResultSet",
        "PreparedStatement.execute",
        scene -> {
          PreparedStatement query = scene.prepare("SELECT 1 AS a");
          Expect.equal(true, query.execute());
          Expect.that(query.getResultSet().next(), "no row");
        });
    list.add(
        "executeUpdate",
        "PreparedStatement.executeUpdate",
        scene -> {
          String table = scene.numbered(4);
          PreparedStatement update =
              scene.prepare("UPDATE " + table + " SET name = ? WHERE id > ?");
          update.setString(1, "x");
          update.setInt(2, 2);
          Expect.equal(2, update.executeUpdate());
          Expect.equal(2, update.getUpdateCount());
        });
    list.add(
        "executeLargeUpdate",
        "PreparedStatement.executeLargeUpdate",
        scene -> {
          String table = scene.numbered(4);
          PreparedStatement update = scene.prepare("DELETE FROM " + table + " WHERE id > ?");
          update.setInt(1, 1);
          Expect.equal(3L, update.executeLargeUpdate());
        });
    list.add(
        "executeQuery(String) fails",
        "Statement.executeQuery: cannot be called on a PreparedStatement",
        scene -> {
          PreparedStatement query = scene.prepare("SELECT 1 AS a");
          Expect.fails(() -> query.executeQuery("SELECT 2 AS a"));
        });
    list.add(
        "executeUpdate(String) fails",
        "Statement.executeUpdate: cannot be called on a PreparedStatement",
        scene -> {
          PreparedStatement query = scene.prepare("DELETE FROM conf_rows WHERE x = -1");
          Expect.fails(() -> query.executeUpdate("DELETE FROM conf_rows WHERE x = -2"));
        });
    list.add(
        "execute(String) fails",
        "Statement.execute: cannot be called on a PreparedStatement",
        scene -> {
          PreparedStatement query = scene.prepare("SELECT 1 AS a");
          Expect.fails(() -> query.execute("SELECT 2 AS a"));
        });
    list.add(
        "addBatch(String) fails",
        "Statement.addBatch: cannot be called on a PreparedStatement",
        scene -> {
          PreparedStatement query = scene.prepare("DELETE FROM conf_rows WHERE x = -1");
          Expect.fails(
              () -> {
                query.addBatch("DELETE FROM conf_rows WHERE x = -2");
                return "added";
              });
        });
    list.add(
        "executeQuery of an update fails",
        "PreparedStatement.executeQuery: SQLException if no ResultSet",
        scene -> {
          PreparedStatement update = scene.prepare("DELETE FROM conf_rows WHERE x = -1");
          Expect.fails(update::executeQuery);
        });
    list.add(
        "executeUpdate of a query fails",
        "PreparedStatement.executeUpdate: SQLException if a ResultSet",
        scene -> {
          PreparedStatement query = scene.prepare("SELECT 1 AS a");
          Expect.fails(query::executeUpdate);
        });
    list.add(
        "a question mark in a text is none",
        "JDBC 13.2: parameter markers",
        scene -> {
          PreparedStatement query = scene.prepare("SELECT '?' AS a, x FROM conf_rows WHERE x = ?");
          query.setInt(1, 7);
          ResultSet rows = query.executeQuery();
          Expect.that(rows.next(), "no row");
          Expect.equal("?", rows.getString(1));
        });
    list.add(
        "a quote in a parameter is text",
        "JDBC 13.2.2",
        scene -> {
          PreparedStatement query =
              scene.prepare(
                  "SELECT x FROM conf_rows WHERE CAST(? AS varchar(40)) = 'it''s' AND x = 1");
          query.setString(1, "it's");
          Expect.that(query.executeQuery().next(), "no row");
        });
    list.add(
        "WHERE 1 = 0 over a sub-query",
        "what reporting tools probe with",
        scene ->
            Expect.equal(
                2,
                scene
                    .query("SELECT * FROM (SELECT id, name FROM conf_keyed) q WHERE 1 = 0")
                    .getMetaData()
                    .getColumnCount()));
    list.add(
        "a prepared statement of wrong SQL",
        "Connection.prepareStatement: SQLException there or when it runs",
        scene -> Expect.fails(() -> scene.prepare("SELEC 1").executeQuery()));
    list.add(
        "prepareStatement with keys",
        "Connection.prepareStatement(String, int)",
        scene -> {
          String table = scene.table("a integer");
          PreparedStatement insert =
              scene
                  .connection()
                  .prepareStatement(
                      "INSERT INTO " + table + " VALUES (?)", Statement.RETURN_GENERATED_KEYS);
          insert.setInt(1, 1);
          Expect.equal(1, insert.executeUpdate());
          insert.getGeneratedKeys().close();
        });
  }

  private static void addParameters(CheckList list) {
    String sql = "SELECT id FROM conf_keyed WHERE id = ? AND name = ?";
    list.add(
        "getParameterCount",
        "ParameterMetaData.getParameterCount",
        scene -> Expect.equal(2, scene.prepare(sql).getParameterMetaData().getParameterCount()));
    list.add(
        "getParameterType",
        "ParameterMetaData.getParameterType",
        scene -> {
          ParameterMetaData meta = scene.prepare(sql).getParameterMetaData();
          Expect.that(
              Kind.INTEGER.hasCode(meta.getParameterType(1)), "" + meta.getParameterType(1));
          Expect.that(
              Kind.VARCHAR.hasCode(meta.getParameterType(2)), "" + meta.getParameterType(2));
        });
    list.add(
        "getParameterTypeName",
        "ParameterMetaData.getParameterTypeName",
        scene ->
            Expect.that(
                !scene.prepare(sql).getParameterMetaData().getParameterTypeName(1).isEmpty(),
                "empty"));
    list.add(
        "getParameterClassName",
        "ParameterMetaData.getParameterClassName: of setObject",
        scene -> {
          ParameterMetaData meta = scene.prepare(sql).getParameterMetaData();
          Expect.equal("java.lang.Integer", meta.getParameterClassName(1));
          Expect.equal("java.lang.String", meta.getParameterClassName(2));
        });
    list.add(
        "getParameterMode",
        "ParameterMetaData.getParameterMode",
        scene ->
            Expect.equal(
                ParameterMetaData.parameterModeIn,
                scene.prepare(sql).getParameterMetaData().getParameterMode(1)));
    list.add(
        "getPrecision, getScale, isNullable, isSigned",
        "ParameterMetaData",
        scene -> {
          ParameterMetaData meta = scene.prepare(sql).getParameterMetaData();
          Expect.that(meta.getPrecision(1) >= 0 && meta.getScale(1) == 0, "precision or scale");
          Expect.that(meta.isNullable(1) >= 0 && meta.isNullable(1) <= 2, "nullable");
          Expect.equal(true, meta.isSigned(1));
        });
    for (int index : new int[] {0, 3}) {
      list.add(
          "parameter " + index + " of two",
          "ParameterMetaData: the first parameter is 1",
          scene -> {
            ParameterMetaData meta = scene.prepare(sql).getParameterMetaData();
            Expect.fails(() -> meta.getParameterType(index));
          });
    }
  }
}
