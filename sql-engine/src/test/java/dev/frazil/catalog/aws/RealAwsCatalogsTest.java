package dev.frazil.catalog.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.storage.Ids;
import dev.frazil.testing.EngineRunner;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Tables in Glue and DynamoDB of a real account: {@code FRAZIL_TEST_CATALOG_BUCKET=bucket} and
 * {@code AWS_REGION}, with the credentials of the default chain. Makes the table {@value #TABLE} of
 * DynamoDB, which stays, and schemas of its own, which do not; the files under {@code
 * frazil-catalogs-*} are left to the bucket's lifecycle.
 */
class RealAwsCatalogsTest {
  private static final String TABLE = "frazil_acceptance";

  private static Warehouse.S3Prefix files() {
    String bucket = System.getenv("FRAZIL_TEST_CATALOG_BUCKET");
    assumeTrue(
        bucket != null && System.getenv("AWS_REGION") != null,
        "skipped: FRAZIL_TEST_CATALOG_BUCKET and AWS_REGION name no bucket of an account");
    return new Warehouse.S3Prefix(bucket, "frazil-catalogs-" + Ids.system().hex(12));
  }

  @Test
  void glue() {
    writeAndRead(new Warehouse.GlueCatalog("", files()));
  }

  @Test
  void dynamoDb() {
    writeAndRead(new Warehouse.DynamoDbCatalog(TABLE, files()));
  }

  private static void writeAndRead(Warehouse warehouse) {
    ConnectionConfig config =
        new ConnectionConfig(
            warehouse, Map.of(ConnectionProperty.REGION, System.getenv("AWS_REGION")), Map.of());
    writeAndRead(config);
  }

  /** Makes a schema and a table, changes and reads it, and takes the names away. */
  static void writeAndRead(ConnectionConfig config) {
    String schema = "frazil_" + Ids.system().hex(12);
    String table = schema + ".t";
    try (EngineRunner db = EngineRunner.open(config)) {
      db.script(
          "CREATE SCHEMA " + schema,
          "CREATE TABLE " + table + " (id bigint, item varchar)",
          "INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b')",
          "UPDATE " + table + " SET item = 'c' WHERE id = 2",
          "ALTER TABLE " + table + " ADD COLUMN day date");
      assertThat(db.query("SELECT item FROM " + table + " ORDER BY id").lines())
          .containsExactly("a", "c");
      assertThat(db.query("SHOW TABLES FROM " + schema).lines()).containsExactly("t");
      db.script("DROP TABLE " + table, "DROP SCHEMA " + schema);
    }
  }
}
