package dev.frazil.conformance;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** ResultSetMetaData of a column of each type. */
final class ColumnMetaDataChecks {
  private ColumnMetaDataChecks() {}

  private interface Look {
    void at(ResultSetMetaData meta, Kind kind) throws Exception;
  }

  static List<Check> checks() {
    CheckList list = new CheckList("ResultSetMetaData");
    for (Kind kind : Kind.values()) {
      look(
          list,
          kind,
          "getColumnType",
          (m, k) -> Expect.that(k.hasCode(m.getColumnType(1)), "type " + m.getColumnType(1)));
      look(
          list,
          kind,
          "getColumnTypeName",
          (m, k) -> Expect.that(!m.getColumnTypeName(1).isEmpty(), "empty"));
      look(
          list,
          kind,
          "getColumnLabel",
          (m, k) -> Expect.equal(k.column(), m.getColumnLabel(1).toLowerCase(Locale.ROOT)));
      look(
          list,
          kind,
          "getColumnName",
          (m, k) -> Expect.equal(k.column(), m.getColumnName(1).toLowerCase(Locale.ROOT)));
      look(
          list,
          kind,
          "getTableName",
          (m, k) ->
              Expect.that(
                  Set.of("", "conf_types").contains(m.getTableName(1).toLowerCase(Locale.ROOT)),
                  m.getTableName(1)));
      look(
          list,
          kind,
          "getSchemaName",
          (m, k) -> Expect.that(m.getSchemaName(1) != null, "null, not \"\""));
      look(
          list,
          kind,
          "getCatalogName",
          (m, k) -> Expect.that(m.getCatalogName(1) != null, "null, not \"\""));
      look(list, kind, "getPrecision", (m, k) -> precision(m, k));
      look(
          list,
          kind,
          "getScale",
          (m, k) -> {
            int scale = m.getScale(1);
            Expect.that(k != Kind.DECIMAL || scale == 4, "scale " + scale);
            boolean whole = k == Kind.INTEGER || k == Kind.BIGINT;
            Expect.that(!whole || scale == 0, "scale " + scale);
          });
      look(
          list,
          kind,
          "getColumnDisplaySize",
          (m, k) ->
              Expect.that(
                  k == Kind.ARRAY || k == Kind.VARBINARY || m.getColumnDisplaySize(1) > 0,
                  "size " + m.getColumnDisplaySize(1)));
      look(
          list,
          kind,
          "isNullable",
          (m, k) -> Expect.that(m.isNullable(1) != ResultSetMetaData.columnNoNulls, "no nulls"));
      look(list, kind, "isSigned", (m, k) -> Expect.equal(Kind.NUMBERS.contains(k), m.isSigned(1)));
      look(list, kind, "isAutoIncrement", (m, k) -> Expect.equal(false, m.isAutoIncrement(1)));
      look(list, kind, "isCurrency", (m, k) -> Expect.equal(false, m.isCurrency(1)));
      look(
          list,
          kind,
          "isCaseSensitive",
          (m, k) -> Expect.that(m.isCaseSensitive(1) || k != Kind.VARCHAR, "texts are"));
      look(
          list,
          kind,
          "isSearchable",
          (m, k) ->
              Expect.that(
                  k == Kind.ARRAY || k == Kind.VARBINARY || m.isSearchable(1), "not in WHERE"));
      look(
          list,
          kind,
          "isReadOnly and isWritable",
          (m, k) -> Expect.that(!(m.isReadOnly(1) && m.isWritable(1)), "both"));
      look(
          list,
          kind,
          "isDefinitelyWritable",
          (m, k) ->
              Expect.that(!m.isDefinitelyWritable(1) || m.isWritable(1), "definitely, but not"));
      list.add(
          "getColumnClassName of " + kind,
          "ResultSetMetaData.getColumnClassName: the class of getObject",
          scene -> {
            ResultSet rows = scene.value(kind, 1);
            Class<?> named = named(rows.getMetaData().getColumnClassName(1));
            Object value = rows.getObject(1);
            Expect.that(named.isInstance(value), named + " is not that of " + Expect.shown(value));
          });
    }
    addOthers(list);
    return list.checks();
  }

