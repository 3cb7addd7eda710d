package dev.frazil.jdbc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.storage.RequestCounter.Kind;
import dev.frazil.testing.ConditionalS3Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * DBeaver opens a database in a bucket: it connects, fills the navigator, shows a table and draws
 * the diagram of a schema; with the requests to the store that each step costs.
 */
class DBeaverReplayTest {
  private static final int TABLES = 40;

  private static final AtomicInteger CLIENTS = new AtomicInteger();

  private static ConditionalS3Server server;

  @BeforeAll
  static void start() throws SQLException {
    server = ConditionalS3Server.start();
    try (Connection connection = DriverManager.getConnection(url(), properties());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "CREATE TABLE reading (id bigint, sensor varchar NOT NULL DEFAULT 'a' COMMENT 'its name',"
              + " value double, price decimal(10,2), taken timestamp, tags array(varchar), hash"
              + " fixed(4), PRIMARY KEY (id)) COMMENT 'what was read'");
      statement.execute("INSERT INTO reading (id, sensor) VALUES (1, 'a'), (2, 'b'), (3, 'c')");
      for (int i = 0; i < TABLES; i++) {
        statement.execute("CREATE TABLE other_" + i + " (id bigint)");
      }
      statement.execute("CREATE SCHEMA a_b");
      statement.execute("CREATE SCHEMA axb");
      statement.execute("CREATE TABLE axb.stranger (id bigint)");
      connection.commit();
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void count() {
    server.resetCounts();
  }

  private static String url() {
    return "jdbc:iceberg:s3://" + ConditionalS3Server.BUCKET + "/db";
  }

  /** Properties of the connection, and user and password as DBeaver's own authentication has it. */
  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("endpoint", server.endpoint());
    properties.setProperty("pathStyleAccess", "true");
    properties.setProperty("region", ConditionalS3Server.REGION);
    properties.setProperty("user", ConditionalS3Server.ACCESS_KEY);
    properties.setProperty("password", ConditionalS3Server.SECRET_KEY);
    // Another setting makes another client, which knows nothing yet.
    properties.setProperty(
        "requestTimeoutMillis", Integer.toString(60_000 + CLIENTS.getAndIncrement()));
    return properties;
  }

  private static long requests() {
    long reads = server.count(Kind.GET, Kind.RANGE_GET, Kind.HEAD, Kind.LIST);
    assertThat(server.count(Kind.PUT, Kind.CONDITIONAL_PUT, Kind.MULTIPART, Kind.DELETE)).isZero();
    server.resetCounts();
    return reads;
  }

  @Test
  void theNavigatorOpensInAFewRequests() throws SQLException {
    try (DBeaverCalls dbeaver = DBeaverCalls.connect(url(), properties(), false)) {
      dbeaver.readDataSourceInfo();
      assertThat(dbeaver.loadTypes().column("TYPE_NAME"))
          .contains("bigint", "varchar", "double", "decimal", "timestamp", "boolean");
      assertThat(dbeaver.loadCatalogs().rows()).isEmpty();
      assertThat(dbeaver.loadSchemas().column("TABLE_SCHEM")).contains("main", "a_b", "axb");
      assertThat(dbeaver.activeSchema()).isEqualTo("main");
      assertThat(dbeaver.loadTableTypes().column("TABLE_TYPE")).contains("TABLE");
      long opened = requests();

      Answer tables = dbeaver.loadTables("main", null);
      assertThat(tables.rows()).hasSize(TABLES + 1);
      assertThat(tables.where("TABLE_NAME", "reading"))
          .containsEntry("TABLE_SCHEM", "main")
          .containsEntry("TABLE_CAT", null)
          .containsEntry("TABLE_TYPE", "TABLE");
      long listed = requests();
      System.out.println("DBeaver: connect " + opened + ", tables " + listed + " requests");
      assertThat(opened + listed)
          .as("to connect, and to list the schemas and %s tables", TABLES)
          .isLessThanOrEqualTo(3);
    }
  }

  @Test
  void aSchemaWhoseNameHasAnUnderscoreIsNoPattern() throws SQLException {
    try (DBeaverCalls dbeaver = DBeaverCalls.connect(url(), properties(), false)) {
      assertThat(dbeaver.loadTables("a_b", null).rows()).isEmpty();
      assertThat(dbeaver.loadTables("axb", null).column("TABLE_NAME")).containsExactly("stranger");
    }
  }

