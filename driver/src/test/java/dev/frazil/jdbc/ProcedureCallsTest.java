package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CALL through each kind of statement, over the real engine and a folder. */
class ProcedureCallsTest {
  @TempDir private Path folder;

  private Connection connection;
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"));
    statement = connection.createStatement();
    statement.execute("CREATE TABLE t (id integer)");
    fill();
  }

  private void fill() throws SQLException {
    for (int i = 0; i < 5; i++) {
      statement.execute("INSERT INTO t VALUES (" + i + ")");
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private static List<String> labels(ResultSetMetaData columns) throws SQLException {
    List<String> labels = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      labels.add(columns.getColumnLabel(i) + " " + columns.getColumnTypeName(i));
    }
    return labels;
  }

  @Test
  void aStatementGivesTheResultSet() throws SQLException {
    assertThat(statement.execute("CALL system.rewrite_data_files(table => 'main.t')")).isTrue();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
    try (ResultSet rows = statement.getResultSet()) {
      assertThat(labels(rows.getMetaData()))
          .containsExactly(
              "rewritten_data_files_count integer",
              "added_data_files_count integer",
              "rewritten_bytes_count bigint",
              "failed_data_files_count integer",
              "removed_delete_files_count integer");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(5);
      assertThat(rows.getInt("added_data_files_count")).isEqualTo(1);
      assertThat(rows.next()).isFalse();
    }
    assertThat(statement.getMoreResults()).isFalse();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
    try (ResultSet rows = statement.executeQuery("SELECT count(*), sum(id) FROM t")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1) + " " + rows.getInt(2)).isEqualTo("5 10");
    }
    try (ResultSet rows = statement.executeQuery("{call system.remove_orphan_files('t')}")) {
      assertThat(labels(rows.getMetaData())).containsExactly("orphan_file_location varchar");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void aPreparedStatementTakesParameters() throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement(
            "CALL system.rewrite_data_files(table => ?, where => ?, options =>"
                + " MAP['min-input-files', ?])")) {
      assertThat(call.getMetaData().getColumnCount()).isEqualTo(5);
      assertThat(call.getParameterMetaData().getParameterCount()).isEqualTo(3);
      call.setString(1, "t");
      call.setString(2, "id < 3");
      call.setString(3, "2");
      try (ResultSet rows = call.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(3);
      }
      call.setString(2, null);
      assertThat(call.execute()).isTrue();
      assertThat(call.getResultSet().next()).isTrue();
      assertThat(call.getResultSet().getInt(1)).isEqualTo(3);
      call.addBatch();
      assertThatThrownBy(call::executeBatch).hasMessageContaining("gives rows");
      assertThatThrownBy(call::executeUpdate).hasMessageContaining("executeQuery");
    }
    try (PreparedStatement call =
        connection.prepareStatement("CALL system.expire_snapshots('t', ?, ?)")) {
      call.setTimestamp(1, Timestamp.from(Instant.now().minus(2, ChronoUnit.DAYS)));
      call.setInt(2, 1);
      try (ResultSet rows = call.executeQuery()) {
        assertThat(labels(rows.getMetaData()))
            .contains("deleted_data_files_count bigint", "deleted_manifest_files_count bigint");
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isZero();
      }
    }
  }

  @Test
  void aCallableStatementIsAPreparedOne() throws SQLException {
    try (CallableStatement call = connection.prepareCall("{ call system.rewrite_data_files(?) }")) {
      call.setString(1, "t");
      assertThat(call.execute()).isTrue();
      assertThat(call.getUpdateCount()).isEqualTo(-1);
      try (ResultSet rows = call.getResultSet()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(5);
      }
      assertThatThrownBy(() -> call.registerOutParameter(1, Types.INTEGER))
          .isInstanceOf(SQLFeatureNotSupportedException.class)
          .hasMessageContaining("OUT parameter");
      assertThatThrownBy(() -> call.getInt(1)).isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(() -> call.getString("table")).hasMessageContaining("OUT parameter");
      assertThatThrownBy(() -> call.setString("table", "t"))
          .isInstanceOf(SQLFeatureNotSupportedException.class)
          .hasMessageContaining("by its number");
    }
    try (CallableStatement call =
        connection.prepareCall(
            "CALL system.remove_orphan_files(table => ?, older_than => ?)",
            ResultSet.TYPE_SCROLL_SENSITIVE,
            ResultSet.CONCUR_READ_ONLY)) {
      assertThat(call.getWarnings().getSQLState()).isEqualTo("01S02");
      call.setString(1, "t");
      call.setObject(2, Instant.now().minus(10, ChronoUnit.DAYS));
      assertThat(call.executeQuery().next()).isFalse();
    }
    assertThatThrownBy(() -> connection.prepareCall("{? = call system.rewrite_data_files('t')}"))
        .isInstanceOf(SQLFeatureNotSupportedException.class)
        .hasMessageContaining("{? = call");
  }

  @Test
  void mistakesAreNamed() throws SQLException {
    fails("CALL system.nothing('t')", "42883", "nothing");
    fails("CALL system.expire_snapshots(tabel => 't')", "42883", "tabel");
    fails("CALL system.expire_snapshots('no_such')", "42P01", "no_such");
    fails("CALL system.expire_snapshots('t', current_timestamp)", "22023", "3600 seconds");
    fails("{call system.rewrite_data_files('t', 'zorder')}", "22023", "zorder");
    connection.setAutoCommit(false);
    fails("CALL system.rewrite_data_files('t')", "25001", "transaction");
    connection.rollback();
    connection.setAutoCommit(true);
    connection.setReadOnly(true);
    fails("CALL system.rewrite_data_files('t')", "25006", "read-only");
  }

  private void fails(String sql, String state, String message) throws SQLException {
    for (boolean callable : new boolean[] {false, true}) {
      assertThatThrownBy(
              () -> {
                if (callable) {
                  try (CallableStatement call = connection.prepareCall(sql)) {
                    call.execute();
                  }
                } else {
                  statement.execute(sql);
                }
              })
          .as(sql)
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state))
          .hasMessageContaining(message);
    }
  }
}
