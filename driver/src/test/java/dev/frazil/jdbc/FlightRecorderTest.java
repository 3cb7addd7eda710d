package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.testing.ConditionalS3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JDK's Flight Recorder hears of statements on a bucket. */
class FlightRecorderTest {
  private static final Set<String> NAMES =
      Set.of(
          "dev.frazil.Query",
          "dev.frazil.FileScan",
          "dev.frazil.RowGroupScan",
          "dev.frazil.Commit",
          "dev.frazil.Conflict",
          "dev.frazil.StoreRequest",
          "dev.frazil.Spill");

  @TempDir private Path folder;

  /**
   * @param requestTimeoutMillis connections of another one share nothing, as in another process
   */
  private static Connection connect(ConditionalS3Server server, String requestTimeoutMillis)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("endpoint", server.endpoint());
    properties.setProperty("pathStyleAccess", "true");
    properties.setProperty("region", ConditionalS3Server.REGION);
    properties.setProperty("accessKeyId", ConditionalS3Server.ACCESS_KEY);
    properties.setProperty("secretAccessKey", ConditionalS3Server.SECRET_KEY);
    properties.setProperty("memoryLimit", "1MB");
    properties.setProperty("requestTimeoutMillis", requestTimeoutMillis);
    return DriverManager.getConnection(
        "jdbc:iceberg:s3://" + ConditionalS3Server.BUCKET + "/db", properties);
  }

  @Test
  void everyKindOfEventIsRecorded() throws Exception {
    List<RecordedEvent> events;
    try (Recording recording = new Recording();
        ConditionalS3Server server = ConditionalS3Server.start()) {
      NAMES.forEach(recording::enable);
      recording.start();
      work(server);
      recording.stop();
      events = dumped(recording);
    }
    assertThat(events.stream().map(event -> event.getEventType().getName())).containsAll(NAMES);

    RecordedEvent select = query(events, "SELECT id FROM reading WHERE sensor <> ? ORDER BY note");
    assertThat(select.getLong("rows")).isEqualTo(20_000);
    assertThat(select.getLong("filesRead")).isEqualTo(1);
    assertThat(select.getLong("bytesRead")).isPositive();
    assertThat(select.getLong("bytesSpilled")).isPositive();
    assertThat(select.getLong("requests")).isPositive();
    assertThat(select.getDuration("busy")).isPositive();
    assertThat(select.getDuration("planning")).isPositive();
    assertThat(select.getDuration()).isPositive();
    assertThat(query(events, "SELECT nothing FROM reading").getString("sqlState"))
        .isEqualTo("42703");
    assertThat(query(events, "COMMIT").getLong("retries")).isEqualTo(1);

    RecordedEvent file = named(events, "FileScan").get(0);
    assertThat(file.getString("table")).isEqualTo("main.reading");
    assertThat(file.getString("location")).startsWith("s3://").endsWith(".parquet");
    assertThat(file.getLong("rows")).isEqualTo(20_000);
    assertThat(file.getLong("rowGroups")).isEqualTo(1);
    assertThat(named(events, "RowGroupScan").get(0).getString("location"))
        .isEqualTo(file.getString("location"));

    assertThat(named(events, "Commit"))
        .allSatisfy(event -> assertThat(event.getString("outcome")).isEqualTo("APPLIED"))
        .anySatisfy(
            event -> {
              assertThat(event.getString("tables")).isEqualTo("main.other");
              assertThat(event.getInt("lostSwaps")).isEqualTo(1);
            });
    assertThat(named(events, "Conflict"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getString("answer")).isEqualTo("REBASE");
              assertThat(event.getInt("attempt")).isEqualTo(1);
            });
    assertThat(named(events, "StoreRequest"))
        .anySatisfy(
            event -> {
              assertThat(event.getString("kind")).isEqualTo("CONDITIONAL_PUT");
              assertThat(event.getLong("bytesWritten")).isPositive();
              assertThat(event.getInt("attempt")).isEqualTo(1);
            })
        .anySatisfy(
            event -> {
              assertThat(event.getString("kind")).isEqualTo("RANGE_GET");
              assertThat(event.getLong("bytesRead")).isPositive();
              assertThat(event.getDuration()).isPositive();
            });
    assertThat(named(events, "Spill"))
        .anySatisfy(event -> assertThat(event.getLong("bytes")).isPositive());
    assertThat(events.toString()).doesNotContain(ConditionalS3Server.SECRET_KEY, "hunter2");
  }

  private static void work(ConditionalS3Server server) throws SQLException {
    try (Connection connection = connect(server, "60000");
        Connection other = connect(server, "59999");
        Statement statement = connection.createStatement();
        Statement rival = other.createStatement()) {
      statement.execute(
          "CREATE TABLE reading AS SELECT x AS id, 'a' AS sensor, concat('note ', x) AS note FROM"
              + " generate_series(1, 20000) s (x)");
      int count = 0;
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT id FROM reading WHERE sensor <> 'hunter2' ORDER BY note")) {
        while (rows.next()) {
          count++;
        }
      }
      assertThat(count).isEqualTo(20_000);
      assertThatThrownBy(() -> statement.executeQuery("SELECT nothing FROM reading"))
          .isInstanceOf(SQLException.class);
      statement.execute("CREATE TABLE other (id bigint)");
      connection.setAutoCommit(false);
      statement.executeUpdate("INSERT INTO other VALUES (1)");
      rival.executeUpdate("INSERT INTO other VALUES (2)");
      connection.commit();
    }
  }

  private List<RecordedEvent> dumped(Recording recording) throws IOException {
    Path file = folder.resolve("recording.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file);
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("dev.frazil." + name))
        .collect(Collectors.toList());
  }

  private static RecordedEvent query(List<RecordedEvent> events, String sql) {
    return named(events, "Query").stream()
        .filter(event -> sql.equals(event.getString("sql")))
        .reduce(
            (first, second) -> {
              throw new AssertionError("twice: " + sql);
            })
        .orElseThrow(() -> new AssertionError("no event of " + sql));
  }
}
