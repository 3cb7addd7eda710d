package dev.frazil.jdbc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.jdbc.client.DBeaverValues.Cell;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Properties;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DBeaver changes rows in a data tab, in auto-commit and by hand, and reads them back. */
class DBeaverEditReplayTest {
  @TempDir Path folder;

  private DBeaverCalls dbeaver;

  @BeforeEach
  void open() throws SQLException {
    dbeaver = DBeaverCalls.connect("jdbc:iceberg:" + folder.resolve("db"), new Properties(), false);
    run(
        "CREATE TABLE reading (id bigint PRIMARY KEY, sensor varchar, value double, price"
            + " decimal(10,2), taken timestamp, day date, ok boolean, hash varbinary, u uuid)");
    run(
        "INSERT INTO reading VALUES (1, 'a', 1.5, 2.50, TIMESTAMP '2024-01-31 10:00:00.25', DATE"
            + " '2024-01-31', true, X'0102', CAST('123e4567-e89b-12d3-a456-426614174000' AS uuid)),"
            + " (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
  }

  @AfterEach
  void close() throws SQLException {
    dbeaver.close();
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = dbeaver.connection().createStatement()) {
      statement.execute(sql);
    }
  }

  private List<Cell> row(long id) throws SQLException {
    // ResultSetPersister.RowDataReceiver reads a saved row again, by its key.
    try (ResultSet rows = dbeaver.readRows("SELECT * FROM main.reading\nWHERE id = " + id, 0, 2)) {
      assertThat(rows.next()).isTrue();
      List<Cell> cells = DBeaverValues.fetch(rows);
      assertThat(rows.next()).isFalse();
      rows.getStatement().close();
      return cells;
    }
  }

  /** JDBCTable.updateData with the columns of the primary key. */
  private int update(String column, Cell value, long id) throws SQLException {
    try (PreparedStatement statement =
        dbeaver.prepare("UPDATE main.reading\n\tSET " + column + "=?\n\tWHERE id=?")) {
      DBeaverValues.bind(statement, 1, value);
      statement.setLong(2, id);
      assertThat(statement.execute()).isFalse();
      assertThat((Throwable) statement.getWarnings()).isNull();
      return (int) statement.getLargeUpdateCount();
    }
  }

  @Test
  void eachCellOfARowIsEditedByItsKey() throws SQLException {
    List<Cell> full = row(1);
    for (Cell cell : full.subList(1, full.size())) {
      assertThat(update(cell.name(), new Cell(cell.name(), cell.type(), null), 1)).isEqualTo(1);
      assertThat(update(cell.name(), cell, 2)).as(cell.name()).isEqualTo(1);
    }
    assertThat(row(2).subList(1, full.size())).isEqualTo(full.subList(1, full.size()));
    assertThat(row(1).subList(1, full.size())).allMatch(cell -> cell.value() == null);
    assertThat(update("sensor", new Cell("sensor", Types.VARCHAR, "it's \"ü\""), 1)).isEqualTo(1);
    assertThat(row(1).get(1).value()).isEqualTo("it's \"ü\"");
  }

  /** A table without a key: the dialog's choice "Use all columns" makes a virtual one. */
  @Test
  void aCellIsEditedByAllColumns() throws SQLException {
    run("CREATE TABLE loose AS SELECT * FROM reading");
    List<Cell> cells;
    try (ResultSet rows = dbeaver.readRows("SELECT * FROM main.loose\nWHERE id = 1", 0, 200)) {
      rows.next();
      cells = DBeaverValues.fetch(rows);
      rows.getStatement().close();
    }
    String where = String.join("=? AND ", cells.stream().map(Cell::name).toList()) + "=?";
    try (PreparedStatement statement =
        dbeaver.prepare("UPDATE main.loose\n\tSET sensor=?\n\tWHERE " + where)) {
      statement.setString(1, "b");
      for (int i = 0; i < cells.size(); i++) {
        DBeaverValues.bind(statement, i + 2, cells.get(i));
      }
      assertThat(statement.execute()).isFalse();
      assertThat(statement.getLargeUpdateCount())
          .as("exactly the row that was edited")
          .isEqualTo(1);
    }
    // A null is no parameter: JDBCTable.appendAttributeCriteria.
    try (PreparedStatement statement =
        dbeaver.prepare(
            "DELETE FROM main.loose\n\tWHERE id=? AND sensor IS NULL AND value IS NULL")) {
      statement.setLong(1, 2);
      assertThat(statement.execute()).isFalse();
      assertThat(statement.getLargeUpdateCount()).isEqualTo(1);
    }
    assertThat(dbeaver.count("main.loose")).isEqualTo(1);
  }

