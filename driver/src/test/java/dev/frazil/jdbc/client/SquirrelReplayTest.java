package dev.frazil.jdbc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.jdbc.FrazilDriver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls of SQuirreL SQL 5 ({@code net.sourceforge.squirrel_sql}, sources of July 2026). */
class SquirrelReplayTest {
  @TempDir Path folder;

  private Connection connection;
  private DatabaseMetaData metaData;

  /** SQLConnector.getSqlConnection: a user and a password that may be empty. */
  @BeforeEach
  void connect() throws SQLException {
    Properties properties = new Properties();
    properties.put("user", "");
    properties.put("password", "");
    connection = new FrazilDriver().connect("jdbc:iceberg:" + folder.resolve("db"), properties);
    metaData = connection.getMetaData();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE reading (id bigint PRIMARY KEY, sensor varchar, value double)");
      statement.execute("INSERT INTO reading VALUES (1, 'a', 1.5), (2, NULL, 2.5)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** SQLDatabaseMetaData: what a session asks before it shows its window. */
  @Test
  void aSessionOpens() throws SQLException {
    assertThat(metaData.getUserName()).isNotNull();
    assertThat(metaData.getDatabaseProductName()).isEqualTo("Frazil");
    assertThat(metaData.getDatabaseProductVersion()).isNotEmpty();
    assertThat(metaData.getJDBCMajorVersion()).isGreaterThanOrEqualTo(4);
    assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
    assertThat(metaData.getURL()).startsWith("jdbc:iceberg:");
    assertThat(metaData.supportsSavepoints()).isTrue();
    metaData.supportsMultipleResultSets();
    metaData.supportsResultSetType(ResultSet.TYPE_SCROLL_INSENSITIVE);
    assertThat(metaData.getSQLKeywords()).isNotEmpty();
    assertThat(metaData.getStringFunctions()).isNotEmpty();
    // SchemaInfo: all tables of all schemas at once, by position.
    List<String> tables = new ArrayList<>();
    try (ResultSet rows = metaData.getTables(null, null, "%", null)) {
      while (rows.next()) {
        assertThat(rows.getString(1)).isNull();
        rows.getString(5);
        tables.add(rows.getString(2) + "." + rows.getString(3) + " " + rows.getString(4));
      }
    }
    assertThat(tables).contains("main.reading TABLE");
  }

  /** DatabaseExpander.createChildren, TableTypeExpander. */
  @Test
  void theObjectTreeUnfolds() throws SQLException {
    assertThat(metaData.supportsCatalogsInTableDefinitions()).isFalse();
    assertThat(metaData.supportsCatalogsInDataManipulation()).isFalse();
    assertThat(metaData.supportsCatalogsInProcedureCalls()).isFalse();
    assertThat(metaData.supportsSchemasInDataManipulation()).isTrue();
    assertThat(metaData.supportsSchemasInTableDefinitions()).isTrue();
    assertThat(
            Answer.of(metaData.getSchemas(), "TABLE_SCHEM", "TABLE_CATALOG").column("TABLE_SCHEM"))
        .contains("main");
    assertThat(Answer.of(metaData.getTableTypes(), "TABLE_TYPE").column("TABLE_TYPE"))
        .contains("TABLE");
    assertThat(Answer.of(metaData.getUDTs(null, "main", "%", null), "TYPE_NAME").rows()).isEmpty();
    assertThat(
            Answer.of(metaData.getTables(null, "main", "%", new String[] {"TABLE"}), "TABLE_NAME")
                .column("TABLE_NAME"))
        .containsExactly("reading");
  }

  /** ContentsTab.createDataSet and the tabs beside it. */
  @Test
  void theTabsOfATableAreFilled() throws SQLException {
    List<String> key = new ArrayList<>();
    try (ResultSet rows =
        metaData.getBestRowIdentifier(
            null, "main", "reading", DatabaseMetaData.bestRowTransaction, true)) {
      while (rows.next()) {
        assertThat(rows.getLong(8)).isNotEqualTo(DatabaseMetaData.bestRowPseudo);
        key.add(rows.getString(2));
      }
    }
    assertThat(key).containsExactly("id");
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(100);
      try (ResultSet rows =
          statement.executeQuery("select tbl.* from \"main\".\"reading\" tbl order by tbl.id")) {
        assertThat(rows.getMetaData().getTableName(1)).isEqualTo("reading");
        assertThat(rows.next()).isTrue();
        assertThat(rows.getObject(1)).isEqualTo(1L);
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(2)).isNull();
        assertThat(rows.wasNull()).isTrue();
      }
    }
    List<String> columns = new ArrayList<>();
    try (ResultSet rows = metaData.getColumns(null, "main", "reading", "%")) {
      while (rows.next()) {
        columns.add(rows.getString(4) + " " + rows.getString(6) + " " + rows.getLong(17));
      }
    }
    assertThat(columns).containsExactly("id bigint 1", "sensor varchar 2", "value double 3");
    metaData.getPrimaryKeys(null, "main", "reading").close();
    metaData.getExportedKeys(null, "main", "reading").close();
    metaData.getImportedKeys(null, "main", "reading").close();
    metaData.getIndexInfo(null, "main", "reading", false, true).close();
    metaData.getTablePrivileges(null, "main", "reading").close();
    metaData.getColumnPrivileges(null, "main", "reading", "%").close();
    metaData.getVersionColumns(null, "main", "reading").close();
  }

  /** DataSetUpdateableTableModelImpl.updateTableComponent, insertRow, deleteRows. */
  @Test
  void aCellIsEdited() throws SQLException {
    try (PreparedStatement count =
        connection.prepareStatement(
            "select count(*) from \"main\".\"reading\" WHERE \"id\"=? AND \"sensor\" is null"
                + " AND \"value\"=?")) {
      count.setLong(1, 2);
      count.setDouble(2, 2.5);
      try (ResultSet rows = count.executeQuery()) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE \"main\".\"reading\" SET \"sensor\" = ?  WHERE \"id\"=? AND \"sensor\" is null"
                + " AND \"value\"=?")) {
      update.setString(1, "b");
      update.setLong(2, 2);
      update.setDouble(3, 2.5);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO \"main\".\"reading\" ( \"id\",\"sensor\",\"value\" ) VALUES (?,?,?)")) {
      insert.setLong(1, 3);
      insert.setNull(2, java.sql.Types.VARCHAR);
      insert.setDouble(3, 3.5);
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM \"main\".\"reading\" WHERE \"id\"=?")) {
      delete.setLong(1, 3);
      assertThat(delete.executeUpdate()).isEqualTo(1);
    }
  }

  /** SQLExecuterTask.processQuery: results until there are neither rows nor a count. */
  @Test
  void aTextOfTheEditorRuns() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.execute("UPDATE reading SET value = 0 WHERE id = 1")).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(1);
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat(statement.execute("SELECT count(*) FROM reading")).isTrue();
      try (ResultSet rows = statement.getResultSet()) {
        assertThat(rows.next()).isTrue();
      }
      assertThat(statement.getMoreResults()).isFalse();
    }
  }
}
