package dev.frazil.catalog.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SQL in a JDBC catalog beside Iceberg's own class for it: both see the same. */
class JdbcCatalogTest {
  @TempDir Path folder;
  private JdbcCatalog iceberg;
  private EngineRunner db;

  @BeforeEach
  void open() {
    db = open(Map.of());
  }

  @AfterEach
  void close() {
    db.close();
    if (iceberg != null) {
      iceberg.close();
    }
  }

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("catalog.db");
  }

  private String warehouse() {
    return folder.resolve("files").toString();
  }

  private EngineRunner open(Map<ConnectionProperty, String> properties) {
    return EngineRunner.open(
        new ConnectionConfig(
            new Warehouse.JdbcCatalog(url(), new Warehouse.LocalFolder(warehouse())),
            properties,
            Map.of()));
  }

  private JdbcCatalog iceberg() {
    if (iceberg == null) {
      iceberg = IcebergJdbc.open(url(), "", "iceberg", warehouse());
    }
    return iceberg;
  }

  private static void refused(String state, String part, Runnable statement) {
    assertThatThrownBy(statement::run)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state().code()).isEqualTo(state))
        .hasMessageContaining(part);
  }

  private List<String> files() throws IOException {
    if (!Files.exists(Path.of(warehouse()))) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(Path.of(warehouse()))) {
      return files.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    }
  }

  @Test
  void whatIsMadeHereIsSeenByIceberg() {
    db.script(
        "CREATE SCHEMA shop WITH (owner = 'anna')",
        "CREATE TABLE shop.orders (id bigint, item varchar)",
        "INSERT INTO shop.orders VALUES (1, 'a'), (2, 'b')",
        "ALTER TABLE shop.orders RENAME TO shop.sales",
        "CREATE VIEW shop.v AS SELECT id FROM shop.sales",
        "CREATE SCHEMA empty");
    Namespace shop = Namespace.of("shop");
    assertThat(iceberg().listNamespaces()).containsExactlyInAnyOrder(shop, Namespace.of("empty"));
    assertThat(iceberg().loadNamespaceMetadata(shop)).containsEntry("owner", "anna");
    TableIdentifier sales = TableIdentifier.of(shop, "sales");
    assertThat(iceberg().listTables(shop)).containsExactly(sales);
    assertThat(iceberg().listViews(shop)).containsExactly(TableIdentifier.of(shop, "v"));
    assertThat(iceberg().loadTable(sales).currentSnapshot().summary())
        .containsEntry("total-records", "2");
    assertThat(iceberg().loadView(TableIdentifier.of(shop, "v")).uuid()).isNotNull();

    iceberg()
        .loadTable(sales)
        .newDelete()
        .deleteFromRowFilter(org.apache.iceberg.expressions.Expressions.alwaysTrue())
        .commit();
    assertThat(db.query("SELECT count(*) FROM shop.v").lines()).containsExactly("0");
    db.script("DROP VIEW shop.v", "DROP TABLE shop.sales", "DROP SCHEMA empty");
    assertThat(iceberg().tableExists(sales)).isFalse();
    assertThat(iceberg().listNamespaces()).containsExactly(shop);
  }

  @Test
  void whatIcebergMakesIsSeenHere() {
    Namespace nested = Namespace.of("a", "b");
    iceberg().createNamespace(nested, Map.of("owner", "otto"));
    Table table =
        iceberg()
            .createTable(
                TableIdentifier.of(nested, "t"),
                new Schema(Types.NestedField.optional(1, "id", Types.IntegerType.get())));
    assertThat(db.query("SHOW SCHEMAS").lines()).contains("a", "a.b");
    db.script("INSERT INTO a.b.t VALUES (7)", "INSERT INTO a.b.t VALUES (8)");
    table.refresh();
    assertThat(table.currentSnapshot().summary()).containsEntry("total-records", "2");
    table.updateSchema().addColumn("name", Types.StringType.get()).commit();
    db.update("INSERT INTO a.b.t (id, name) VALUES (9, 'x')");
    assertThat(db.query("SELECT id, name FROM a.b.t ORDER BY id").lines())
        .containsExactly("7 | NULL", "8 | NULL", "9 | x");
    iceberg().renameTable(TableIdentifier.of(nested, "t"), TableIdentifier.of(nested, "u"));
    assertThat(db.query("SHOW TABLES FROM a.b").lines()).containsExactly("u");
    iceberg().dropTable(TableIdentifier.of(nested, "u"), false);
    refused("42P01", "u", () -> db.query("SELECT * FROM a.b.u"));
  }

  @Test
  void severalTablesAreOneCommit() {
    db.script("CREATE SCHEMA s", "CREATE TABLE s.a (x int)", "CREATE TABLE s.b (x int)");
    try (EngineRunner other = open(Map.of())) {
      db.session().setAutoCommit(false);
      db.script("INSERT INTO s.a VALUES (1)", "INSERT INTO s.b VALUES (-1)");
      assertThat(other.query("SELECT count(*) FROM s.a").lines()).containsExactly("0");
      db.session().commit();
      db.session().setAutoCommit(true);
      assertThat(other.query("SELECT * FROM s.a UNION ALL SELECT * FROM s.b").sorted())
          .containsExactly("-1", "1");
    }
  }

  @Test
  void aCatalogIsChosenByItsName() {
    IcebergJdbc.open(url(), "", "prod", warehouse()).createNamespace(Namespace.of("p"));
    assertThat(db.query("SHOW SCHEMAS").lines()).contains("p");
    IcebergJdbc.open(url(), "", "test", warehouse()).createNamespace(Namespace.of("t"));
    try (EngineRunner unnamed = open(Map.of(ConnectionProperty.REGION, "eu-west-1"));
        EngineRunner test = open(Map.of(ConnectionProperty.CATALOG_NAME, "test"))) {
      refused("22023", "prod, test", () -> unnamed.query("SHOW SCHEMAS"));
      assertThat(test.query("SHOW SCHEMAS").lines()).contains("t").doesNotContain("p");
    }
  }

  @Test
  @Tag("slow")
  void aCatalogInAnotherSchemaOfTheServerIsAnother() throws Exception {
    try (PostgresServer server = PostgresServer.start().orElse(null)) {
      Assumptions.assumeTrue(server != null, "PostgreSQL is not installed");
      try (Connection connection = DriverManager.getConnection(server.url(), "frazil", "");
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE SCHEMA own");
        statement.execute("CREATE SCHEMA others");
        statement.execute(
            "CREATE TABLE others.iceberg_tables (catalog_name text, table_namespace text,"
                + " table_name text, metadata_location text, previous_metadata_location text,"
                + " iceberg_type text)");
      }
      try (EngineRunner runner =
          EngineRunner.open(
              new ConnectionConfig(
                  new Warehouse.JdbcCatalog(server.url(), new Warehouse.LocalFolder(warehouse())),
                  Map.of(
                      ConnectionProperty.CATALOG_USER, "frazil",
                      ConnectionProperty.CATALOG_PARAMETERS, "currentSchema=own"),
                  Map.of()))) {
        assertThat(runner.query("SHOW SCHEMAS").lines()).isEmpty();
        runner.script("CREATE SCHEMA s", "CREATE TABLE s.a AS SELECT 1 AS x");
        assertThat(runner.query("SELECT x FROM s.a").lines()).containsExactly("1");
      }
    }
  }

  /** pgjdbc waits for ever for a server that lets it connect and then says nothing. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aServerThatSaysNothingIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread acceptor =
          new Thread(
              () -> {
                try {
                  while (true) {
                    silent.accept().getOutputStream().write('N'); // no TLS; then nothing
                  }
                } catch (IOException e) {
                  // The test is over.
                }
              });
      acceptor.setDaemon(true);
      acceptor.start();
      String address = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/db";
      try (EngineRunner runner =
          EngineRunner.open(
              new ConnectionConfig(
                  new Warehouse.JdbcCatalog(address, new Warehouse.LocalFolder(warehouse())),
                  Map.of(ConnectionProperty.REQUEST_TIMEOUT_MILLIS, "1000"),
                  Map.of()))) {
        refused("08001", "catalog", () -> runner.query("SHOW SCHEMAS"));
      }
    }
  }

  @Test
  void readOnlyWritesNothing() throws IOException {
    db.script("CREATE SCHEMA s", "CREATE TABLE s.a (x int)");
    List<String> before = files();
    try (EngineRunner reader = open(Map.of(ConnectionProperty.READ_ONLY, "true"))) {
      assertThat(reader.query("SELECT * FROM s.a").lines()).isEmpty();
      refused("25006", "read-only", () -> reader.update("INSERT INTO s.a VALUES (1)"));
      refused("25006", "read-only", () -> reader.update("CREATE SCHEMA t"));
    }
    assertThat(files()).isEqualTo(before);
  }
}
