package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.RestCatalogServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL on the tables behind a REST catalog, beside Iceberg's own view of the same catalog. */
class RestCatalogStatementsTest {
  @TempDir Path folder;
  private RestCatalogServer server;
  private EngineRunner sql;

  @BeforeEach
  void open() {
    server = RestCatalogServer.start(folder.toString());
    sql = connect();
  }

  private EngineRunner connect() {
    return EngineRunner.open(
        new ConnectionConfig(
            new Warehouse.RestCatalog(server.uri()),
            Map.of(
                ConnectionProperty.TABLE_LOCATIONS,
                folder.toString(),
                ConnectionProperty.SCHEMA,
                "main"),
            Map.of()));
  }

  @AfterEach
  void close() {
    sql.close();
    server.close();
  }

  @Test
  void tablesAreMadeFilledAndRead() {
    sql.script(
        "CREATE SCHEMA main",
        "CREATE TABLE t (id BIGINT, name VARCHAR)",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b')",
        "UPDATE t SET name = 'c' WHERE id = 2",
        "DELETE FROM t WHERE id = 1",
        "INSERT INTO t VALUES (3, 'd')");
    assertThat(sql.query("SELECT id, name FROM t ORDER BY id").rows())
        .containsExactly(List.of("2", "c"), List.of("3", "d"));
    try (EngineRunner other = connect()) {
      assertThat(other.query("SELECT count(*) FROM t").lines()).containsExactly("2");
    }
    assertThat(
            server.catalog().loadTable(TableIdentifier.of("main", "t")).currentSnapshot().summary())
        .containsKey("frazil.commit-id");
  }

  @Test
  void definitionsAreChanged() {
    sql.script(
        "CREATE SCHEMA main",
        "CREATE TABLE t (id BIGINT)",
        "ALTER TABLE t ADD COLUMN name VARCHAR",
        "ALTER TABLE t SET PROPERTIES \"a\" = 'b'",
        "INSERT INTO t VALUES (1, 'x')",
        "DROP TABLE t",
        "CREATE SCHEMA other",
        "DROP SCHEMA other");
    assertThat(server.catalog().tableExists(TableIdentifier.of("main", "t"))).isFalse();
    assertThat(sql.query("SHOW SCHEMAS").lines()).containsExactly("main");
  }

  @Test
  void namesOfTablesAndSchemasChange() {
    sql.script(
        "CREATE SCHEMA main",
        "CREATE SCHEMA main.deep",
        "CREATE TABLE t AS SELECT 1 AS id",
        "ALTER TABLE t RENAME TO main.deep.u",
        "COMMENT ON SCHEMA main IS 'x'");
    assertThat(sql.query("SELECT id FROM main.deep.u").lines()).containsExactly("1");
    assertThat(sql.query("SELECT table_schema, table_name FROM information_schema.tables").lines())
        .contains("main.deep | u");
    assertThat(server.catalog().tableExists(TableIdentifier.of("main", "deep", "u"))).isTrue();
  }

  @Test
  void aStatementAboutSeveralTablesIsRefusedBeforeFilesAreWritten() {
    sql.script("CREATE SCHEMA main", "CREATE TABLE a (id BIGINT)", "CREATE TABLE b (id BIGINT)");
    server.drain();
    sql.update("START TRANSACTION");
    sql.update("INSERT INTO a VALUES (1)");
    assertThatThrownBy(() -> sql.update("CREATE TABLE c (id BIGINT)"))
        .hasMessageContaining("COMMIT that first");
    sql.update("ROLLBACK");
  }

  @Test
  void aTableWithoutAPlaceIsRefused() {
    sql.script("CREATE SCHEMA main", "CREATE TABLE t AS SELECT 1 AS id");
    try (EngineRunner other =
        EngineRunner.open(
            new ConnectionConfig(
                new Warehouse.RestCatalog(server.uri()),
                Map.of(ConnectionProperty.SCHEMA, "main"),
                Map.of()))) {
      assertThatThrownBy(() -> other.query("SELECT * FROM t"))
          .hasMessageContaining("tableLocations");
    }
  }
}
