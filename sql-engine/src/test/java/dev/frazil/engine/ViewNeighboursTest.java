package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.List;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.catalog.ViewCatalog;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.view.BaseView;
import org.apache.iceberg.view.ViewMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Views beside what is made for tables: their DDL, procedures, the history of the database. */
class ViewNeighboursTest {
  private final FastFolder folder = FastFolder.create();
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder.path());
    frazil.script(
        "CREATE TABLE t (id bigint, a varchar)",
        "INSERT INTO t VALUES (1, 'x')",
        "CREATE VIEW v AS SELECT id, a FROM t");
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).lines();
  }

  private static final String REFUSED =
      """
      ALTER TABLE v RENAME TO w                          | 42809 | is a view
      ALTER TABLE v ADD COLUMN n integer                 | 42809 | is a view
      ALTER TABLE v DROP COLUMN id                       | 42809 | is a view
      ALTER TABLE v SET PROPERTIES x = 'y'               | 42809 | is a view
      ALTER TABLE IF EXISTS v ADD COLUMN n integer       | 42809 | is a view
      ALTER TABLE t RENAME TO v                          | 42P07 | main.v
      COMMENT ON TABLE v IS 'x'                          | 42809 | is a view
      CREATE OR REPLACE TABLE v (id bigint)              | 42P07 | main.v
      REPLACE TABLE v (id bigint)                        | 42809 | is a view
      CREATE TABLE IF NOT EXISTS v (id bigint)           | 42P07 | main.v
      CREATE TABLE w (LIKE v)                            | 42809 | is a view
      CREATE TABLE w LIKE v                              | 42809 | is a view
      CALL system.rewrite_data_files('v')                | 42809 | is a view
      CALL system.expire_snapshots('v')                  | 42809 | is a view
      CALL system.remove_orphan_files('v')               | 42809 | is a view
      CALL system.rewrite_manifests('v')                 | 42809 | is a view
      INSERT OVERWRITE v SELECT 1, 'y'                   | 42809 | is a view
      INSERT INTO v VALUES (1, 'y') ON CONFLICT DO NOTHING | 42809 | is a view
      UPDATE v SET a = 'y' WHERE id = 1                  | 42809 | is a view
      DELETE FROM v WHERE id = 1                         | 42809 | is a view
      INSERT INTO v @ main VALUES (1, 'y')               | 42809 | is a view
      """;

  @Test
  void whatIsOfTablesIsRefusedByName() {
    for (String line : REFUSED.strip().split("\n")) {
      String[] parts = line.split("\\|");
      EngineException e =
          catchThrowableOfType(EngineException.class, () -> frazil.execute(parts[0].strip()));
      assertThat(e).as(parts[0]).isNotNull();
      assertThat(e.state().code()).as(parts[0] + ": " + e.getMessage()).isEqualTo(parts[1].strip());
      assertThat(e).as(parts[0]).hasMessageContaining(parts[2].strip());
    }
    assertThat(rows("SELECT * FROM v")).containsExactly("1 | x");
  }

  @Test
  void theDatabaseAsItWasHasTheViewsOfThen() throws InterruptedException {
    Thread.sleep(5);
    String moment = rows("SELECT CAST(now() AS varchar)").get(0);
    Thread.sleep(5);
    frazil.script(
        "INSERT INTO t VALUES (2, 'y')",
        "CREATE OR REPLACE VIEW v AS SELECT count(*) AS n FROM t",
        "CREATE VIEW later AS SELECT 1 AS n");
    assertThat(rows("SELECT * FROM v")).containsExactly("2");
    frazil.update("START TRANSACTION READ ONLY FOR TIMESTAMP AS OF '" + moment + "'");
    assertThat(rows("SELECT * FROM v")).containsExactly("1 | x");
    assertThat(rows("SHOW VIEWS")).containsExactly("v");
    frazil.update("COMMIT");
    frazil.update("RESTORE DATABASE TO TIMESTAMP '" + moment + "'");
    assertThat(rows("SELECT * FROM v")).containsExactly("1 | x");
    assertThat(rows("SHOW VIEWS")).containsExactly("v");
  }

  @Test
  void columnsOfViewsHaveComments() {
    frazil.script(
        "CREATE SCHEMA s",
        "CREATE VIEW s.w (k COMMENT 'the key', name) AS SELECT id, a FROM main.t",
        "COMMENT ON COLUMN s.w.NAME IS 'who'",
        "COMMENT ON COLUMN s.w.k IS NULL",
        "COMMENT ON COLUMN v.id IS 'a number'");
    assertThat(rows("DESCRIBE s.w"))
        .containsExactly("k | bigint | yes | NULL | NULL", "name | varchar | yes | who | NULL");
    assertThat(rows("DESCRIBE v").get(0)).isEqualTo("id | bigint | yes | a number | NULL");
    assertThat(rows("SELECT * FROM s.w")).containsExactly("1 | x");
    assertThat(
            rows(
                "SELECT remarks FROM information_schema.columns WHERE table_name = 'w'"
                    + " AND column_name = 'name'"))
        .containsExactly("who");
    ViewMetadata stored =
        ((BaseView)
                ((ViewCatalog) frazil.session().icebergCatalog())
                    .loadView(TableIdentifier.of("s", "w")))
            .operations()
            .current();
    assertThat(stored.currentVersionId()).isEqualTo(3);
    assertThat(stored.schema().columns()).extracting(Types.NestedField::fieldId).contains(1, 2);
    EngineException e =
        catchThrowableOfType(
            EngineException.class, () -> frazil.update("COMMENT ON COLUMN v.ids IS 'x'"));
    assertThat(e.state().code()).isEqualTo("42703");
    assertThat(e).hasMessageContainingAll("main.v", "\"ids\"", "id?");
    frazil.script("START TRANSACTION", "COMMENT ON COLUMN v.id IS 'other'", "ROLLBACK");
    assertThat(rows("DESCRIBE v").get(0)).contains("a number");
  }

  @Test
  void alteredTablesShowInViewsOrMakeThemStale() {
    frazil.update("ALTER TABLE t ADD COLUMN b integer");
    assertThat(rows("SELECT * FROM v")).containsExactly("1 | x");
    frazil.update("CREATE VIEW w AS SELECT * FROM t");
    PreparedQuery prepared = frazil.session().prepare("SELECT * FROM w");
    assertThat(run(prepared)).containsExactly("1 | x | NULL");
    frazil.update("ALTER TABLE t RENAME COLUMN b TO c");
    EngineException stale = catchThrowableOfType(EngineException.class, () -> run(prepared));
    assertThat(stale.state().code()).isEqualTo("42P17");
    assertThat(stale).hasMessageContainingAll("main.w", "\"b\"");
    frazil.update("ALTER TABLE t RENAME COLUMN c TO b");
    assertThat(run(prepared)).containsExactly("1 | x | NULL");
    frazil.script("ALTER TABLE t RENAME TO s");
    EngineException gone =
        catchThrowableOfType(EngineException.class, () -> frazil.query("SELECT * FROM v"));
    assertThat(gone.state().code()).isEqualTo("42P01");
    frazil.script("CREATE VIEW t AS SELECT id, a FROM s");
    assertThat(rows("SELECT * FROM v")).containsExactly("1 | x");
  }

  private static List<String> run(PreparedQuery query) {
    StatementResult.Rows rows =
        (StatementResult.Rows)
            query.execute(ParameterValues.none(), new dev.frazil.exec.CancellationToken());
    return EngineRunner.read(rows.cursor()).lines();
  }
}