  @Test
  void aTableShowsItsColumnsAndKeys() throws SQLException {
    try (DBeaverCalls dbeaver = DBeaverCalls.connect(url(), properties(), false)) {
      assertThat(dbeaver.loadTables("main", "reading").rows()).hasSize(1);
      requests();
      Answer columns = dbeaver.loadColumns("main", "reading");
      assertThat(columns.column("COLUMN_NAME"))
          .containsExactly("id", "sensor", "value", "price", "taken", "tags", "hash");
      assertThat(columns.column("ORDINAL_POSITION"))
          .containsExactly("1", "2", "3", "4", "5", "6", "7");
      assertThat(columns.where("COLUMN_NAME", "id"))
          .containsEntry("DATA_TYPE", String.valueOf(Types.BIGINT))
          .containsEntry("NULLABLE", "0")
          .containsEntry("IS_AUTOINCREMENT", "NO")
          .containsEntry("IS_GENERATEDCOLUMN", "NO");
      assertThat(columns.where("COLUMN_NAME", "sensor"))
          .containsEntry("NULLABLE", "0")
          .containsEntry("COLUMN_DEF", "'a'")
          .containsEntry("REMARKS", "its name");
      assertThat(columns.where("COLUMN_NAME", "price"))
          .containsEntry("COLUMN_SIZE", "10")
          .containsEntry("DECIMAL_DIGITS", "2");
      long described = requests();

      assertThat(dbeaver.loadKeys("main", "reading").column("COLUMN_NAME")).containsExactly("id");
      dbeaver.loadIndexes("main", "reading");
      assertThat(dbeaver.loadForeignKeys("main", "reading", true).rows()).isEmpty();
      assertThat(dbeaver.loadForeignKeys("main", "reading", false).rows()).isEmpty();
      long keyed = requests();
      System.out.println("DBeaver: columns " + described + ", keys " + keyed + " requests");
      assertThat(described).as("no other table is opened").isLessThanOrEqualTo(2);
      assertThat(keyed).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void theRowsOfATableAreShown() throws SQLException {
    try (DBeaverCalls dbeaver = DBeaverCalls.connect(url(), properties(), false)) {
      dbeaver.loadColumns("main", "reading");
      requests();
      try (ResultSet rows = dbeaver.readRows("SELECT * FROM main.reading", 0, 200)) {
        assertThat(DBeaverCalls.origin(rows.getMetaData(), 1)).isEqualTo("main.reading.id");
        assertThat(rows.next()).isTrue();
        rows.getStatement().close();
      }
      long shown = requests();
      System.out.println("DBeaver: data tab " + shown + " requests");
      assertThat(shown).isLessThanOrEqualTo(4);
      assertThat(dbeaver.count("main.reading")).isEqualTo(3);
      assertThat(requests()).as("rows are counted by metadata").isLessThanOrEqualTo(2);
    }
  }

  @Test
  void functionsAndProceduresAreListed() throws SQLException {
    try (DBeaverCalls dbeaver = DBeaverCalls.connect(url(), properties(), false)) {
      requests();
      assertThat(dbeaver.loadFunctions("main").column("FUNCTION_NAME")).doesNotContainNull();
      dbeaver.loadProcedures("main");
      assertThat(requests()).isLessThanOrEqualTo(2);
    }
  }

  /** GenericObjectContainer.cacheStructure(STRUCT_ALL), then the tables one by one. */
  @Test
  void theDiagramOfASchemaIsDrawn() throws SQLException {
    try (DBeaverCalls dbeaver = DBeaverCalls.connect(url(), properties(), false)) {
      Answer tables = dbeaver.loadTables("main", null);
      Answer columns = dbeaver.loadColumns("main", null);
      assertThat(columns.rows()).hasSize(TABLES + 7);
      // The pattern of all tables is no table: DBeaver then asks table by table.
      assertThat(dbeaver.loadKeys("main", "%").rows()).isEmpty();
      assertThat(dbeaver.loadForeignKeys("main", "%", true).rows()).isEmpty();
      requests();
      for (String table : tables.column("TABLE_NAME")) {
        dbeaver.loadKeys("main", table);
        dbeaver.loadForeignKeys("main", table, true);
        dbeaver.loadForeignKeys("main", table, false);
      }
      long keys = requests();
      System.out.println("DBeaver: keys of " + (TABLES + 1) + " tables " + keys + " requests");
      assertThat(keys).as("tables that are known").isLessThanOrEqualTo(4L * (TABLES + 1));
    }
  }

  /** GenericDataSource.refreshObject: what another program made is there. */
  @Test
  void aRefreshShowsWhatOthersMade() throws SQLException {
    try (DBeaverCalls dbeaver = DBeaverCalls.connect(url(), properties(), false)) {
      assertThat(dbeaver.loadTables("axb", null).rows()).hasSize(1);
      try (Connection other = DriverManager.getConnection(url(), properties());
          Statement statement = other.createStatement()) {
        statement.execute("CREATE TABLE axb.fresh (id bigint)");
        assertThat(dbeaver.loadSchemas().column("TABLE_SCHEM")).contains("axb");
        assertThat(dbeaver.loadTables("axb", null).column("TABLE_NAME")).contains("fresh");
        statement.execute("DROP TABLE axb.fresh");
      }
      assertThat(dbeaver.loadTables("axb", null).rows()).hasSize(1);
    }
  }
}
