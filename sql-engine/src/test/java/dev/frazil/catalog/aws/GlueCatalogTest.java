package dev.frazil.catalog.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FakeGlue;
import dev.frazil.testing.IcebergAws;
import dev.frazil.testing.JsonServiceServer;
import dev.frazil.testing.ServerFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SQL in Glue beside Iceberg's own GlueCatalog, on a model of Glue: both see the same. */
class GlueCatalogTest {
  private static final Namespace SHOP = Namespace.of("shop");
  private static final TableIdentifier SALES = TableIdentifier.of(SHOP, "sales");

  @TempDir Path folder;
  private final FakeGlue glue = new FakeGlue();
  private final JsonServiceServer server = glue.serve();
  private EngineRunner db;

  @BeforeEach
  void open() {
    db =
        EngineRunner.open(
            DynamoDbCatalogs.config(
                new Warehouse.GlueCatalog("", new Warehouse.LocalFolder(folder.toString())),
                server.endpoint()));
  }

  @AfterEach
  void close() {
    db.close();
    server.close();
  }

  private Catalog iceberg() {
    return IcebergAws.glue(server.endpoint(), folder.toString());
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
    db.script(
        "CREATE SCHEMA shop WITH (owner = 'anna')",
        "CREATE TABLE shop.sales (id bigint NOT NULL, item varchar, p decimal(9,2), "
            + "r row(a int, b varchar array))",
        "INSERT INTO shop.sales (id) VALUES (1), (2)",
        "CREATE SCHEMA empty");
    Catalog iceberg = iceberg();
    SupportsNamespaces namespaces = (SupportsNamespaces) iceberg;
    assertThat(namespaces.listNamespaces()).containsExactlyInAnyOrder(SHOP, Namespace.of("empty"));
    assertThat(namespaces.loadNamespaceMetadata(SHOP)).containsEntry("owner", "anna");
    assertThat(iceberg.listTables(SHOP)).containsExactly(SALES);
    Table sales = iceberg.loadTable(SALES);
    assertThat(sales.currentSnapshot().summary()).containsEntry("total-records", "2");
    JsonNode ours = glue.table("shop", "sales");
    assertThat(ours.path("TableType").asText()).isEqualTo("EXTERNAL_TABLE");
    assertThat(ours.path("Parameters").path("table_type").asText()).isEqualTo("ICEBERG");
    // Iceberg writes the same columns for the same table.
    sales.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
    JsonNode theirs = glue.table("shop", "sales");
    assertThat(theirs.path("StorageDescriptor").path("Columns"))
        .isEqualTo(ours.path("StorageDescriptor").path("Columns"));
    assertThat(theirs.path("VersionId").asText()).isEqualTo("2");
    assertThat(db.query("SELECT count(*) FROM shop.sales").lines()).containsExactly("0");
    db.script("DROP TABLE shop.sales", "DROP SCHEMA empty");
    assertThat(iceberg.listTables(SHOP)).isEmpty();
    assertThat(namespaces.listNamespaces()).containsExactly(SHOP);
  }

  @Test
  void whatIcebergMakesIsSeenHere() {
    Catalog iceberg = iceberg();
    ((SupportsNamespaces) iceberg).createNamespace(SHOP, Map.of("owner", "otto", "comment", "c"));
    Table sales =
        iceberg.createTable(
            SALES, new Schema(Types.NestedField.optional(1, "id", Types.LongType.get())));
    for (int i = 0; i < 5; i++) {
      iceberg.createTable(TableIdentifier.of(SHOP, "t" + i), sales.schema());
    }
    assertThat(db.query("SHOW TABLES FROM shop").lines())
        .containsExactly("sales", "t0", "t1", "t2", "t3", "t4");
    db.script("INSERT INTO shop.sales VALUES (7)");
    sales.updateProperties().set("owner", "otto").commit();
    db.script(
        "ALTER TABLE shop.sales ADD COLUMN item varchar", "INSERT INTO shop.sales VALUES (8, 'b')");
    sales.refresh();
    assertThat(sales.properties()).containsEntry("owner", "otto");
    assertThat(sales.schema().columns()).hasSize(2);
    assertThat(sales.currentSnapshot().summary()).containsEntry("total-records", "2");
    iceberg.dropTable(SALES, false);
    refused("42P01", "sales", () -> db.query("SELECT * FROM shop.sales"));
  }

