package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.storage.RequestCounter.Kind;
import dev.frazil.testing.ConditionalS3Server;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What browsing costs in requests to S3: one for the root of the database, and one for each table
 * that a call is about and that is not in memory.
 */
class MetaDataRequestsTest {
  private static final int WRITER = 0;
  private static final int READER = 1;
  private static final int FEW = 150;
  private static final int MANY = 2_000;
  private ConditionalS3Server server;

  private interface Call {
    ResultSet of(DatabaseMetaData metaData) throws SQLException;
  }

  @BeforeEach
  void start() {
    server = ConditionalS3Server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Connections with the same settings of their client share what they know. */
  private Connection connect(int client, String... settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("endpoint", server.endpoint());
    properties.setProperty("pathStyleAccess", "true");
    properties.setProperty("region", ConditionalS3Server.REGION);
    properties.setProperty("accessKeyId", ConditionalS3Server.ACCESS_KEY);
    properties.setProperty("secretAccessKey", ConditionalS3Server.SECRET_KEY);
    properties.setProperty("requestTimeoutMillis", Integer.toString(60_000 + client));
    for (String setting : settings) {
      properties.setProperty(setting, "true");
    }
    return DriverManager.getConnection(
        "jdbc:iceberg:s3://" + ConditionalS3Server.BUCKET + "/db", properties);
  }

  /** Tables {@code t0}, {@code t1}, ... of three columns, every other one in the schema sales. */
  private void create(int tables) throws SQLException {
    try (Connection writer = connect(WRITER);
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("CREATE SCHEMA sales");
      for (int i = 0; i < tables; i++) {
        statement.execute(
            "CREATE TABLE "
                + (i % 2 == 0 ? "main.t" : "sales.t")
                + i
                + " (id bigint PRIMARY KEY, name varchar COMMENT 'a name', day date) COMMENT 'nr "
                + i
                + "'");
      }
      writer.commit();
    }
  }

  /** Rows that a call gives, and the requests that it took. */
  private long[] cost(Connection connection, Call call) throws SQLException {
    server.resetCounts();
    long rows = 0;
    try (ResultSet result = call.of(connection.getMetaData())) {
      while (result.next()) {
        rows++;
      }
    }
    assertThat(server.count(Kind.PUT, Kind.CONDITIONAL_PUT, Kind.MULTIPART, Kind.DELETE)).isZero();
    return new long[] {rows, server.count(Kind.GET, Kind.RANGE_GET, Kind.HEAD, Kind.LIST)};
  }

  @Test
  void onlyTablesThatACallIsAboutAreRead() throws SQLException {
    browse(FEW);
  }

  @Test
  @Tag("slow")
  void twoThousandTablesAreBrowsedInAFewRequests() throws SQLException {
    browse(MANY);
  }

  private void browse(int tables) throws SQLException {
    create(tables);
    try (Connection connection = connect(READER)) {
      assertThat(cost(connection, m -> m.getSchemas(null, "%"))).containsExactly(2, 1);
      assertThat(cost(connection, m -> m.getTables(null, null, "%", null)))
          .containsExactly(tables, 1);
      assertThat(cost(connection, m -> m.getTables(null, "sales", "%", new String[] {"TABLE"})))
          .containsExactly(tables / 2, 1);
      assertThat(cost(connection, m -> m.getColumns(null, "main", "t4", "%")))
          .containsExactly(3, 2);
      assertThat(cost(connection, m -> m.getPrimaryKeys(null, "main", "t4"))).containsExactly(1, 1);
      assertThat(cost(connection, m -> m.getIndexInfo(null, "main", "t4", false, true)))
          .containsExactly(2, 1);
      assertThat(cost(connection, m -> m.getImportedKeys(null, "main", "t4")))
          .containsExactly(0, 0);
      assertThat(cost(connection, m -> m.getTables(null, "main", "t6", null)))
          .as("its comment is read")
          .containsExactly(1, 2);
      assertThat(cost(connection, m -> m.getPrimaryKeys(null, null, "t9"))).containsExactly(1, 2);
      assertThat(cost(connection, m -> m.getColumns(null, "sales", "%", "%")))
          .as("t9 is in memory")
          .containsExactly(3L * tables / 2, tables / 2);
      assertThat(cost(connection, m -> m.getColumns(null, "sales", "%", "na%")))
          .containsExactly(tables / 2, 1);
    }
  }

  @Test
  void commentsOfAllTablesAreReadWhereThatIsAskedFor() throws SQLException {
    create(10);
    try (Connection connection = connect(READER + 1, "readTableComments");
        ResultSet rows = connection.getMetaData().getTables(null, "main", "%", null)) {
      for (int i = 0; i < 10; i += 2) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString("REMARKS")).isEqualTo("nr " + i);
      }
    }
    try (Connection connection = connect(READER);
        ResultSet rows = connection.getMetaData().getTables(null, "main", "%", null)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("REMARKS")).isNull();
    }
  }

  /** A transaction that has looked at the database asks for nothing that it has seen. */
  @Test
  void aTransactionThatHasBegunNeedsNoRequest() throws SQLException {
    create(10);
    try (Connection connection = connect(READER);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeQuery("SELECT id FROM t0").close();
      assertThat(cost(connection, m -> m.getTables(null, null, "%", null))).containsExactly(10, 0);
      assertThat(cost(connection, m -> m.getColumns(null, "main", "t0", "%")))
          .containsExactly(3, 0);
    }
  }
}
