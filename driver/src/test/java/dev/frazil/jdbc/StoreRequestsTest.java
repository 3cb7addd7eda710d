package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.storage.RequestCounter.Kind;
import dev.frazil.testing.ConditionalS3Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What statements cost through JDBC, in requests to S3. The driver itself adds none to the engine's
 * own: it plans a statement once, in the transaction that runs it.
 */
class StoreRequestsTest {
  private ConditionalS3Server server;
  private int opened;

  @BeforeEach
  void start() throws SQLException {
    server = ConditionalS3Server.start();
    try (Connection writer = connect();
        Statement statement = writer.createStatement()) {
      statement.execute("CREATE TABLE reading (id bigint, sensor varchar, value double)");
      statement.execute("INSERT INTO reading VALUES (1, 'a', 1.5), (2, 'b', 2.5), (3, 'c', 3.5)");
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A connection to an engine of its own: they are kept for a while, and shared by the same. */
  private Connection connect() throws SQLException {
    return connect(60_000 + opened++);
  }

  private Connection connect(int requestTimeoutMillis) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("endpoint", server.endpoint());
    properties.setProperty("pathStyleAccess", "true");
    properties.setProperty("region", ConditionalS3Server.REGION);
    properties.setProperty("accessKeyId", ConditionalS3Server.ACCESS_KEY);
    properties.setProperty("secretAccessKey", ConditionalS3Server.SECRET_KEY);
    properties.setProperty("requestTimeoutMillis", String.valueOf(requestTimeoutMillis));
    return DriverManager.getConnection(
        "jdbc:iceberg:s3://" + ConditionalS3Server.BUCKET + "/db", properties);
  }

  @Test
  void aFreshSelectOfOneFileTakesFiveReads() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      server.resetCounts();
      assertThat(value(statement.executeQuery("SELECT value FROM reading WHERE id = 2")))
          .isEqualTo(2.5);
      System.out.println("fresh SELECT of one file through JDBC: " + server.counts());
      assertThat(reads()).isEqualTo(5);
      assertThat(writes()).isZero();
      server.resetCounts();
      assertThat(value(statement.executeQuery("SELECT value FROM reading WHERE id = 3")))
          .isEqualTo(3.5);
      System.out.println("second SELECT of one file through JDBC: " + server.counts());
      assertThat(reads()).isEqualTo(2);
    }
  }

  @Test
  void aConnectionAfterTheLastOneWasClosedKnowsTheTable() throws SQLException {
    for (int i = 0; i < 2; i++) {
      server.resetCounts();
      try (Connection connection = connect(59_000);
          Statement statement = connection.createStatement()) {
        assertThat(value(statement.executeQuery("SELECT value FROM reading WHERE id = 2")))
            .isEqualTo(2.5);
      }
      assertThat(reads()).as("the root, then the file: %s", server.counts()).isEqualTo(5 - 3 * i);
    }
  }

  @Test
  void aWarmInsertOfOneRowTakesFivePutsAndOneRead() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO reading VALUES (4, 'd', 4.5)");
      server.resetCounts();
      assertThat(statement.executeUpdate("INSERT INTO reading VALUES (5, 'e', 5.5)")).isEqualTo(1);
      System.out.println("warm INSERT of one row through JDBC: " + server.counts());
      // The version hint that foreign readers look for is the sixth.
      assertThat(writes()).isEqualTo(6);
      assertThat(reads()).isEqualTo(1);
    }
  }

  @Test
  void aPreparedInsertTakesOneReadARun() throws SQLException {
    try (Connection connection = connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO reading VALUES (?, ?, ?)")) {
      for (int i = 0; i < 3; i++) {
        insert.setLong(1, i);
        insert.setString(2, "p");
        insert.setDouble(3, i);
        server.resetCounts();
        assertThat(insert.executeUpdate()).isEqualTo(1);
      }
      System.out.println("warm prepared INSERT through JDBC: " + server.counts());
      assertThat(writes()).isEqualTo(6);
      assertThat(reads()).isEqualTo(1);
    }
  }

  /** Tools ask so for the columns of a table or of a query. */
  @Test
  void aProbeOfNoRowsReadsNoData() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String probe :
          List.of(
              "SELECT * FROM reading WHERE 1=0",
              "SELECT * FROM (SELECT sensor, sum(value) FROM reading GROUP BY sensor) q WHERE 1"
                  + " = 0")) {
        server.resetCounts();
        try (ResultSet rows = statement.executeQuery(probe)) {
          assertThat(rows.getMetaData().getColumnCount()).isPositive();
          assertThat(rows.next()).isFalse();
        }
        assertThat(server.count(Kind.RANGE_GET)).as("of data: %s", server.counts()).isZero();
        assertThat(reads()).as("the root and the table: %s", server.counts()).isLessThan(3);
      }
    }
  }

  @Test
  void anOpenConnectionAsksNothing() throws SQLException {
    try (Connection connection = connect()) {
      assertThat(connection.isValid(1)).isTrue();
      server.resetCounts();
      assertThat(connection.isValid(1)).isTrue();
      assertThat(connection.isClosed()).isFalse();
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(connection.getCatalog()).isNull();
      assertThat(reads() + writes()).as("%s", server.counts()).isZero();
    }
  }

  private static double value(ResultSet rows) throws SQLException {
    try (rows) {
      assertThat(rows.next()).isTrue();
      return rows.getDouble(1);
    }
  }

  private long reads() {
    return server.count(Kind.GET, Kind.RANGE_GET, Kind.HEAD, Kind.LIST);
  }

  private long writes() {
    return server.count(Kind.PUT, Kind.CONDITIONAL_PUT, Kind.MULTIPART, Kind.DELETE);
  }
}