  @Test
  void anUpdateKeepsWhatOthersWroteAndNoOldVersion() throws IOException {
    db.script("CREATE SCHEMA shop", "CREATE TABLE shop.sales (id bigint)");
    JsonNode table = glue.table("shop", "sales");
    com.fasterxml.jackson.databind.node.ObjectNode input = table.deepCopy();
    input.remove(List.of("DatabaseName", "VersionId", "CreatedBy"));
    input.put("Owner", "anna");
    input.withObject("/Parameters").put("classification", "secret");
    glue.answer(
        "UpdateTable",
        ("{\"DatabaseName\":\"shop\",\"TableInput\":" + input + "}")
            .getBytes(StandardCharsets.UTF_8));
    int archived = glue.archived();
    server.forget();
    db.script("INSERT INTO shop.sales VALUES (1)");
    assertThat(glue.table("shop", "sales").path("Owner").asText()).isEqualTo("anna");
    JsonNode parameters = glue.table("shop", "sales").path("Parameters");
    assertThat(parameters.path("classification").asText()).isEqualTo("secret");
    assertThat(parameters.path("previous_metadata_location"))
        .isEqualTo(table.path("Parameters").path("metadata_location"));
    assertThat(glue.archived()).isEqualTo(archived);
    assertThat(server.seen()).endsWith("GetTable", "UpdateTable").doesNotContain("GetTables");
  }

  @Test
  void aTableThatIsNotIcebergsIsNeitherSeenNorTouched() throws IOException {
    db.script("CREATE SCHEMA shop");
    glue.answer(
        "CreateTable",
        "{\"DatabaseName\":\"shop\",\"TableInput\":{\"Name\":\"hive\",\"Parameters\":{}}}"
            .getBytes(StandardCharsets.UTF_8));
    assertThat(db.query("SHOW TABLES FROM shop").lines()).isEmpty();
    refused("42P01", "hive", () -> db.query("SELECT * FROM shop.hive"));
    refused("42P07", "not Iceberg's", () -> db.script("CREATE TABLE shop.hive (id bigint)"));
    refused("2BP01", "not Iceberg's", () -> db.script("DROP SCHEMA shop"));
    assertThat(glue.table("shop", "hive").path("Name").asText()).isEqualTo("hive");
  }

  @Test
  void whatGlueCannotIsRefusedBeforeAFileIsWritten() throws IOException {
    db.script(
        "CREATE SCHEMA shop", "CREATE TABLE shop.a (id bigint)", "CREATE TABLE shop.b (id bigint)");
    List<Path> before = files();
    refused("0A000", "view", () -> db.script("CREATE VIEW shop.v AS SELECT id FROM shop.a"));
    refused("0A000", "Big", () -> db.script("CREATE TABLE shop.\"Big\" (id bigint)"));
    refused("0A000", "", () -> db.script("ALTER TABLE shop.a RENAME TO shop.c"));
    refused(
        "0A000",
        "",
        () ->
            db.script(
                "BEGIN",
                "INSERT INTO shop.a VALUES (1)",
                "INSERT INTO shop.b VALUES (1)",
                "COMMIT"));
    db.script("ROLLBACK");
    assertThat(files()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerFault.class,
      names = {
        "LOST_ANSWER",
        "APPLIED_THEN_INTERNAL_ERROR",
        "APPLIED_THEN_CONFLICT",
        "DUPLICATED",
        "ARRIVES_LATE",
        "DROPPED",
        "SLOW_DOWN",
        "INTERNAL_ERROR",
        "CONFLICT"
      })
  void lostAnswersAreLookedUp(ServerFault fault) {
    db.script("CREATE SCHEMA shop", "CREATE TABLE shop.a (id bigint)");
    server.next("UpdateTable", fault);
    db.script("INSERT INTO shop.a VALUES (1)");
    server.next("GetTable", ServerFault.SLOW_DOWN, ServerFault.INTERNAL_ERROR);
    assertThat(db.query("SELECT count(*) FROM shop.a").lines()).containsExactly("1");
    server.next("DeleteTable", fault == ServerFault.CONFLICT ? ServerFault.DROPPED : fault);
    db.script("DROP TABLE shop.a");
    assertThat(db.query("SHOW TABLES FROM shop").lines()).isEmpty();
  }
}