  private static void precision(ResultSetMetaData meta, Kind kind) throws Exception {
    int precision = meta.getPrecision(1);
    Expect.that(precision >= 0, "precision " + precision);
    Expect.that(kind != Kind.DECIMAL || precision == 18, "precision " + precision);
    boolean whole = kind == Kind.INTEGER || kind == Kind.BIGINT;
    Expect.that(!whole || precision > 0, "precision " + precision);
  }

  private static Class<?> named(String name) throws ClassNotFoundException {
    return name.equals("[B") || name.equals("byte[]") ? byte[].class : Class.forName(name);
  }

  private static void addOthers(CheckList list) {
    list.add(
        "an alias is the label, the column the name",
        "ResultSetMetaData.getColumnLabel: AS clause; getColumnName",
        scene -> {
          ResultSetMetaData meta = scene.query("SELECT id AS number FROM conf_keyed").getMetaData();
          Expect.equal("number", meta.getColumnLabel(1).toLowerCase(Locale.ROOT));
          Expect.that(
              Set.of("id", "number").contains(meta.getColumnName(1).toLowerCase(Locale.ROOT)),
              meta.getColumnName(1));
        });
    list.add(
        "isNullable of a NOT NULL column",
        "ResultSetMetaData.isNullable",
        scene ->
            Expect.that(
                scene.query("SELECT id FROM conf_keyed").getMetaData().isNullable(1)
                    != ResultSetMetaData.columnNullable,
                "nullable"));
    list.add(
        "an expression has no table, but no null",
        "ResultSetMetaData.getTableName: table name or \"\" if not applicable",
        scene -> {
          ResultSetMetaData meta = scene.query("SELECT 1 + 1 AS a").getMetaData();
          Expect.equal("", meta.getTableName(1));
          Expect.equal("", meta.getSchemaName(1));
          Expect.that(meta.getCatalogName(1) != null, "null");
        });
    list.add(
        "getColumnCount",
        "ResultSetMetaData.getColumnCount",
        scene ->
            Expect.equal(
                3, scene.query("SELECT 1 AS a, 2 AS b, 3 AS c").getMetaData().getColumnCount()));
    for (int column : new int[] {0, -1, 2}) {
      list.add(
          "column " + column + " of one",
          "ResultSetMetaData: column - the first column is 1, SQLException otherwise",
          scene -> {
            ResultSetMetaData meta = scene.query("SELECT 1 AS a").getMetaData();
            Expect.fails(() -> meta.getColumnType(column));
            Expect.fails(() -> meta.getColumnLabel(column));
            Expect.fails(() -> meta.getColumnTypeName(column));
          });
    }
    list.add(
        "metadata of a prepared query before it runs",
        "PreparedStatement.getMetaData: it is possible to invoke it before executing",
        scene -> {
          ResultSetMetaData meta =
              scene.prepare("SELECT id, name FROM conf_keyed WHERE id = ?").getMetaData();
          Expect.that(meta != null, "null");
          Expect.equal(2, meta.getColumnCount());
          Expect.equal("name", meta.getColumnLabel(2).toLowerCase(Locale.ROOT));
        });
    list.add(
        "no metadata of a prepared update",
        "PreparedStatement.getMetaData: null if the driver cannot return a ResultSetMetaData",
        scene -> {
          ResultSetMetaData meta =
              scene.prepare("UPDATE conf_keyed SET name = ? WHERE id = 99").getMetaData();
          Expect.that(meta == null || meta.getColumnCount() == 0, "columns of an update");
        });
    list.add(
        "metadata of no rows",
        "ResultSet.getMetaData",
        scene ->
            Expect.equal(
                3,
                scene
                    .query("SELECT * FROM conf_keyed WHERE 1 = 0")
                    .getMetaData()
                    .getColumnCount()));
    list.add(
        "metadata behind the last row",
        "ResultSet.getMetaData",
        scene -> {
          ResultSet rows = scene.row("SELECT 1 AS a");
          Expect.that(!rows.next(), "a second row");
          Expect.equal(1, rows.getMetaData().getColumnCount());
        });
  }

  private static void look(CheckList list, Kind kind, String method, Look look) {
    list.add(
        method + " of " + kind,
        "ResultSetMetaData." + method,
        scene -> look.at(scene.value(kind, 1).getMetaData(), kind));
  }
}
