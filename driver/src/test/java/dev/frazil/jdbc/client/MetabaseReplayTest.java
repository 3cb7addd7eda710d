package dev.frazil.jdbc.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The calls of Metabase's generic parts for JDBC ({@code metabase.driver.sql-jdbc}), which a driver
 * plugin for Frazil would inherit: connect, sync, and a question.
 */
class MetabaseReplayTest {
  @TempDir Path folder;

  @Test
  void aDatabaseIsSyncedAndAsked() throws SQLException {
    String url = "jdbc:iceberg:" + folder.resolve("db");
    try (Connection writer = DriverManager.getConnection(url);
        Statement statement = writer.createStatement()) {
      statement.execute(
          "CREATE TABLE reading (id bigint PRIMARY KEY, day date COMMENT 'of the year', clock time,"
              + " at timestamp, moment timestamp with time zone)");
      statement.execute(
          "INSERT INTO reading VALUES (1, DATE '2024-01-31', TIME '10:11:12', TIMESTAMP '2024-01-31"
              + " 10:00:00', CAST('2024-01-31T10:00:00Z' AS timestamp with time zone))");
    }
    try (Connection connection = DriverManager.getConnection(url)) {
      // execute.clj, do-with-connection-with-options and set-best-transaction-level!
      DatabaseMetaData metaData = connection.getMetaData();
      // It takes the first of READ_UNCOMMITTED, REPEATABLE_READ and READ_COMMITTED.
      assertThat(metaData.supportsTransactionIsolationLevel(Connection.TRANSACTION_REPEATABLE_READ))
          .isTrue();
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      connection.setHoldability(metaData.getResultSetHoldability());

      // describe_database.clj, all-schemas, db-tables and have-select-privilege?
      assertThat(Answer.of(metaData.getSchemas(), "TABLE_SCHEM").column("TABLE_SCHEM"))
          .contains("main");
      String[] types = {
        "TABLE",
        "PARTITIONED TABLE",
        "VIEW",
        "FOREIGN TABLE",
        "MATERIALIZED VIEW",
        "EXTERNAL TABLE",
        "DYNAMIC_TABLE"
      };
      assertThat(
              Answer.of(
                      metaData.getTables(null, "main", "%", types),
                      "TABLE_NAME",
                      "TABLE_SCHEM",
                      "TABLE_TYPE",
                      "REMARKS")
                  .column("TABLE_NAME"))
          .containsExactly("reading");
      try (PreparedStatement probe =
          connection.prepareStatement(
              "SELECT TRUE AS \"_\" FROM \"main\".\"reading\" WHERE 1 <> 1 LIMIT 0")) {
        probe.setQueryTimeout(15);
        assertThat(probe.execute()).isTrue();
      }

      // describe_table.clj, jdbc-fields-metadata and get-table-pks
      Answer fields =
          Answer.of(
              metaData.getColumns(null, "main", "reading", null),
              "COLUMN_NAME",
              "TYPE_NAME",
              "COLUMN_DEF",
              "NULLABLE",
              "IS_AUTOINCREMENT",
              "REMARKS");
      assertThat(fields.column("TYPE_NAME"))
          .containsExactly("bigint", "date", "time", "timestamp", "timestamp with time zone");
      Map<String, String> day = fields.where("COLUMN_NAME", "day");
      assertThat(day).containsEntry("REMARKS", "of the year").containsEntry("NULLABLE", "1");
      assertThat(Answer.of(metaData.getPrimaryKeys(null, "main", "reading"), "COLUMN_NAME").rows())
          .hasSize(1);
      assertThat(
              Answer.of(
                      metaData.getImportedKeys(null, "main", "reading"),
                      "FKCOLUMN_NAME",
                      "PKTABLE_NAME",
                      "PKTABLE_SCHEM",
                      "PKCOLUMN_NAME")
                  .rows())
          .isEmpty();

      ask(connection);
    }
  }

  /** execute.clj, prepared-statement and read-column-thunk: java.time, never java.sql. */
  private static void ask(Connection connection) throws SQLException {
    try (PreparedStatement question =
        connection.prepareStatement(
            "-- Metabase:: userID: 1 queryType: MBQL queryHash: 00\n"
                + "SELECT \"main\".\"reading\".\"day\" AS \"day\", \"main\".\"reading\".\"clock\" AS"
                + " \"clock\", \"main\".\"reading\".\"at\" AS \"at\", \"main\".\"reading\".\"moment\""
                + " AS \"moment\", COUNT(*) AS \"count\" FROM \"main\".\"reading\" WHERE"
                + " \"main\".\"reading\".\"day\" >= ? AND \"main\".\"reading\".\"moment\" < ? GROUP BY"
                + " \"main\".\"reading\".\"day\", \"main\".\"reading\".\"clock\","
                + " \"main\".\"reading\".\"at\", \"main\".\"reading\".\"moment\" ORDER BY"
                + " \"main\".\"reading\".\"day\" ASC LIMIT 2000",
            ResultSet.TYPE_FORWARD_ONLY,
            ResultSet.CONCUR_READ_ONLY,
            ResultSet.CLOSE_CURSORS_AT_COMMIT)) {
      question.setFetchDirection(ResultSet.FETCH_FORWARD);
      question.setFetchSize(500);
      question.setMaxRows(2000);
      question.setObject(1, LocalDate.of(2024, 1, 1), Types.DATE);
      question.setObject(
          2,
          OffsetDateTime.of(2025, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
          Types.TIMESTAMP_WITH_TIMEZONE);
      try (ResultSet rows = question.executeQuery()) {
        assertThat(rows.getMetaData().getColumnLabel(5)).isEqualTo("count");
        assertThat(rows.next()).isTrue();
        assertThat(rows.getObject(1, LocalDate.class)).isEqualTo("2024-01-31");
        assertThat(rows.getObject(2, LocalTime.class)).isEqualTo("10:11:12");
        assertThat(rows.getObject(3, LocalDateTime.class)).isEqualTo("2024-01-31T10:00:00");
        assertThat(rows.getObject(4, OffsetDateTime.class).toInstant())
            .isEqualTo("2024-01-31T10:00:00Z");
        assertThat(rows.getObject(5)).isEqualTo(1L);
        assertThat(rows.next()).isFalse();
      }
      question.cancel();
    }
  }
}
