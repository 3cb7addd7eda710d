package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.List;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.catalog.ViewCatalog;
import org.apache.iceberg.view.BaseView;
import org.apache.iceberg.view.SQLViewRepresentation;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewMetadataParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Views: what makes, changes and drops them, and what becomes of those that read others. */
class ViewsTest {
  private final FastFolder folder = FastFolder.create();
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder.path());
    frazil.script(
        "CREATE SCHEMA sales",
        "CREATE TABLE orders (id bigint NOT NULL, region varchar, amount decimal(10,2))",
        "INSERT INTO orders VALUES (1, 'eu', 10), (2, 'us', 20), (3, 'eu', 30), (4, NULL, 40)",
        "CREATE TABLE sales.orders (id bigint)",
        "INSERT INTO sales.orders VALUES (100)");
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).lines();
  }

  private EngineException failure(String sql) {
    return catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
  }

  private void assertFails(String sql, String state, String... words) {
    EngineException e = failure(sql);
    assertThat(e).as(sql).isNotNull();
    assertThat(e).hasMessageContainingAll(words);
    assertThat(e.state().code()).as(e.getMessage()).isEqualTo(state);
  }

  /** The view as Iceberg's library reads it from its file. */
  private ViewMetadata stored(String schema, String name) {
    ViewCatalog catalog = (ViewCatalog) frazil.session().icebergCatalog();
    BaseView view = (BaseView) catalog.loadView(TableIdentifier.of(Namespace.of(schema), name));
    ViewMetadata metadata = view.operations().current();
    return ViewMetadataParser.fromJson(ViewMetadataParser.toJson(metadata));
  }

  @Test
  void whatIsStoredIsAViewOfIcebergsSpec() {
    frazil.script(
        "CREATE VIEW eu (order_id COMMENT 'the key', paid) COMMENT 'of Europe'"
            + " WITH (owner = 'ann') AS SELECT id, amount FROM orders WHERE region = 'eu'");
    ViewMetadata view = stored("main", "eu");
    assertThat(view.properties())
        .containsEntry("comment", "of Europe")
        .containsEntry("owner", "ann");
    assertThat(view.schema().columns())
        .extracting(field -> field.name() + " " + field.type() + " " + field.doc())
        .containsExactly("order_id long the key", "paid decimal(10, 2) null");
    assertThat(view.currentVersion().defaultNamespace()).isEqualTo(Namespace.of("main"));
    assertThat(view.currentVersion().defaultCatalog()).isNull();
    assertThat(view.currentVersion().representations())
        .singleElement()
        .isInstanceOfSatisfying(
            SQLViewRepresentation.class,
            text -> {
              assertThat(text.dialect()).isEqualTo("frazil");
              assertThat(text.sql()).isEqualTo("SELECT id, amount FROM orders WHERE region = 'eu'");
            });
    assertThat(rows("SELECT order_id, paid FROM eu ORDER BY 1"))
        .containsExactly("1 | 10", "3 | 30");
    String uuid = view.uuid();
    frazil.script("CREATE OR REPLACE VIEW eu AS SELECT id FROM orders WHERE region = 'us'");
    ViewMetadata replaced = stored("main", "eu");
    assertThat(replaced.uuid()).isEqualTo(uuid);
    assertThat(replaced.versions()).hasSize(2);
    assertThat(replaced.history()).hasSize(2);
    assertThat(replaced.currentVersionId()).isEqualTo(2);
    assertThat(replaced.properties()).doesNotContainKeys("comment", "owner");
    assertThat(rows("SELECT * FROM eu")).containsExactly("2");
  }

  @Test
  void asManyVersionsAreKeptAsThePropertySays() {
    frazil.script("CREATE VIEW v WITH (\"version.history.num-entries\" = 2) AS SELECT 1 AS n");
    for (int i = 2; i < 6; i++) {
      frazil.script("ALTER VIEW v AS SELECT " + i + " AS n");
    }
    assertThat(stored("main", "v").versions()).hasSize(2);
    assertThat(stored("main", "v").currentVersionId()).isEqualTo(5);
    assertThat(rows("SELECT n FROM v")).containsExactly("5");
  }

  @Test
  void propertiesAndCommentsChangeWithoutAnotherVersion() {
    frazil.script(
        "CREATE VIEW v AS SELECT 1 AS n",
        "ALTER VIEW v SET PROPERTIES a = 'x', \"b.c\" = '2'",
        "ALTER VIEW v SET TBLPROPERTIES ('d' = 'y')",
        "ALTER VIEW v UNSET TBLPROPERTIES ('a')",
        "COMMENT ON VIEW v IS 'one row'");
    assertThat(rows("SHOW TBLPROPERTIES v"))
        .containsExactly("b.c | 2", "comment | one row", "d | y");
    assertThat(stored("main", "v").versions()).hasSize(1);
    frazil.script("COMMENT ON VIEW v IS NULL");
    assertThat(rows("SHOW TBLPROPERTIES v ('comment')")).isEmpty();
    assertFails("ALTER VIEW v SET PROPERTIES location = '/elsewhere'", "0A000", "location");
    assertFails("ALTER VIEW v SET PROPERTIES \"x-impl\" = 'a.B'", "0A000", "x-impl");
    assertFails(
        "ALTER VIEW v SET PROPERTIES \"version.history.num-entries\" = 'few'", "22023", "few");
  }

  @Test
  void unqualifiedNamesMeanWhatTheyMeantWhenTheViewWasMade() {
    frazil.script(
        "CREATE VIEW v AS SELECT id FROM orders",
        "USE sales",
        "CREATE VIEW v AS SELECT id FROM orders",
        "CREATE VIEW both_of AS SELECT id FROM v UNION ALL SELECT id FROM main.v");
    assertThat(rows("SELECT count(*) FROM main.v")).containsExactly("4");
    assertThat(rows("SELECT * FROM v")).containsExactly("100");
    frazil.script("USE main");
    assertThat(rows("SELECT * FROM sales.v")).containsExactly("100");
    assertThat(rows("SELECT count(*) FROM sales.both_of")).containsExactly("5");
    assertThat(rows("WITH orders AS (SELECT 7 AS id) SELECT * FROM v, orders WHERE v.id = 1"))
        .containsExactly("1 | 7");
    assertThat(rows("WITH v AS (SELECT 7 AS id) SELECT * FROM v")).containsExactly("7");
  }

  @Test
  void aStarStandsForTheColumnsOfItsTime() {
    frazil.script("CREATE VIEW v AS SELECT * FROM orders");
    frazil.change(
        "orders",
        table ->
            table
                .updateSchema()
                .addColumn("late", org.apache.iceberg.types.Types.StringType.get())
                .moveFirst("late"));
    assertThat(rows("SELECT * FROM v WHERE id = 1")).containsExactly("1 | eu | 10");
    assertThat(rows("SELECT count(*) FROM information_schema.columns WHERE table_name = 'v'"))
        .containsExactly("3");
    frazil.change("orders", table -> table.updateSchema().renameColumn("region", "area"));
    assertFails("SELECT id FROM v", "42P17", "main.v", "stale", "\"region\"");
    frazil.script("CREATE OR REPLACE VIEW v AS SELECT * FROM orders");
    assertThat(rows("SELECT area, late FROM v WHERE id = 1")).containsExactly("eu | NULL");
  }

  @Test
  void aTypeThatIsWiderThanThatOfTheViewMakesItStale() {
    frazil.script("CREATE TABLE t (n integer)", "CREATE VIEW v AS SELECT n FROM t");
    frazil.change(
        "t",
        table ->
            table.updateSchema().updateColumn("n", org.apache.iceberg.types.Types.LongType.get()));
    assertFails("SELECT n FROM v", "42P17", "main.v", "\"n\"", "integer", "bigint");
    frazil.script("ALTER VIEW v AS SELECT CAST(n AS integer) AS n FROM t");
    assertThat(rows("SELECT n FROM v")).isEmpty();
  }

  @Test
  void aViewOutlivesItsTablesAndSaysWhatIsMissing() {
    frazil.script("CREATE VIEW v AS SELECT id FROM orders", "CREATE VIEW w AS SELECT * FROM v");
    frazil.script("DROP TABLE orders");
    assertFails("SELECT * FROM v", "42P01", "main.v", "orders");
    assertFails("SELECT * FROM w", "42P01", "main.w", "main.v", "orders");
    assertThat(rows("DESCRIBE v")).containsExactly("id | bigint | yes | NULL | NULL");
    frazil.script("CREATE TABLE orders (id bigint)", "INSERT INTO orders VALUES (9)");
    assertThat(rows("SELECT * FROM w")).containsExactly("9");
    frazil.script("DROP VIEW w", "DROP VIEW v", "DROP VIEW IF EXISTS v");
    assertFails("SELECT * FROM v", "42P01", "\"v\"");
  }

  @Test
  void aViewThatReadsItselfIsRefused() {
    frazil.script("CREATE VIEW a AS SELECT 1 AS n", "CREATE VIEW b AS SELECT n FROM a");
    assertFails(
        "CREATE OR REPLACE VIEW a AS SELECT n FROM b", "42P17", "main.a reads main.b reads main.a");
    assertFails("ALTER VIEW a AS SELECT n FROM a", "42P17", "main.a reads main.a");
    frazil.script("DROP VIEW a", "ALTER VIEW b RENAME TO a");
    assertFails("SELECT * FROM a", "42P17", "main.a reads main.a");
    frazil.script("CREATE OR REPLACE VIEW a AS SELECT 2 AS n");
    assertThat(rows("SELECT * FROM a")).containsExactly("2");
  }

  @Test
  void nestingHasItsLimits() {
    frazil.script("CREATE VIEW v0 AS SELECT 1 AS n");
    for (int i = 1; i < 32; i++) {
      frazil.script("CREATE VIEW v" + i + " AS SELECT n + 1 AS n FROM v" + (i - 1));
    }
    assertThat(rows("SELECT n FROM v31")).containsExactly("32");
    frazil.script(
        "CREATE VIEW w AS SELECT 1 AS n FROM v0", "CREATE OR REPLACE VIEW v0 AS SELECT 5 AS n");
    assertThat(rows("SELECT n FROM v31")).containsExactly("36");
    assertFails("CREATE VIEW v32 AS SELECT n FROM v31", "54000", "limit of 32");
  }

  @Test
  void viewsThatReadTwoOfTheNextHaveALimitToo() {
    frazil.script("CREATE VIEW d0 AS SELECT 1 AS n");
    EngineException e = null;
    for (int i = 1; i < 12 && e == null; i++) {
      e =
          failure(
              "CREATE VIEW d" + i + " AS SELECT a.n FROM d" + (i - 1) + " a, d" + (i - 1) + " b");
    }
    assertThat(e).isNotNull().hasMessageContaining("limit of 1000");
    assertThat(e.state().code()).isEqualTo("54000");
  }

  @Test
  void aPreparedStatementSeesTheViewOfNow() {
    frazil.script("CREATE VIEW v AS SELECT id FROM orders WHERE region = 'eu'");
    PreparedQuery query = frazil.session().prepare("SELECT count(*), max(id) FROM v");
    PreparedQuery insert = frazil.session().prepare("INSERT INTO sales.orders SELECT id FROM v");
    assertThat(run(query)).containsExactly("2 | 3");
    frazil.script("CREATE OR REPLACE VIEW v AS SELECT id + 10 AS id FROM orders");
    assertThat(run(query)).containsExactly("4 | 14");
    insert.execute(ParameterValues.none(), new CancellationToken());
    assertThat(rows("SELECT count(*) FROM sales.orders")).containsExactly("5");
    frazil.script("INSERT INTO orders VALUES (5, 'x', 1)");
    assertThat(run(query)).containsExactly("5 | 15");
    frazil.script("DROP VIEW v", "CREATE TABLE v (id bigint)");
    assertThat(run(query)).containsExactly("0 | NULL");
    frazil.script("DROP TABLE v", "CREATE VIEW v AS SELECT id FROM sales.orders");
    assertThat(run(query)).containsExactly("5 | 100");
  }

  private static List<String> run(PreparedQuery query) {
    StatementResult.Rows rows =
        (StatementResult.Rows) query.execute(ParameterValues.none(), new CancellationToken());
    return EngineRunner.read(rows.cursor()).lines();
  }

  @Test
  void tablesAndViewsShareTheirNames() {
    frazil.script("CREATE VIEW v AS SELECT 1 AS n");
    assertFails("CREATE TABLE v (n integer)", "42P07", "view main.v");
    assertFails("CREATE VIEW v AS SELECT 2 AS n", "42P07", "view main.v");
    assertFails("CREATE VIEW orders AS SELECT 2 AS n", "42P07", "table main.orders");
    assertFails("CREATE OR REPLACE VIEW orders AS SELECT 2 AS n", "42P07", "table main.orders");
    assertFails("ALTER VIEW v RENAME TO orders", "42P07", "main.orders");
    frazil.script("CREATE VIEW IF NOT EXISTS v AS SELECT 2 AS n");
    assertThat(rows("SELECT * FROM v")).containsExactly("1");
    frazil.script("ALTER VIEW v RENAME TO sales.w");
    assertThat(rows("SELECT * FROM sales.w")).containsExactly("1");
    assertFails("SELECT * FROM v", "42P01", "\"v\"");
    assertFails("DROP SCHEMA sales", "2BP01", "sales");
    frazil.script("DROP TABLE sales.orders");
    assertFails("DROP SCHEMA sales", "2BP01", "the view w");
    frazil.script("DROP VIEW sales.w", "DROP SCHEMA sales");
  }

  @Test
  void theNearestNameMayBeAView() {
    frazil.script("CREATE VIEW revenue AS SELECT 1 AS n");
    assertThat(failure("SELECT * FROM revenu")).hasMessageContaining("revenue");
    assertThat(rows("SELECT * FROM Revenue")).containsExactly("1");
    assertThat(rows("SELECT * FROM \"REVENUE\"")).containsExactly("1");
  }
}
