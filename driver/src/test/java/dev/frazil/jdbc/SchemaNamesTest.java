package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.catalog.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Schemas of one level and of several, with the names that are hard, as clients use them: listed,
 * set, told back, and quoted as one name. See docs/adr/no-catalogs-and-joined-schemas.md.
 */
class SchemaNamesTest {
  private static final List<String> NAMES =
      List.of(
          "plain",
          "Mixed Case",
          "UPPER",
          "with.dot",
          "with\"quote",
          "50%",
          "a_b",
          "back\\slash",
          "größe",
          "表",
          "😀",
          "select",
          "it's");

  @TempDir private Path folder;
  private Connection connection;
  private Statement statement;
  private DatabaseMetaData metaData;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"));
    statement = connection.createStatement();
    metaData = connection.getMetaData();
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  /** As a client quotes any name. */
  private String quoted(String name) throws SQLException {
    String quote = metaData.getIdentifierQuoteString();
    return quote + name.replace(quote, quote + quote) + quote;
  }

  /** As a client escapes a name for a pattern. */
  private String escaped(String name) throws SQLException {
    String escape = metaData.getSearchStringEscape();
    return name.replace(escape, escape + escape)
        .replace("%", escape + "%")
        .replace("_", escape + "_");
  }

  private List<String> values(ResultSet rows, String column) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(column));
      }
    }
    return values;
  }

  @Test
  void schemasOfOneLevel() throws SQLException {
    connection.setAutoCommit(false);
    for (String name : NAMES) {
      statement.execute("CREATE SCHEMA " + quoted(name));
    }
    for (String name : NAMES) {
      use(SchemaNames.text(Namespace.of(name)), name);
    }
    assertThat(values(metaData.getSchemas(), "TABLE_SCHEM"))
        .isSorted()
        .hasSize(NAMES.size() + 1)
        .contains("\"with.dot\"", "\"with\"\"quote\"", "Mixed Case");
  }

  @Test
  void schemasOfSeveralLevels() throws SQLException {
    connection.setAutoCommit(false);
    for (String name : NAMES) {
      statement.execute("CREATE SCHEMA lake." + quoted(name));
      statement.execute("CREATE SCHEMA lake." + quoted(name) + ".emea");
    }
    for (String name : NAMES) {
      use(SchemaNames.text(Namespace.of("lake", name)), name);
      use(SchemaNames.text(Namespace.of("lake", name, "emea")), name);
    }
    assertThat(values(metaData.getSchemas(null, "lake.%"), "TABLE_SCHEM"))
        .hasSize(2 * NAMES.size())
        .contains("lake.plain.emea", "lake.\"with.dot\".emea");
  }

  /** All that clients do with one schema and one table in it, whose names only metadata told. */
  private void use(String schema, String table) throws SQLException {
    assertThat(values(metaData.getSchemas(null, escaped(schema)), "TABLE_SCHEM"))
        .containsExactly(schema);
    assertThat(connection.getCatalog()).isNull();
    connection.setSchema(schema);
    assertThat(connection.getSchema()).isEqualTo(schema);
    statement.execute("CREATE TABLE " + quoted(table) + " (" + quoted(table) + " integer)");
    statement.execute(
        "INSERT INTO "
            + quoted(schema)
            + "."
            + quoted(table)
            + " ("
            + quoted(table)
            + ") VALUES"
            + " (1)");
    connection.setSchema("main");
    assertThat(
            values(
                metaData.getTables(
                    connection.getCatalog(), escaped(schema), "%", new String[] {"TABLE"}),
                "TABLE_NAME"))
        .containsExactly(table);
    assertThat(
            values(
                metaData.getColumns(null, escaped(schema), escaped(table), escaped(table)),
                "COLUMN_NAME"))
        .containsExactly(table);
    String column = quoted(schema) + "." + quoted(table) + "." + quoted(table);
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT "
                + column
                + " FROM "
                + quoted(schema)
                + "."
                + quoted(table)
                + " WHERE "
                + column
                + " = 1 ORDER BY "
                + column)) {
      assertThat(rows.getMetaData().getSchemaName(1)).isEqualTo(schema);
      assertThat(rows.getMetaData().getTableName(1)).isEqualTo(table);
      assertThat(rows.getMetaData().getColumnName(1)).isEqualTo(table);
      assertThat(rows.getMetaData().getCatalogName(1)).isEmpty();
      assertThat(rows.next()).isTrue();
    }
    statement.execute(
        "UPDATE " + quoted(schema) + "." + quoted(table) + " SET " + quoted(table) + " = 2");
    statement.execute("DELETE FROM " + quoted(schema) + "." + quoted(table));
  }

  @Test
  void aSchemaOfOneLevelHasTheNameFirst() throws SQLException {
    statement.execute("CREATE SCHEMA a");
    statement.execute("CREATE SCHEMA a.b");
    statement.execute("CREATE TABLE a.b.t (several integer)");
    try (ResultSet rows = statement.executeQuery("SELECT * FROM \"a.b\".t")) {
      assertThat(rows.getMetaData().getColumnName(1)).isEqualTo("several");
    }
    statement.execute("CREATE SCHEMA \"a.b\"");
    statement.execute("CREATE TABLE \"a.b\".t (one integer)");
    try (ResultSet rows = statement.executeQuery("SELECT * FROM \"a.b\".t ")) {
      assertThat(rows.getMetaData().getColumnName(1)).isEqualTo("one");
    }
    assertThat(values(metaData.getSchemas(), "TABLE_SCHEM"))
        .containsExactly("\"a.b\"", "a", "a.b", "main");
    statement.execute("CREATE TABLE \"a.b\".a (one integer)");
    statement.execute("CREATE TABLE a.b.z (several integer)");
    assertThat(values(metaData.getTables(null, "%b%", "%", null), "TABLE_SCHEM")).isSorted();
    connection.setSchema("a.b");
    try (ResultSet rows = statement.executeQuery("SELECT * FROM t")) {
      assertThat(rows.getMetaData().getColumnName(1)).isEqualTo("several");
    }
    connection.setSchema("\"a.b\"");
    try (ResultSet rows = statement.executeQuery("SELECT * FROM t")) {
      assertThat(rows.getMetaData().getColumnName(1)).isEqualTo("one");
    }
  }

  @Test
  void catalogsSchemasAndTablesMayBeLeftOpen() throws SQLException {
    statement.execute("CREATE TABLE t (n integer)");
    for (String catalog : new String[] {null, ""}) {
      for (String schema : new String[] {null, "%", "main"}) {
        for (String table : new String[] {null, "%", "t"}) {
          assertThat(values(metaData.getTables(catalog, schema, table, null), "TABLE_NAME"))
              .containsExactly("t");
          assertThat(values(metaData.getColumns(catalog, schema, table, null), "COLUMN_NAME"))
              .containsExactly("n");
        }
      }
    }
    assertThat(values(metaData.getTables("frazil", null, "%", null), "TABLE_NAME")).isEmpty();
    assertThat(values(metaData.getTables(null, "", "%", null), "TABLE_NAME"))
        .as("tables without a schema")
        .isEmpty();
    assertThat(values(metaData.getTables(null, null, "", null), "TABLE_NAME")).isEmpty();
    assertThat(values(metaData.getTables(null, "MAIN", "T", null), "TABLE_NAME"))
        .as("names are matched as they are stored")
        .isEmpty();
    connection.setCatalog("anything");
    assertThat(connection.getCatalog()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a.b",
        "\"a.b\"",
        "\"a.b\".c",
        "a.\"x\"\"y\"",
        "\"\".b",
        "ü.😀",
        "a.\"\"\"\""
      })
  void textsOfSchemasAreReadBack(String text) {
    assertThat(SchemaNames.text(SchemaNames.parse(text))).isEqualTo(text);
  }

  @Test
  void textsThatNoSchemaHasAreTakenAsTheyAre() {
    assertThat(SchemaNames.parse("\"open.b").levels()).containsExactly("\"open", "b");
    assertThat(SchemaNames.parse("\"a\"b.c").levels()).containsExactly("\"a\"b", "c");
  }
}
