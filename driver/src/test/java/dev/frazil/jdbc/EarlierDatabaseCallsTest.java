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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database as it was, as a program sees it that knows JDBC only. */
class EarlierDatabaseCallsTest {
  @TempDir Path folder;

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet tables = connection.getMetaData().getTables(null, "main", "%", null)) {
      while (tables.next()) {
        names.add(tables.getString("TABLE_NAME"));
      }
    }
    return names;
  }

  @Test
  void aConnectionShowsAMomentAndAnotherGoesBackToIt() throws SQLException {
    String url = "jdbc:iceberg:" + folder;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE a (id integer)");
      statement.execute("INSERT INTO a VALUES (1)");
      OffsetDateTime then;
      try (ResultSet history = statement.executeQuery("SHOW DATABASE HISTORY LIMIT 1")) {
        assertThat(history.next()).isTrue();
        assertThat(history.getLong("version")).isEqualTo(3);
        assertThat(history.getString("changes")).isEqualTo("changed main.a");
        then = history.getObject("made_at", OffsetDateTime.class);
      }
      statement.execute("DROP TABLE a");
      statement.execute("CREATE TABLE b (id integer)");
      assertThat(tables(connection)).containsExactly("b");

      try (Connection earlier = DriverManager.getConnection(url + "?asOf=" + then.toInstant())) {
        assertThat(earlier.isReadOnly()).isTrue();
        assertThat(tables(earlier)).containsExactly("a");
        assertThat(earlier.createStatement().executeQuery("SELECT * FROM a").next()).isTrue();
        assertThatThrownBy(() -> earlier.createStatement().execute("DROP TABLE a"))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
      }
      assertThatThrownBy(() -> DriverManager.getConnection(url + "?asOf=yesterday"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"));

      try (PreparedStatement restore =
          connection.prepareStatement("RESTORE DATABASE TO TIMESTAMP ?")) {
        restore.setObject(1, then);
        assertThat(restore.executeUpdate()).isEqualTo(2);
      }
      assertThat(tables(connection)).containsExactly("a");
      try (ResultSet dropped = statement.executeQuery("SHOW DROPPED TABLES")) {
        assertThat(dropped.next()).isTrue();
        assertThat(dropped.getString("table_name")).isEqualTo("b");
        assertThat(dropped.getObject("dropped_at", OffsetDateTime.class)).isAfter(then);
      }
      assertThat(statement.executeUpdate("UNDROP TABLE b")).isZero();
      assertThat(tables(connection)).containsExactly("a", "b");
    }
  }
}
