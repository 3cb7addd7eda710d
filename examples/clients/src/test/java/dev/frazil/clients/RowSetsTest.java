package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.RowSet;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.FilteredRowSet;
import javax.sql.rowset.JdbcRowSet;
import javax.sql.rowset.JoinRowSet;
import javax.sql.rowset.Predicate;
import javax.sql.rowset.RowSetFactory;
import javax.sql.rowset.RowSetProvider;
import javax.sql.rowset.WebRowSet;
import javax.sql.rowset.spi.SyncProviderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The row sets of the JDK: read, change without a connection, write back, join, filter, XML. */
class RowSetsTest {
  @TempDir Path folder;
  private String url = "";
  private Connection connection;
  private RowSetFactory factory;

  @BeforeEach
  void makeTables() throws SQLException {
    url = "jdbc:iceberg:" + folder.resolve("shop");
    factory = RowSetProvider.newFactory();
    connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE items (id integer PRIMARY KEY, name varchar, price decimal(8,2), day date)");
      statement.execute(
          "INSERT INTO items VALUES (1, 'pen', 1.20, DATE '2026-01-01'),"
              + " (2, 'ink', 3.40, DATE '2026-01-02'), (3, 'cap', NULL, NULL)");
      statement.execute("CREATE TABLE stock (id integer, pieces integer)");
      statement.execute("INSERT INTO stock VALUES (1, 10), (3, 30)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private <R extends RowSet> R filled(R rows, String query) throws SQLException {
    rows.setUrl(url);
    rows.setCommand(query);
    rows.execute();
    return rows;
  }

  private static List<String> names(RowSet rows) throws SQLException {
    List<String> names = new ArrayList<>();
    rows.beforeFirst();
    while (rows.next()) {
      names.add(rows.getString("name"));
    }
    return names;
  }

  private List<String> stored() throws SQLException {
    List<String> stored = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name, price FROM items ORDER BY id")) {
      while (rows.next()) {
        stored.add(rows.getString(1) + " " + rows.getBigDecimal(2));
      }
    }
    return stored;
  }

  @Test
  void cachedRowSet() throws SQLException {
    try (CachedRowSet rows =
        filled(factory.createCachedRowSet(), "SELECT * FROM items WHERE id < 9 ORDER BY id")) {
      assertThat(rows.size()).isEqualTo(3);
      assertThat(names(rows)).containsExactly("pen", "ink", "cap");
      assertThat(rows.absolute(2)).isTrue();
      assertThat(rows.getBigDecimal("price")).isEqualTo("3.40");
      assertThat(rows.getDate("day")).hasToString("2026-01-02");
      assertThat(rows.getMetaData().getColumnTypeName(3)).startsWith("decimal");
    }
  }

  /** A row set remembers what it read and writes back where that is still so. */
  @Test
  void cachedRowSetWritesBack() throws SQLException {
    CachedRowSet rows = filled(factory.createCachedRowSet(), "SELECT * FROM items ORDER BY id");
    rows.setTableName("items");
    rows.setKeyColumns(new int[] {1});
    rows.absolute(1);
    rows.updateBigDecimal("price", new BigDecimal("1.50"));
    rows.updateRow();
    rows.absolute(2);
    rows.deleteRow();
    rows.moveToInsertRow();
    rows.updateInt("id", 4);
    rows.updateString("name", "pad");
    rows.updateBigDecimal("price", new BigDecimal("2.00"));
    rows.updateNull("day");
    rows.insertRow();
    rows.moveToCurrentRow();
    connection.setAutoCommit(false);
    rows.acceptChanges(connection);
    connection.commit();
    assertThat(stored()).containsExactly("pen 1.50", "cap null", "pad 2.00");
  }

  @Test
  void aRowThatChangedMeanwhileIsAConflict() throws SQLException {
    CachedRowSet rows = filled(factory.createCachedRowSet(), "SELECT * FROM items ORDER BY id");
    rows.setTableName("items");
    rows.setKeyColumns(new int[] {1});
    try (Statement statement = connection.createStatement()) {
      statement.execute("UPDATE items SET price = 9 WHERE id = 1");
    }
    rows.absolute(1);
    rows.updateBigDecimal("price", new BigDecimal("1.50"));
    rows.updateRow();
    connection.setAutoCommit(false);
    assertThatThrownBy(() -> rows.acceptChanges(connection))
        .isInstanceOf(SyncProviderException.class);
    connection.rollback();
    assertThat(stored()).startsWith("pen 9.00");
  }

  @Test
  void filteredRowSet() throws SQLException {
    try (FilteredRowSet rows =
        filled(factory.createFilteredRowSet(), "SELECT * FROM items ORDER BY id")) {
      rows.setFilter(
          new Predicate() {
            @Override
            public boolean evaluate(RowSet row) {
              try {
                return row.getString("name").contains("n");
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            }

            @Override
            public boolean evaluate(Object value, int column) {
              return true;
            }

            @Override
            public boolean evaluate(Object value, String column) {
              return true;
            }
          });
      assertThat(names(rows)).containsExactly("pen", "ink");
    }
  }

  @Test
  void joinRowSet() throws SQLException {
    try (JoinRowSet joined = factory.createJoinRowSet()) {
      joined.addRowSet(filled(factory.createCachedRowSet(), "SELECT id, name FROM items"), "id");
      joined.addRowSet(filled(factory.createCachedRowSet(), "SELECT id, pieces FROM stock"), "id");
      assertThat(names(joined)).containsExactlyInAnyOrder("pen", "cap");
    }
  }

  @Test
  void webRowSet() throws Exception {
    StringWriter xml = new StringWriter();
    try (WebRowSet rows = filled(factory.createWebRowSet(), "SELECT * FROM items ORDER BY id")) {
      rows.writeXml(xml);
    }
    assertThat(xml.toString()).contains("<column-name>price</column-name>");
    try (WebRowSet again = factory.createWebRowSet()) {
      again.readXml(new StringReader(xml.toString()));
      assertThat(names(again)).containsExactly("pen", "ink", "cap");
    }
  }

  /** Asks for a scrollable, updatable result set. */
  @Test
  void jdbcRowSetReads() throws SQLException {
    try (JdbcRowSet rows = filled(factory.createJdbcRowSet(), "SELECT * FROM items ORDER BY id")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("name")).isEqualTo("pen");
    }
  }
}
