package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.RestCatalogServer;
import dev.frazil.testing.RestFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.catalog.ViewCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    return connect("w");
  }

  /** Another warehouse is another catalog to the engine, which asks for its configuration anew. */
  private EngineRunner connect(String warehouse) {
    return EngineRunner.open(
        new ConnectionConfig(
            new Warehouse.RestCatalog(server.uri()),
            Map.of(
                ConnectionProperty.WAREHOUSE,
                warehouse,
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
  void viewsAreMadeChangedRenamedAndDropped() {
    sql.script(
        "CREATE SCHEMA main",
        "CREATE TABLE t AS SELECT 1 AS id",
        "CREATE VIEW v AS SELECT id + 1 AS id FROM t",
        "CREATE VIEW gone AS SELECT 1 AS x",
        "CREATE OR REPLACE VIEW v AS SELECT id + 2 AS id FROM t",
        "COMMENT ON VIEW v IS 'next but one'",
        "DROP VIEW gone",
        "ALTER VIEW v RENAME TO w");
    try (EngineRunner other = connect()) {
      assertThat(other.query("SELECT id FROM w").lines()).containsExactly("3");
    }
    ViewCatalog views = (ViewCatalog) server.catalog();
    assertThat(views.listViews(Namespace.of("main")))
        .containsExactly(TableIdentifier.of("main", "w"));
    assertThat(views.loadView(TableIdentifier.of("main", "w")).properties())
        .containsEntry("comment", "next but one");
  }

  @Test
  void aViewIsTheOnlyChangeOfItsTransaction() {
    sql.script("CREATE SCHEMA main", "CREATE TABLE t AS SELECT 1 AS id");
    sql.script("START TRANSACTION", "CREATE VIEW v AS SELECT id FROM t");
    assertThatThrownBy(() -> sql.update("INSERT INTO t VALUES (2)"))
        .hasMessageContaining("COMMIT that first");
    sql.script("ROLLBACK", "START TRANSACTION", "INSERT INTO t VALUES (2)");
    assertThatThrownBy(() -> sql.update("CREATE VIEW v AS SELECT id FROM t"))
        .hasMessageContaining("COMMIT that first");
    sql.update("COMMIT");
  }

  @ParameterizedTest
  @EnumSource(
      value = RestFault.class,
      names = {"UNAVAILABLE", "APPLIED_THEN_500", "APPLIED_TWICE", "APPLIED_THEN_CLOSED", "CLOSED"})
  void anAnswerThatIsLostIsLookedInto(RestFault fault) {
    List<String> statements =
        List.of(
            "CREATE SCHEMA main",
            "CREATE TABLE t (id BIGINT)",
            "ALTER TABLE t ADD COLUMN name VARCHAR",
            "COMMENT ON SCHEMA main IS 'x'",
            "CREATE VIEW v AS SELECT id FROM t",
            "CREATE OR REPLACE VIEW v AS SELECT name FROM t",
            "ALTER TABLE t RENAME TO u",
            "DROP VIEW v",
            "DROP TABLE u",
            "CREATE SCHEMA other",
            "DROP SCHEMA other");
    for (String statement : statements) {
      AtomicBoolean spoilt = new AtomicBoolean();
      server.faults(
          (request, earlier) -> {
            boolean changes = !request.method().equals("GET");
            return changes && !isStaged(request) && spoilt.compareAndSet(false, true)
                ? fault
                : null;
          });
      sql.update(statement);
      assertThat(spoilt).as(statement).isTrue();
    }
    assertThat(sql.query("SHOW SCHEMAS").lines()).containsExactly("main");
  }

  /** Nothing comes of it, and it is asked again with the statement. */
  private static boolean isStaged(RestCatalogServer.Seen request) {
    return request.path().endsWith("/tables");
  }

  @Test
  void severalTablesAreChangedTogether() {
    sql.script("CREATE SCHEMA main", "CREATE TABLE a (id BIGINT)", "CREATE TABLE b (id BIGINT)");
    sql.script(
        "START TRANSACTION",
        "INSERT INTO a VALUES (1)",
        "INSERT INTO b VALUES (2)",
        "INSERT INTO a VALUES (3)",
        "COMMIT");
    assertThat(server.count("POST", "transactions/commit")).isEqualTo(1);
    assertThat(sql.query("SELECT id FROM a UNION ALL SELECT id FROM b ORDER BY 1").lines())
        .containsExactly("1", "2", "3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE c (id BIGINT)",
        "DROP TABLE b",
        "DROP TABLE a",
        "ALTER TABLE a RENAME TO c",
        "ALTER TABLE b RENAME TO c",
        "CREATE SCHEMA other"
      })
  void whatIsNotChangedTogetherIsRefusedAtOnce(String statement) {
    sql.script("CREATE SCHEMA main", "CREATE TABLE a (id BIGINT)", "CREATE TABLE b (id BIGINT)");
    sql.script("START TRANSACTION", "INSERT INTO a VALUES (1)");
    if (statement.equals("DROP TABLE a")) {
      sql.script(statement, "COMMIT"); // which is all that is left of it
      assertThat(server.catalog().tableExists(TableIdentifier.of("main", "a"))).isFalse();
      return;
    }
    assertThatThrownBy(() -> sql.update(statement)).hasMessageContaining("COMMIT that first");
    sql.update("ROLLBACK");
  }

  @Test
  void aRenamedTableIsNotChangedInTheSameTransaction() {
    sql.script("CREATE SCHEMA main", "CREATE TABLE a (id BIGINT)");
    sql.script("START TRANSACTION", "ALTER TABLE a RENAME TO b");
    assertThatThrownBy(() -> sql.update("INSERT INTO b VALUES (1)"))
        .hasMessageContaining("COMMIT that first");
    sql.update("COMMIT");
    assertThat(server.catalog().tableExists(TableIdentifier.of("main", "b"))).isTrue();
  }

  @Test
  void aServerThatCommitsOneTableAtATimeIsAskedForNoMore() {
    sql.script("CREATE SCHEMA main", "CREATE TABLE a (id BIGINT)", "CREATE TABLE b (id BIGINT)");
    server.config(
        config -> {
          config.remove("endpoints");
          return config;
        });
    try (EngineRunner other = connect("one at a time")) {
      other.script("START TRANSACTION", "INSERT INTO a VALUES (1)");
      long files = files();
      assertThatThrownBy(() -> other.update("INSERT INTO b VALUES (2)"))
          .hasMessageContaining("COMMIT that first");
      assertThat(files()).isEqualTo(files);
      other.script("COMMIT", "INSERT INTO b VALUES (2)");
    }
  }

  private long files() {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The metadata file of a server that does not name it would be an orphan. */
  @Test
  void orphansAreNotToldWhereTheServerHidesMetadataFiles() throws IOException {
    sql.script("CREATE SCHEMA main", "CREATE TABLE t AS SELECT 1 AS id");
    server.answers(
        (request, answer) -> {
          if (answer instanceof ObjectNode table && table.has("metadata-location")) {
            table.remove("metadata-location");
          }
          return answer;
        });
    Path metadata =
        Path.of(server.catalog().loadTable(TableIdentifier.of("main", "t")).location(), "metadata");
    Path hidden = Files.writeString(metadata.resolve("00007-hidden.metadata.json"), "{}");
    Files.setLastModifiedTime(hidden, FileTime.from(Instant.now().minus(Duration.ofDays(9))));
    try (EngineRunner other = connect("hidden")) {
      assertThat(other.query("SELECT id FROM t").lines()).containsExactly("1");
      assertThatThrownBy(() -> other.query("CALL system.remove_orphan_files(table => 't')"))
          .extracting(e -> ((EngineException) e).state().code())
          .isEqualTo("0A000");
    }
    assertThat(hidden).exists();
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
