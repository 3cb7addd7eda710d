package dev.frazil.conformance;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What DatabaseMetaData says of the tables that are there. */
final class MetaDataContentChecks {
  private MetaDataContentChecks() {}

  private static List<String> texts(ResultSet rows, String column) throws Exception {
    List<String> texts = new ArrayList<>();
    while (rows.next()) {
      texts.add(String.valueOf(rows.getString(column)).toLowerCase(Locale.ROOT));
    }
    return texts;
  }

  static List<Check> checks() {
    CheckList list = new CheckList("metadata contents");
    addTables(list);
    addColumns(list);
    addKeys(list);
    return list.checks();
  }

  private static void addTables(CheckList list) {
    String basis = "DatabaseMetaData.getTables";
    list.add(
        "a table by its name",
        basis,
        scene -> {
          ResultSet rows = meta(scene).getTables(null, null, scene.stored("conf_types"), null);
          Expect.that(rows.next(), "not found");
          Expect.equal("conf_types", rows.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
          Expect.that(!rows.next(), "a second one");
        });
    list.add(
        "TABLE_TYPE of a table is TABLE",
        basis + ": typical types are \"TABLE\", ...",
        scene -> {
          ResultSet rows = meta(scene).getTables(null, null, scene.stored("conf_types"), null);
          Expect.that(rows.next(), "not found");
          Expect.equal("TABLE", rows.getString("TABLE_TYPE"));
        });
    list.add(
        "tables by type TABLE",
        basis,
        scene -> {
          String[] type = {"TABLE"};
          List<String> names = texts(meta(scene).getTables(null, null, "%", type), "TABLE_NAME");
          Expect.that(names.contains("conf_types"), "not among " + names);
        });
    list.add(
        "no tables of a type that is none",
        basis,
        scene -> {
          String[] type = {"NO SUCH TYPE"};
          Expect.that(!meta(scene).getTables(null, null, "%", type).next(), "a table");
        });
    list.add(
        "a pattern of %",
        basis,
        scene -> {
          String pattern = scene.stored("conf_t") + "%";
          List<String> names =
              texts(meta(scene).getTables(null, null, pattern, null), "TABLE_NAME");
          Expect.that(names.contains("conf_types") && names.contains("conf_texts"), names + "");
          Expect.that(!names.contains("conf_keyed"), names + "");
        });
    list.add(
        "a pattern of _",
        basis,
        scene -> {
          String pattern = scene.stored("conf_typ") + "_" + scene.stored("s");
          List<String> names =
              texts(meta(scene).getTables(null, null, pattern, null), "TABLE_NAME");
          Expect.equal(List.of("conf_types"), names);
        });
    list.add(
        "a pattern that nothing matches",
        basis,
        scene ->
            Expect.that(!meta(scene).getTables(null, null, "nothing%", null).next(), "a table"));
    list.add(
        "null for the name pattern: no filter",
        basis + ": a null argument narrows nothing",
        scene ->
            Expect.that(
                texts(meta(scene).getTables(null, null, null, null), "TABLE_NAME")
                    .contains("conf_types"),
                "conf_types is missing"));
    list.add(
        "a new table is seen",
        basis,
        scene -> {
          String name = scene.table("a integer");
          Expect.that(
              meta(scene).getTables(null, null, scene.stored(name), null).next(), "not found");
          scene.execute("DROP TABLE " + name);
          Expect.that(
              !meta(scene).getTables(null, null, scene.stored(name), null).next(), "still there");
        });
    list.add(
        "getTableTypes has TABLE",
        "DatabaseMetaData.getTableTypes",
        scene -> {
          List<String> types = texts(meta(scene).getTableTypes(), "TABLE_TYPE");
          Expect.that(types.contains("table"), types + "");
        });
    list.add(
        "the schema of a table is among the schemas",
        "DatabaseMetaData.getSchemas",
        scene -> {
          ResultSet rows = meta(scene).getTables(null, null, scene.stored("conf_types"), null);
          Expect.that(rows.next(), "not found");
          String schema = rows.getString("TABLE_SCHEM");
          if (schema == null) {
            throw new LackingFeature("no schemas");
          }
          List<String> schemas = texts(meta(scene).getSchemas(), "TABLE_SCHEM");
          Expect.that(schemas.contains(schema.toLowerCase(Locale.ROOT)), schemas + "");
          Expect.equal(schema, scene.connection().getSchema());
        });
    list.add(
        "the catalog of a table is that of the connection",
        "Connection.getCatalog, DatabaseMetaData.getTables",
        scene -> {
          ResultSet rows = meta(scene).getTables(null, null, scene.stored("conf_types"), null);
          Expect.that(rows.next(), "not found");
          Expect.equal(scene.connection().getCatalog(), rows.getString("TABLE_CAT"));
        });
  }

  private static void addColumns(CheckList list) {
    for (Kind kind : Kind.values()) {
      list.add(
          "getColumns of " + kind,
          "DatabaseMetaData.getColumns: DATA_TYPE, TYPE_NAME, NULLABLE, ORDINAL_POSITION",
          scene -> {
            scene.dialect().type(kind);
            ResultSet rows =
                meta(scene)
                    .getColumns(
                        null, null, scene.stored("conf_types"), scene.stored(kind.column()));
            Expect.that(rows.next(), "not found");
            Expect.that(kind.hasCode(rows.getInt("DATA_TYPE")), "type " + rows.getInt("DATA_TYPE"));
            Expect.that(!rows.getString("TYPE_NAME").isEmpty(), "no type name");
            Expect.equal(DatabaseMetaData.columnNullable, rows.getInt("NULLABLE"));
            Expect.equal("YES", rows.getString("IS_NULLABLE"));
            Expect.that(rows.getInt("ORDINAL_POSITION") > 1, "position");
            Expect.that(!rows.next(), "a second one");
          });
    }
    list.add(
        "getColumns of a decimal has size and digits",
        "DatabaseMetaData.getColumns: COLUMN_SIZE, DECIMAL_DIGITS, NUM_PREC_RADIX",
        scene -> {
          ResultSet rows =
              meta(scene)
                  .getColumns(null, null, scene.stored("conf_types"), scene.stored("c_decimal"));
          Expect.that(rows.next(), "not found");
          Expect.equal(18, rows.getInt("COLUMN_SIZE"));
          Expect.equal(4, rows.getInt("DECIMAL_DIGITS"));
          Expect.equal(10, rows.getInt("NUM_PREC_RADIX"));
        });
    list.add(
        "getColumns of a NOT NULL column",
        "DatabaseMetaData.getColumns: NULLABLE, IS_NULLABLE",
        scene -> {
          ResultSet rows =
              meta(scene).getColumns(null, null, scene.stored("conf_keyed"), scene.stored("id"));
          Expect.that(rows.next(), "not found");
          Expect.equal(DatabaseMetaData.columnNoNulls, rows.getInt("NULLABLE"));
          Expect.equal("NO", rows.getString("IS_NULLABLE"));
        });
    list.add(
        "getColumns by position",
        "DatabaseMetaData.getColumns: ORDINAL_POSITION, index starts at 1",
        scene -> {
          ResultSet rows = meta(scene).getColumns(null, null, scene.stored("conf_keyed"), "%");
          for (int position = 1; position <= 3; position++) {
            Expect.that(rows.next(), "missing");
            Expect.equal(position, rows.getInt("ORDINAL_POSITION"));
          }
          Expect.that(!rows.next(), "a fourth");
        });
    list.add(
        "getColumns of a default",
        "DatabaseMetaData.getColumns: COLUMN_DEF",
        scene -> {
          String table = scene.table("a integer DEFAULT 7, b integer");
          ResultSet rows = meta(scene).getColumns(null, null, scene.stored(table), "%");
          Expect.that(rows.next(), "missing");
          Expect.equal("7", rows.getString("COLUMN_DEF"));
          Expect.that(rows.next(), "missing");
          Expect.equal(null, rows.getString("COLUMN_DEF"));
        });
    list.add(
        "getColumns of all tables",
        "DatabaseMetaData.getColumns",
        scene -> {
          List<String> names = texts(meta(scene).getColumns(null, null, "%", "%"), "TABLE_NAME");
          Expect.that(names.contains("conf_types") && names.contains("conf_keyed"), "missing");
        });
  }

  private static void addKeys(CheckList list) {
    list.add(
        "getPrimaryKeys by column name with KEY_SEQ",
        "DatabaseMetaData.getPrimaryKeys",
        scene -> {
          ResultSet rows = meta(scene).getPrimaryKeys(null, null, scene.stored("conf_keyed"));
          List<String> found = new ArrayList<>();
          while (rows.next()) {
            found.add(
                rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT) + rows.getInt("KEY_SEQ"));
          }
          Expect.equal(List.of("id2", "part1"), found);
        });
    list.add(
        "no primary keys of a table without",
        "DatabaseMetaData.getPrimaryKeys",
        scene ->
            Expect.that(
                !meta(scene).getPrimaryKeys(null, null, scene.stored("conf_rows")).next(),
                "a key"));
    list.add(
        "getBestRowIdentifier is the primary key",
        "DatabaseMetaData.getBestRowIdentifier",
        scene -> {
          List<String> columns =
              texts(
                  meta(scene)
                      .getBestRowIdentifier(
                          null,
                          null,
                          scene.stored("conf_keyed"),
                          DatabaseMetaData.bestRowSession,
                          true),
                  "COLUMN_NAME");
          Expect.that(columns.contains("id") && columns.contains("part"), columns + "");
        });
    list.add(
        "getTypeInfo names the types of the columns",
        "DatabaseMetaData.getTypeInfo",
        scene -> {
          List<String> types = texts(meta(scene).getTypeInfo(), "DATA_TYPE");
          for (Kind kind : List.of(Kind.INTEGER, Kind.BIGINT, Kind.VARCHAR, Kind.DATE)) {
            Expect.that(types.contains(String.valueOf(kind.code())), kind + " is missing");
          }
        });
  }

  private static DatabaseMetaData meta(Scene scene) throws Exception {
    return scene.connection().getMetaData();
  }
}
