package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.dbunit.Assertion;
import org.dbunit.database.DatabaseConfig;
import org.dbunit.database.DatabaseConnection;
import org.dbunit.database.IDatabaseConnection;
import org.dbunit.dataset.IDataSet;
import org.dbunit.dataset.ITable;
import org.dbunit.dataset.xml.FlatXmlDataSet;
import org.dbunit.dataset.xml.FlatXmlDataSetBuilder;
import org.dbunit.operation.DatabaseOperation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DbUnit over Frazil: data sets in and out by the metadata of tables. */
class DbUnitTest {
  private static final String DATA =
      """
      <dataset>
        <customers id="1" name="ann" born="1990-05-01" limit_="10.50" active="true"/>
        <customers id="2" name="it's bob"/>
        <orders id="10" customer="1" at="2026-01-31 12:00:00.123456"/>
      </dataset>""";

  @TempDir Path folder;
  private Connection connection;
  private IDatabaseConnection database;

  @BeforeEach
  void makeTables() throws Exception {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("shop"));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE customers (id bigint PRIMARY KEY, name varchar, born date,"
              + " limit_ decimal(10,2), active boolean)");
      statement.execute(
          "CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint, at timestamp)");
    }
    database = new DatabaseConnection(connection, "main");
    database.getConfig().setProperty(DatabaseConfig.FEATURE_BATCHED_STATEMENTS, true);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private static IDataSet data() throws Exception {
    return new FlatXmlDataSetBuilder().setColumnSensing(true).build(new StringReader(DATA));
  }

  @Test
  void aDataSetGoesInAndComesOut() throws Exception {
    DatabaseOperation.CLEAN_INSERT.execute(database, data());
    DatabaseOperation.CLEAN_INSERT.execute(database, data());
    assertThat(database.getRowCount("customers")).isEqualTo(2);
    ITable found = database.createQueryTable("customers", "SELECT * FROM customers ORDER BY id");
    Assertion.assertEquals(data().getTable("customers"), found);
    Assertion.assertEquals(data().getTable("orders"), database.createDataSet().getTable("orders"));
    assertThat(database.createDataSet().getTableMetaData("orders").getPrimaryKeys())
        .extracting(org.dbunit.dataset.Column::getColumnName)
        .containsExactly("id");

    StringWriter xml = new StringWriter();
    FlatXmlDataSet.write(database.createDataSet(), xml);
    assertThat(xml.toString()).contains("name=\"it&apos;s bob\"").contains("limit_=\"10.50\"");
  }

  @Test
  void refreshUpdateAndDelete() throws Exception {
    DatabaseOperation.INSERT.execute(database, data());
    IDataSet changes =
        new FlatXmlDataSetBuilder()
            .build(
                new StringReader(
                    """
                    <dataset>
                      <customers id="2" name="bob"/><customers id="3" name="cy"/>
                    </dataset>"""));
    DatabaseOperation.REFRESH.execute(database, changes);
    assertThat(database.createQueryTable("n", "SELECT name FROM customers ORDER BY id"))
        .satisfies(
            names -> {
              assertThat(names.getRowCount()).isEqualTo(3);
              assertThat(names.getValue(1, "name")).isEqualTo("bob");
            });
    DatabaseOperation.DELETE.execute(database, changes);
    assertThat(database.getRowCount("customers")).isEqualTo(1);
    DatabaseOperation.DELETE_ALL.execute(database, data());
    assertThat(database.getRowCount("orders")).isZero();
  }
}