  /**
   * JDBCDateTimeValueHandler takes the clock of an OffsetDateTime for one of the JVM's zone, so the
   * definition asks for {@code clientTypes=basic}: then a point in time stays the same anywhere.
   */
  @Test
  void aPointInTimeStaysTheSameInEveryZone() throws SQLException {
    run(
        "CREATE TABLE event (id bigint, u uuid, tags array(varchar), moment timestamp with time zone)");
    run(
        "INSERT INTO event SELECT 1, CAST('123e4567-e89b-12d3-a456-426614174000' AS uuid), ARRAY['a'],"
            + " CAST('2024-07-01T10:00:00Z' AS timestamp with time zone)");
    Properties basic = new Properties();
    basic.setProperty("clientTypes", "basic");
    TimeZone zone = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    try (DBeaverCalls shown =
            DBeaverCalls.connect("jdbc:iceberg:" + folder.resolve("db"), basic, false);
        ResultSet rows = shown.readRows("SELECT * FROM main.event", 0, 200)) {
      assertThat(rows.next()).isTrue();
      List<Cell> cells = DBeaverValues.fetch(rows);
      Cell moment = cells.get(3);
      assertThat(String.valueOf(moment.value())).isEqualTo("2024-07-01 06:00:00.0");
      try (PreparedStatement statement =
          shown.prepare("UPDATE main.event\n\tSET moment=?\n\tWHERE id=? AND u=? AND moment=?")) {
        DBeaverValues.bind(statement, 1, moment);
        DBeaverValues.bind(statement, 2, cells.get(0));
        DBeaverValues.bind(statement, 3, cells.get(1));
        DBeaverValues.bind(statement, 4, moment);
        assertThat(statement.executeUpdate()).isEqualTo(1);
      }
      assertThat(shown.count("main.event WHERE moment = TIMESTAMPTZ '2024-07-01 10:00:00Z'"))
          .isEqualTo(1);
      assertThat(cells.get(2).value()).as("an array is shown as text").isEqualTo("[a]");
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  /** ExecuteInsertBatchImpl: nulls are left out; with keys asked for, the new row comes back. */
  @Test
  void aRowIsInsertedAndDeleted() throws SQLException {
    try (PreparedStatement statement =
        dbeaver
            .connection()
            .prepareStatement(
                "INSERT INTO main.reading (id,sensor)\n\tVALUES (?,?)",
                Statement.RETURN_GENERATED_KEYS)) {
      statement.setLong(1, 3);
      statement.setString(2, "c");
      assertThat(statement.execute()).isFalse();
      assertThat(statement.getLargeUpdateCount()).isEqualTo(1);
      try (ResultSet keys = statement.getGeneratedKeys()) {
        assertThat(keys.next()).isTrue();
        assertThat(DBeaverValues.fetch(keys).get(0).value()).isEqualTo(3L);
      }
    }
    try (PreparedStatement statement = dbeaver.prepare("DELETE FROM main.reading\n\tWHERE id=?")) {
      statement.setLong(1, 3);
      assertThat(statement.execute()).isFalse();
      assertThat(statement.getLargeUpdateCount()).isEqualTo(1);
    }
    assertThat(dbeaver.count("main.reading")).isEqualTo(2);
  }

  /** The buttons Commit and Rollback: JDBCExecutionContext.setAutoCommit, commit, rollback. */
  @Test
  void manualCommitKeepsOrDropsTheChanges() throws SQLException {
    dbeaver.connection().setAutoCommit(false);
    assertThat(dbeaver.connection().getAutoCommit()).isFalse();
    assertThat(dbeaver.connection().getTransactionIsolation()).isPositive();
    assertThat(update("sensor", new Cell("sensor", Types.VARCHAR, "lost"), 1)).isEqualTo(1);
    assertThat(row(1).get(1).value()).isEqualTo("lost");
    dbeaver.connection().rollback();
    assertThat(row(1).get(1).value()).isEqualTo("a");
    update("sensor", new Cell("sensor", Types.VARCHAR, "kept"), 1);
    dbeaver.connection().commit();
    dbeaver.connection().setAutoCommit(true);
    assertThat(row(1).get(1).value()).isEqualTo("kept");
  }

  /** JDBCExecutionContext.setSavepoint, rollback, releaseSavepoint. */
  @Test
  void aSavepointIsRolledBackTo() throws SQLException {
    dbeaver.connection().setAutoCommit(false);
    update("sensor", new Cell("sensor", Types.VARCHAR, "first"), 1);
    Savepoint savepoint = dbeaver.connection().setSavepoint();
    update("sensor", new Cell("sensor", Types.VARCHAR, "second"), 1);
    dbeaver.connection().rollback(savepoint);
    Savepoint named = dbeaver.connection().setSavepoint("named");
    dbeaver.connection().releaseSavepoint(named);
    dbeaver.connection().commit();
    assertThat(row(1).get(1).value()).isEqualTo("first");
  }

  /**
   * The preference "Rollback on error" is off: the transaction goes on after a failed statement.
   */
  @Test
  void aStatementThatFailsLeavesTheTransaction() throws SQLException {
    dbeaver.connection().setAutoCommit(false);
    update("sensor", new Cell("sensor", Types.VARCHAR, "kept"), 1);
    assertThatThrownBy(() -> run("INSERT INTO reading (id) VALUES (1)"))
        .isInstanceOfSatisfying(
            SQLException.class, failure -> assertThat(failure.getSQLState()).isEqualTo("23505"));
    dbeaver.connection().commit();
    assertThat(row(1).get(1).value()).isEqualTo("kept");
  }

  @Test
  void aReadOnlyConnectionChangesNothing() throws SQLException {
    try (DBeaverCalls reader =
        DBeaverCalls.connect("jdbc:iceberg:" + folder.resolve("db"), new Properties(), true)) {
      assertThat(reader.count("main.reading")).isEqualTo(2);
      assertThatThrownBy(
              () -> {
                try (PreparedStatement statement = reader.prepare("DELETE FROM main.reading")) {
                  statement.execute();
                }
              })
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("read-only");
    }
  }

  /**
   * Data transfer into a table: batches, DatabaseTransferConsumer and ExecuteBatchImpl.flushBatch.
   */
  @Test
  void aFileIsImportedInBatches() throws SQLException {
    dbeaver.connection().setAutoCommit(false);
    try (PreparedStatement statement =
        dbeaver.prepare("INSERT INTO main.reading (id,sensor)\n\tVALUES (?,?)")) {
      for (long id = 10; id < 20; id++) {
        statement.setLong(1, id);
        statement.setString(2, "imported");
        statement.addBatch();
      }
      assertThat(statement.executeLargeBatch()).hasSize(10).containsOnly(1L);
      assertThat((Throwable) statement.getWarnings()).isNull();
    }
    dbeaver.connection().commit();
    assertThat(dbeaver.count("main.reading")).isEqualTo(12);
  }
}
