package dev.frazil.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.jdbc.FrazilDriver;
import dev.frazil.jdbc.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.OptionalDouble;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellDriverTest {
  @TempDir private Path folder;

  private Connection connect(ProgressLine progress) throws SQLException {
    Connection connection =
        new ShellDriver(new FrazilDriver(), progress)
            .connect("jdbc:iceberg:" + folder, new Properties());
    assertThat(connection).isNotNull();
    return connection;
  }

  @Test
  void ctrlCAfterAStatementIsNoError() throws SQLException {
    try (Connection connection = connect(null)) {
      Statement statement = connection.createStatement();
      statement.execute("SELECT 1");
      statement.close();
      statement.cancel();
      assertThat(statement.isClosed()).isTrue();
    }
  }

  @Test
  void valuesComeAsText() throws SQLException {
    try (Connection connection = connect(null);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT TIME '01:02:03.000004' AS t, 1.50 AS d, CAST(NULL AS date) AS n")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getObject(1)).isEqualTo("01:02:03.000004");
      assertThat(rows.getObject("d")).isEqualTo("1.50");
      assertThat(rows.getObject(3)).isNull();
      assertThat(rows.getMetaData().getColumnType(1)).isEqualTo(Types.VARCHAR);
      assertThat(rows.getMetaData().getColumnType(2)).isEqualTo(Types.DECIMAL);
    }
  }

  @Test
  void failuresComeAsTheDriverThrewThem() throws SQLException {
    try (Connection connection = connect(null);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("SELEC"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("SELEC");
    }
  }

  @Test
  void aLongStatementShowsItsProgress() throws SQLException {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
    try (Connection connection = connect(new ProgressLine(out, 0));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE n AS WITH d(n) AS (VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9))"
              + " SELECT a.n + 10 * b.n + 100 * c.n AS n FROM d a, d b, d c");
      statement.setQueryTimeout(1);
      assertThatThrownBy(
              () ->
                  statement
                      .executeQuery(
                          "SELECT count(*) FROM n a, n b, n c WHERE a.n + b.n < c.n - 1000")
                      .next())
          .isInstanceOf(SQLException.class);
    }
    assertThat(screen.toString(StandardCharsets.UTF_8))
        .contains("reading [", "% of ", " rows/s", "(Ctrl-C cancels)")
        .endsWith("\r\u001b[K");
  }

  @Test
  void aProgressLineIsABarWhereTheRowsAreKnown() {
    assertThat(ProgressLine.line(null, 2_500)).isEqualTo("running for 2.5 s (Ctrl-C cancels)");
    assertThat(ProgressLine.line(progress(Progress.Stage.READING, 0.5, 0), 4_000))
        .isEqualTo(
            "reading [############............] 50% of 2,000,000 rows, 250,000 rows/s, 4.0 s"
                + " (Ctrl-C cancels)");
    assertThat(ProgressLine.line(progress(Progress.Stage.WRITING, 1, 7_000), 4_000))
        .contains("writing [########################] 100% of", ", 7,000 rows written,");
    assertThat(ProgressLine.line(progress(Progress.Stage.COMMITTING, 1, 7_000), 4_000))
        .isEqualTo("committing, running for 4.0 s, 7,000 rows written (Ctrl-C cancels)");
  }

  private static Progress progress(Progress.Stage stage, double fraction, long rowsWritten) {
    return new Progress(
        stage,
        4_000,
        OptionalDouble.of(fraction),
        2,
        1,
        2,
        1,
        2_000_000,
        1_000_000,
        rowsWritten,
        0,
        0);
  }
}
