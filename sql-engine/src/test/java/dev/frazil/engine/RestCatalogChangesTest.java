package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.testing.Answer;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.RestCatalogServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of change arrives at the server of a REST catalog as it does in a database of our own:
 * what a transaction made of a table is sent as updates, of which none may be missing.
 */
class RestCatalogChangesTest {
  private static final List<String> CHANGES =
      List.of(
          "CREATE TABLE t (id BIGINT NOT NULL, name VARCHAR, day DATE)",
          "INSERT INTO t VALUES (1, 'a', DATE '2026-01-01'), (2, 'b', DATE '2026-01-02')",
          "ALTER TABLE t ADD COLUMN more INTEGER DEFAULT 7",
          "ALTER TABLE t RENAME COLUMN name TO label",
          "ALTER TABLE t ALTER COLUMN more SET DATA TYPE BIGINT",
          "ALTER TABLE t DROP COLUMN day",
          "COMMENT ON COLUMN t.label IS 'what it says'",
          "COMMENT ON TABLE t IS 'what it is'",
          "ALTER TABLE t SET PROPERTIES \"x\" = 'y'",
          "ALTER TABLE t ADD CONSTRAINT positive CHECK (id > 0)",
          "INSERT INTO t VALUES (3, 'c', 8)",
          "ALTER TABLE t ADD PARTITION FIELD bucket(4, id)",
          "INSERT INTO t VALUES (4, 'd', 9), (5, 'e', 9)",
          "UPDATE t SET label = 'f' WHERE id = 5",
          "DELETE FROM t WHERE id = 2",
          "MERGE INTO t USING (VALUES (1, 'm'), (9, 'n')) s (id, label) ON t.id = s.id"
              + " WHEN MATCHED THEN UPDATE SET label = s.label"
              + " WHEN NOT MATCHED THEN INSERT (id, label) VALUES (s.id, s.label)",
          "ALTER TABLE t CREATE TAG first",
          "ALTER TABLE t CREATE BRANCH dev",
          "INSERT INTO t.branch_dev VALUES (10, 'x', 1)",
          "CALL system.rewrite_data_files(table => 't')",
          "CALL system.rewrite_manifests(table => 't')",
          "CALL system.compute_table_stats(table => 't')",
          "TRUNCATE TABLE t",
          "CALL system.rollback_to_snapshot(table => 't', snapshot_id => (SELECT snapshot_id FROM"
              + " \"t$refs\" WHERE name = 'first'))",
          "ALTER TABLE t DROP TAG first",
          "CALL system.fast_forward(table => 't', branch => 'main', to => 'dev')",
          "CREATE TABLE v3 (id BIGINT) WITH (\"format-version\" = '3')",
          "INSERT INTO v3 VALUES (1), (2), (3)",
          "DELETE FROM v3 WHERE id = 2",
          "CREATE OR REPLACE TABLE u AS SELECT id, label FROM t",
          "CREATE OR REPLACE TABLE u AS SELECT count(*) AS n FROM t",
          "INSERT OVERWRITE u VALUES (42)",
          "CALL system.expire_snapshots(table => 'u', retain_last => 1)");

  private static String run(EngineRunner sql, String statement) {
    try {
      sql.execute(statement);
      return "done";
    } catch (RuntimeException e) {
      return String.valueOf(e.getMessage()).replaceAll("[0-9]{6,}", "#");
    }
  }

  private static String plain(Answer answer) {
    return answer.lines().toString().replaceAll("LOCATION '[^']*'", "LOCATION");
  }

  @Test
  void everyKindOfChangeArrives(@TempDir Path folder) {
    try (RestCatalogServer server = RestCatalogServer.start(folder.resolve("rest").toString());
        EngineRunner own = EngineRunner.local(folder.resolve("own"));
        EngineRunner rest =
            EngineRunner.open(
                new ConnectionConfig(
                    new Warehouse.RestCatalog(server.uri()),
                    Map.of(ConnectionProperty.TABLE_LOCATIONS, folder.toString()),
                    Map.of()))) {
      rest.update("CREATE SCHEMA main");
      for (String change : CHANGES) {
        assertThat(run(rest, change)).as(change).isEqualTo(run(own, change));
      }
      for (String look :
          List.of(
              "SELECT * FROM t ORDER BY id",
              "SELECT * FROM u",
              "SHOW CREATE TABLE t",
              "SHOW CREATE TABLE v3",
              "SELECT id, _row_id FROM v3 ORDER BY id",
              "SELECT name, type FROM \"t$refs\" ORDER BY 1",
              "SELECT count(*) FROM \"t$snapshots\"",
              "SELECT operation FROM \"u$snapshots\"")) {
        assertThat(plain(rest.query(look))).as(look).isEqualTo(plain(own.query(look)));
      }
      Table table = server.catalog().loadTable(TableIdentifier.of("main", "t"));
      assertThat(table.properties()).containsEntry("x", "y");
    }
  }
}
