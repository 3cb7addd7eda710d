package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client sees of views. */
class ViewBrowsingTest {
  @TempDir private Path folder;
  private Connection connection;
  private DatabaseMetaData metaData;

  @BeforeEach
  void create() throws SQLException {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"));
    metaData = connection.getMetaData();
    run(
        "CREATE TABLE orders (id bigint NOT NULL, amount decimal(10,2) COMMENT 'paid')",
        "CREATE VIEW big (order_id COMMENT 'the key', amount) COMMENT 'of 100 and more' AS SELECT"
            + " id, amount FROM orders WHERE amount >= 100",
        "CREATE SCHEMA sales",
        "CREATE VIEW sales.all_orders AS SELECT * FROM main.orders");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  private void run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Rows as text, the named columns only. */
  private static List<String> rows(ResultSet rows, String... columns) throws SQLException {
    List<String> found = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (String column : columns) {
          values.add(rows.getString(column));
        }
        found.add(String.join("|", values));
      }
    }
    return found;
  }

  @Test
  void viewsStandBehindTables() throws SQLException {
    String[] shown = {"TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE", "REMARKS"};
    assertThat(rows(metaData.getTables(null, null, "%", null), shown))
        .containsExactly(
            "main|orders|TABLE|null",
            "main|big|VIEW|of 100 and more",
            "sales|all_orders|VIEW|null");
    assertThat(rows(metaData.getTables(null, null, "%", new String[] {"VIEW"}), shown))
        .containsExactly("main|big|VIEW|of 100 and more", "sales|all_orders|VIEW|null");
    assertThat(rows(metaData.getTables(null, "main", "%", new String[] {"TABLE"}), shown))
        .containsExactly("main|orders|TABLE|null");
    assertThat(rows(metaData.getTables(null, "main", "b_g", null), shown))
        .containsExactly("main|big|VIEW|of 100 and more");
    assertThat(rows(metaData.getTableTypes(), "TABLE_TYPE")).containsExactly("TABLE", "VIEW");
  }

  @Test
  void theirColumnsAreTold() throws SQLException {
    assertThat(
            rows(
                metaData.getColumns(null, null, "%", "%"),
                "TABLE_NAME",
                "COLUMN_NAME",
                "TYPE_NAME",
                "IS_NULLABLE",
                "REMARKS",
                "ORDINAL_POSITION"))
        .containsExactly(
            "big|order_id|bigint|YES|the key|1",
            "big|amount|decimal|YES|null|2",
            "orders|id|bigint|NO|null|1",
            "orders|amount|decimal|YES|paid|2",
            "all_orders|id|bigint|YES|null|1",
            "all_orders|amount|decimal|YES|null|2");
    assertThat(rows(metaData.getPrimaryKeys(null, "main", "big"), "COLUMN_NAME")).isEmpty();
    assertThat(rows(metaData.getPseudoColumns(null, "main", "big", "%"), "COLUMN_NAME")).isEmpty();
    try (PreparedStatement query = connection.prepareStatement("SELECT order_id FROM big")) {
      ResultSetMetaData result = query.getMetaData();
      assertThat(result.getTableName(1)).isEqualTo("big");
      assertThat(result.getColumnName(1)).isEqualTo("order_id");
    }
  }

  @Test
  void aViewThatReadsItselfIsTold() throws SQLException {
    run(
        "CREATE VIEW loop_a AS SELECT * FROM big",
        "CREATE OR REPLACE VIEW loop_b AS SELECT * FROM loop_a");
    try (Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () -> statement.execute("CREATE OR REPLACE VIEW loop_a AS SELECT * FROM loop_b"))
          .isInstanceOf(SQLSyntaxErrorException.class)
          .hasMessageContaining("main.loop_a reads main.loop_b reads main.loop_a")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("42P17");
    }
  }
}
