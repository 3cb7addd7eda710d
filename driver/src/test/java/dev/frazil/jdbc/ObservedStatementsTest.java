package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program learns of its statements: progress, profiles, and the log of slow ones. */
class ObservedStatementsTest {
  /** Minutes, unless somebody cancels it. */
  private static final String ENDLESS =
      "SELECT count(*) FROM generate_series(1, 300000) a (x), generate_series(1, 300000) b (y)"
          + " WHERE (a.x * b.y) % 7 = 8";

  @TempDir private Path folder;

  private Connection open(String... properties) throws SQLException {
    Properties given = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      given.setProperty(properties[i], properties[i + 1]);
    }
    return DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"), given);
  }

  @BeforeEach
  void fill() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE reading (id bigint, sensor varchar)");
      for (int file = 0; file < 3; file++) {
        statement.executeUpdate(
            "INSERT INTO reading SELECT x + "
                + 100 * file
                + ", 'sensor' FROM generate_series(0, 99) s (x)");
      }
    }
  }

  // ---- progress

  @Test
  void aListenerCancels() throws SQLException {
    List<Progress> heard = Collections.synchronizedList(new ArrayList<>());
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement
          .unwrap(FrazilStatement.class)
          .setProgressListener(
              progress -> {
                heard.add(progress);
                cancel(statement);
              });
      assertThatThrownBy(() -> statement.executeQuery(ENDLESS).next())
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      assertThat(heard.get(0).stage()).isIn(Progress.Stage.PLANNING, Progress.Stage.READING);
      assertThat(heard.get(0).elapsedMillis()).isGreaterThanOrEqualTo(90);
      assertThat(heard.get(heard.size() - 1).stage()).isEqualTo(Progress.Stage.FAILED);
      assertThat(statement.unwrap(QueryProfile.class).failure()).hasValue("57014");
    }
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theEndOfAScanIsToldWithItsFigures() throws SQLException {
    List<Progress> heard = Collections.synchronizedList(new ArrayList<>());
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      connection.unwrap(FrazilConnection.class).setProgressListener(heard::add);
      assertThat(rows(statement.executeQuery("SELECT * FROM reading"))).isEqualTo(300);
      Progress end = heard.get(heard.size() - 1);
      assertThat(end.stage()).isEqualTo(Progress.Stage.DONE);
      assertThat(end.fraction()).hasValue(1);
      assertThat(end.filesPlanned()).isEqualTo(3);
      assertThat(end.filesRead()).isEqualTo(3);
      assertThat(end.rowGroupsPlanned()).isEqualTo(3);
      assertThat(end.rowGroupsRead()).isEqualTo(3);
      assertThat(end.rowsPlanned()).isEqualTo(300);
      assertThat(end.rowsRead()).isEqualTo(300);
      assertThat(end.bytesRead()).isPositive();

      heard.clear();
      statement.executeUpdate("INSERT INTO reading SELECT id + 1000, sensor FROM reading");
      assertThat(heard.get(heard.size() - 1).rowsWritten()).isEqualTo(300);
      assertThat(heard.get(heard.size() - 1).bytesWritten()).isPositive();
      connection.unwrap(FrazilConnection.class).setProgressListener(null);
      heard.clear();
      statement.executeUpdate("DELETE FROM reading WHERE id > 900");
      assertThat(heard).isEmpty();
    }
  }

  // ---- profile

  @Test
  void aProfileTellsWhatAQueryRead() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      assertThat(statement.isWrapperFor(QueryProfile.class)).isFalse();
      assertThatThrownBy(() -> statement.unwrap(QueryProfile.class))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"));
      assertThat(rows(statement.executeQuery("SELECT * FROM reading WHERE id < 150")))
          .isEqualTo(150);
      assertThat(statement.isWrapperFor(QueryProfile.class)).isTrue();
      QueryProfile profile = statement.unwrap(QueryProfile.class);
      assertThat(profile.rows()).isEqualTo(150);
      assertThat(profile.filesPlanned()).isEqualTo(2);
      assertThat(profile.filesRead()).isEqualTo(2);
      assertThat(profile.rowGroups()).isEqualTo(2);
      assertThat(profile.rowsScanned()).isEqualTo(200);
      assertThat(profile.requests()).isPositive();
      assertThat(profile.bytesRead()).isPositive();
      assertThat(profile.planning()).isPositive();
      assertThat(profile.execution()).isPositive();
      assertThat(profile.commit()).isZero();
      assertThat(profile.failure()).isEmpty();
      assertThat(profile.operators()).isEmpty();
    }
  }

  @Test
  void aProfileTellsWhatAChangeWroteAndThatOfTheConnectionIsOfTheLastStatement()
      throws SQLException {
    try (Connection connection = open();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO reading VALUES (?, ?)");
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 5; i++) {
        insert.setLong(1, i);
        insert.setString(2, "batch");
        insert.addBatch();
      }
      insert.executeBatch();
      QueryProfile written = connection.unwrap(QueryProfile.class);
      assertThat(written.rows()).isEqualTo(5);
      assertThat(written.rowsWritten()).isEqualTo(5);
      assertThat(written.filesWritten()).isEqualTo(1);
      assertThat(written.bytesWritten()).isPositive();
      assertThat(written.commit()).isPositive();
      assertThat(written.total()).isGreaterThan(written.commit());
      assertThat(rows(statement.executeQuery("SELECT 1"))).isEqualTo(1);
      assertThat(connection.unwrap(QueryProfile.class).rowsWritten()).isZero();
      assertThat(insert.unwrap(QueryProfile.class).rowsWritten()).isEqualTo(5);
    }
  }

  @Test
  void operatorsAreWatchedWhereAskedFor() throws SQLException {
    try (Connection connection = open("profileOperators", "true");
        Statement statement = connection.createStatement()) {
      assertThat(
              rows(statement.executeQuery("SELECT sensor, max(id) FROM reading GROUP BY sensor")))
          .isEqualTo(1);
      assertThat(statement.unwrap(QueryProfile.class).operators())
          .anyMatch(line -> line.contains("300 rows in"))
          .anyMatch(line -> line.contains("files: 3 read of 3 planned"));
      statement.execute("SET profileOperators = false");
      assertThat(rows(statement.executeQuery("SELECT id FROM reading"))).isEqualTo(300);
      assertThat(statement.unwrap(QueryProfile.class).operators()).isEmpty();
      assertThat(rows(statement.executeQuery("EXPLAIN ANALYZE SELECT id FROM reading")))
          .isPositive();
      assertThat(statement.unwrap(QueryProfile.class).operators())
          .anyMatch(line -> line.startsWith("Execution: "));
    }
  }

  // ---- slow statements

  @Test
  void slowStatementsAreLoggedWithoutTheirLiterals() throws SQLException {
    try (Connection connection = open("slowQueryMillis", "1");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO reading VALUES (?, 'hunter2')");
        Statement statement = connection.createStatement()) {
      insert.setLong(1, 4711);
      List<String> lines = LogLines.during("dev.frazil.slow", insert::executeUpdate);
      assertThat(lines)
          .singleElement()
          .asString()
          .startsWith("WARNING slow statement, ")
          .contains("1 rows")
          .endsWith(": INSERT INTO reading VALUES (?, ?)")
          .doesNotContain("hunter2")
          .doesNotContain("4711");

      statement.execute("SET slowQueryMillis = 600000");
      assertThat(LogLines.during("dev.frazil.slow", insert::executeUpdate)).isEmpty();
      statement.execute("SET slowQueryMillis = 1");
      connection.setAutoCommit(false);
      insert.executeUpdate();
      assertThat(LogLines.during("dev.frazil.slow", connection::commit))
          .singleElement()
          .asString()
          .endsWith(": COMMIT");
    }
  }

  @Test
  void operatorsOfSlowStatementsAreLoggedWithoutTheirLiterals() throws SQLException {
    try (Connection connection = open("slowQueryMillis", "1", "profileOperators", "true");
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT a.sensor || 'hunter2', count(*) FROM reading a LEFT JOIN reading b"
                    + " ON a.id = b.id AND b.sensor <> 'hunter2' WHERE a.sensor <> 'hunter2'"
                    + " AND a.id < ? GROUP BY a.sensor || 'hunter2' LIMIT 8642")) {
      query.setLong(1, 4711);
      List<String> lines =
          LogLines.during(
              "dev.frazil.slow", () -> assertThat(rows(query.executeQuery())).isEqualTo(1));
      assertThat(lines)
          .hasSizeGreaterThan(5)
          .noneMatch(line -> line.matches("(?s).*(hunter2|4711|8642).*"))
          .anyMatch(line -> line.matches("WARNING +TableScan main.reading  \\(~\\d+ rows\\)"))
          .anyMatch(line -> line.matches("WARNING +HashJoin LEFT.*"))
          .anyMatch(line -> line.matches("WARNING +- 300 rows in .* batch.*"));
    }
  }

  @Test
  void aSlowFailureNamesItsState() throws SQLException {
    try (Connection connection = open("slowQueryMillis", "1");
        Statement statement = connection.createStatement()) {
      List<String> lines =
          LogLines.during(
              "dev.frazil.slow",
              () ->
                  assertThatThrownBy(
                          () ->
                              statement.executeQuery(
                                  "SELECT 1 / (x - 100000) FROM generate_series(1, 100000) s (x)"
                                      + " ORDER BY 1"))
                      .isInstanceOf(SQLException.class));
      assertThat(lines).singleElement().asString().contains("failed with 22012");
    }
  }

  private static int rows(ResultSet result) throws SQLException {
    try (result) {
      int count = 0;
      while (result.next()) {
        count++;
      }
      return count;
    }
  }
}
