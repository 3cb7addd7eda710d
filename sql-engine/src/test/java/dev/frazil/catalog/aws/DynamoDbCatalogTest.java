package dev.frazil.catalog.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.DynamoDbLocal;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.IcebergAws;
import dev.frazil.testing.JsonServiceServer;
import dev.frazil.testing.ServerFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL in a DynamoDB catalog beside Iceberg's own DynamoDbCatalog: both see the same. */
class DynamoDbCatalogTest {
  private static final Namespace SHOP = Namespace.of("shop");
  private static final TableIdentifier SALES = TableIdentifier.of(SHOP, "sales");

  @TempDir Path folder;
  private final String table = "catalog-" + UUID.randomUUID();
  private final JsonServiceServer server = DynamoDbLocal.shared().proxy();
  private EngineRunner db;

  @BeforeEach
  void open() {
    db = connect();
  }

  @AfterEach
  void close() {
    db.close();
    server.close();
  }

  private EngineRunner connect() {
    return EngineRunner.open(
        DynamoDbCatalogs.config(
            new Warehouse.DynamoDbCatalog(table, new Warehouse.LocalFolder(folder.toString())),
            server.endpoint()));
  }

  private Catalog iceberg() {
    return IcebergAws.dynamoDb(server.endpoint(), table, folder.toString());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void refused(String state, String part, Runnable statement) {
    assertThatThrownBy(statement::run)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state().code()).isEqualTo(state))
        .hasMessageContaining(part);
  }

  @Test
  void whatIsMadeHereIsSeenByIceberg() {
    assertThat(db.query("SELECT table_name FROM information_schema.tables").lines()).isEmpty();
    db.script(
        "CREATE SCHEMA shop WITH (owner = 'anna')",
        "CREATE TABLE shop.orders (id bigint, item varchar)",
        "INSERT INTO shop.orders VALUES (1, 'a'), (2, 'b')",
        "ALTER TABLE shop.orders RENAME TO shop.sales",
        "CREATE SCHEMA empty");
    Catalog iceberg = iceberg();
    SupportsNamespaces namespaces = (SupportsNamespaces) iceberg;
    assertThat(namespaces.listNamespaces()).containsExactlyInAnyOrder(SHOP, Namespace.of("empty"));
    assertThat(namespaces.loadNamespaceMetadata(SHOP)).containsEntry("owner", "anna");
    assertThat(iceberg.listTables(SHOP)).containsExactly(SALES);
    Table sales = iceberg.loadTable(SALES);
    assertThat(sales.currentSnapshot().summary()).containsEntry("total-records", "2");
    sales.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
    assertThat(db.query("SELECT count(*) FROM shop.sales").lines()).containsExactly("0");
    iceberg.renameTable(SALES, TableIdentifier.of(SHOP, "sold"));
    assertThat(db.query("SELECT count(*) FROM shop.sold").lines()).containsExactly("0");
    db.script("DROP TABLE shop.sold", "DROP SCHEMA empty");
    assertThat(iceberg.listTables(SHOP)).isEmpty();
    assertThat(namespaces.listNamespaces()).containsExactly(SHOP);
  }

  @Test
  void whatIcebergMakesIsSeenHere() {
    Catalog iceberg = iceberg();
    ((SupportsNamespaces) iceberg).createNamespace(SHOP, Map.of("owner", "otto"));
    Table sales =
        iceberg.createTable(
            SALES, new Schema(Types.NestedField.optional(1, "id", Types.LongType.get())));
    db.script("INSERT INTO shop.sales VALUES (7)");
    // What Iceberg read before is stale: its own commit is refused, and succeeds on what is there.
    sales.updateProperties().set("owner", "otto").commit();
    assertThat(db.query("SELECT * FROM shop.sales").lines()).containsExactly("7");
    sales.refresh();
    assertThat(sales.properties()).containsEntry("owner", "otto");
    db.script(
        "ALTER TABLE shop.sales ADD COLUMN item varchar", "INSERT INTO shop.sales VALUES (8, 'b')");
    sales.refresh();
    assertThat(sales.schema().columns()).hasSize(2);
    assertThat(sales.currentSnapshot().summary()).containsEntry("total-records", "2");
    assertThat(db.query("SHOW TABLES FROM shop").lines()).containsExactly("sales");
    iceberg.dropTable(SALES, false);
    refused("42P01", "sales", () -> db.query("SELECT * FROM shop.sales"));
  }

  @Test
  void aCommitOfIcebergBehindOursIsRefused() {
    db.script("CREATE SCHEMA shop", "CREATE TABLE shop.sales (id bigint)");
    org.apache.iceberg.TableOperations stale =
        ((org.apache.iceberg.BaseTable) iceberg().loadTable(SALES)).operations();
    org.apache.iceberg.TableMetadata base = stale.current();
    db.script("INSERT INTO shop.sales VALUES (1)");
    assertThatThrownBy(
            () ->
                stale.commit(
                    base,
                    org.apache.iceberg.TableMetadata.buildFrom(base)
                        .setProperties(Map.of("a", "b"))
                        .build()))
        .isInstanceOf(CommitFailedException.class);
    assertThat(db.query("SELECT * FROM shop.sales").lines()).containsExactly("1");
  }

  @Test
  void severalTablesChangeTogether() {
    db.script(
        "CREATE SCHEMA shop",
        "CREATE TABLE shop.a (id bigint)",
        "CREATE TABLE shop.b (id bigint)",
        "BEGIN",
        "INSERT INTO shop.a VALUES (1)",
        "INSERT INTO shop.b VALUES (1)",
        "CREATE TABLE shop.c AS SELECT * FROM shop.a",
        "COMMIT");
    assertThat(
            db.query("SELECT count(*) FROM shop.a NATURAL JOIN shop.b NATURAL JOIN shop.c").lines())
        .containsExactly("1");
    server.forget();
    db.script("BEGIN", "INSERT INTO shop.a VALUES (2)", "INSERT INTO shop.b VALUES (2)", "COMMIT");
    assertThat(server.seen().stream().filter(name -> name.equals("TransactWriteItems"))).hasSize(1);
  }

  @Test
  void aTransactionThatWasOvertakenFails() {
    db.script("CREATE SCHEMA shop", "CREATE TABLE shop.a (id bigint)");
    try (EngineRunner other = connect()) {
      db.script("BEGIN", "INSERT INTO shop.a SELECT count(*) FROM shop.a");
      other.script("INSERT INTO shop.a VALUES (5)");
      refused("40001", "a", () -> db.script("COMMIT"));
      assertThat(other.query("SELECT * FROM shop.a").lines()).containsExactly("5");
    }
  }

  @Test
  void whatTheCatalogDoesNotHoldIsRefusedBeforeAFileIsWritten() throws IOException {
    db.script("CREATE SCHEMA shop", "CREATE TABLE shop.a (id bigint)");
    List<Path> before = files();
    refused("0A000", "view", () -> db.script("CREATE VIEW shop.v AS SELECT id FROM shop.a"));
    refused("0A000", "a.b", () -> db.script("CREATE TABLE shop.\"a.b\" (id bigint)"));
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void lostAnswersAreLookedUp() {
    db.script("CREATE SCHEMA shop", "CREATE TABLE shop.a (id bigint)");
    int expected = 0;
    for (ServerFault fault :
        List.of(
            ServerFault.LOST_ANSWER,
            ServerFault.APPLIED_THEN_INTERNAL_ERROR,
            ServerFault.APPLIED_THEN_CONFLICT,
            ServerFault.DUPLICATED,
            ServerFault.ARRIVES_LATE,
            ServerFault.DROPPED,
            ServerFault.SLOW_DOWN,
            ServerFault.INTERNAL_ERROR,
            ServerFault.CONFLICT)) {
      server.next("TransactWriteItems", fault);
      db.script("INSERT INTO shop.a VALUES (" + ++expected + ")");
      assertThat(db.query("SELECT count(*), max(id) FROM shop.a").lines())
          .as(fault.name())
          .containsExactly(expected + " | " + expected);
    }
  }

  /** Files in a bucket, by the statements of the run on a real account. */
  @Test
  void filesStandInABucket() {
    try (ConditionalS3Server s3 = ConditionalS3Server.start()) {
      RealAwsCatalogsTest.writeAndRead(
          new ConnectionConfig(
              new Warehouse.DynamoDbCatalog(
                  table, new Warehouse.S3Prefix(ConditionalS3Server.BUCKET, "lake")),
              Map.of(
                  ConnectionProperty.ENDPOINT,
                  s3.endpoint(),
                  ConnectionProperty.CATALOG_ENDPOINT,
                  server.endpoint(),
                  ConnectionProperty.PATH_STYLE_ACCESS,
                  "true",
                  ConnectionProperty.REGION,
                  ConditionalS3Server.REGION,
                  ConnectionProperty.ACCESS_KEY_ID,
                  ConditionalS3Server.ACCESS_KEY),
              Map.of(
                  ConnectionProperty.SECRET_ACCESS_KEY,
                  new Secret(ConditionalS3Server.SECRET_KEY))));
      assertThat(s3.keys(ConditionalS3Server.BUCKET, "lake/")).isNotEmpty();
    }
  }
}
