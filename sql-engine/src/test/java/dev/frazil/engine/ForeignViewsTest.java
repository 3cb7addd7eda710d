package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.catalog.ViewCatalog;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.view.ViewBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Views that Spark and Trino wrote; the answers are those of these engines, by their manuals. */
class ForeignViewsTest {
  private static final FastFolder FOLDER = FastFolder.create();
  private static EngineRunner frazil;
  private static int views;

  @BeforeAll
  static void open() {
    frazil = EngineRunner.local(FOLDER.path());
    frazil.script(
        "CREATE TABLE t (id bigint, i integer, region varchar, price decimal(10,2), d double, day date)",
        "INSERT INTO t VALUES (1, 7, 'eu', 10, 1.5, DATE '2026-01-31'),"
            + " (2, NULL, 'us', 20, 2.5, DATE '2026-02-01'), (3, 9, 'eu', 30, NULL, NULL)",
        "CREATE VIEW own AS SELECT id, CAST(d AS integer) AS cut FROM t");
  }

  @AfterAll
  static void close() {
    frazil.close();
    FOLDER.close();
  }

  private static final Map<String, Type> TYPES =
      Map.of(
          "int", Types.IntegerType.get(),
          "long", Types.LongType.get(),
          "double", Types.DoubleType.get(),
          "text", Types.StringType.get(),
          "date", Types.DateType.get(),
          "boolean", Types.BooleanType.get(),
          "dec2", Types.DecimalType.of(20, 2),
          "dec4", Types.DecimalType.of(21, 4));

  /** A view as another engine makes it: columns a, b, ... of the types. */
  private static String make(String types, String... dialectsAndTexts) {
    String name = "f" + views++;
    List<Types.NestedField> fields = new ArrayList<>();
    for (String type : types.split(" ")) {
      String column = String.valueOf((char) ('a' + fields.size()));
      fields.add(Types.NestedField.optional(fields.size() + 1, column, TYPES.get(type)));
    }
    ViewBuilder builder =
        ((ViewCatalog) frazil.session().icebergCatalog())
            .buildView(TableIdentifier.of("main", name))
            .withSchema(new Schema(fields))
            .withDefaultCatalog("lake")
            .withDefaultNamespace(Namespace.of("main"));
    for (int i = 0; i < dialectsAndTexts.length; i += 2) {
      builder.withQuery(dialectsAndTexts[i], dialectsAndTexts[i + 1]);
    }
    builder.create();
    return name;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '#',
      textBlock =
          """
          spark @ int       @ SELECT i AS a FROM t ORDER BY i LIMIT 1 @ NULL
          trino @ int       @ SELECT i AS a FROM t ORDER BY i LIMIT 1 @ 7
          spark @ int       @ SELECT i AS a FROM t ORDER BY i DESC LIMIT 1 @ 9
          trino @ int       @ SELECT i AS a FROM t ORDER BY i DESC LIMIT 1 @ 9
          spark @ int       @ SELECT i AS a FROM t ORDER BY i NULLS LAST LIMIT 1 @ 7
          spark @ int       @ SELECT i AS a FROM t ORDER BY 1 LIMIT 1 @ NULL
          spark @ long int  @ SELECT id AS a, CAST(NULL AS int) AS b FROM (SELECT id, row_number() OVER (ORDER BY i) AS n FROM t) x WHERE n = 1 @ 2 | NULL
          trino @ long int  @ SELECT id AS a, CAST(NULL AS integer) AS b FROM (SELECT id, row_number() OVER (ORDER BY i) AS n FROM t) x WHERE n = 1 @ 1 | NULL
          spark @ long text @ SELECT `id` AS a, `t`.`region` AS `b` FROM `main`.`t` WHERE region = 'us' @ 2 | us
          spark @ long      @ SELECT id AS a FROM lake.main.t WHERE id = 3 @ 3
          trino @ long      @ SELECT id AS a FROM lake.main.t WHERE id = 3 @ 3
          trino @ long      @ SELECT "ID" AS a FROM "main"."T" WHERE id = 3 @ 3
          trino @ int       @ SELECT i / 2 AS a FROM t WHERE i = 7 @ 3
          spark @ int       @ SELECT i % 4 AS a FROM t WHERE i = 7 @ 3
          spark @ int       @ SELECT year(day) AS a FROM t WHERE id = 1 @ 2026
          spark @ long      @ SELECT year(day) AS a FROM t WHERE id = 1 @ 2026
          spark @ long dec2 @ SELECT count(*) AS a, sum(price) AS b FROM t WHERE day IS NOT NULL @ 2 | 30
          spark @ dec4      @ SELECT price * price AS a FROM t WHERE id = 1 @ 100
          spark @ double    @ SELECT avg(i) AS a FROM t @ 8
          spark @ double    @ SELECT d / 2e0 AS a FROM t WHERE id = 1 @ 0.75
          spark @ text long @ SELECT upper(region) AS a, count(DISTINCT i) AS b FROM t GROUP BY region HAVING count(*) > 1 @ EU | 2
          spark @ text      @ SELECT substring(region, 2, 1) || CAST(id AS STRING) AS a FROM t WHERE region LIKE 'u%' @ s2
          spark @ date      @ SELECT day + INTERVAL '1' DAY AS a FROM t WHERE day = DATE '2026-01-31' @ 2026-02-01
          trino @ long      @ WITH x AS (SELECT id FROM t UNION ALL SELECT id + 10 FROM t) SELECT max(id) AS a FROM x @ 13
          spark @ text      @ SELECT CASE WHEN d > 2 THEN 'big' WHEN d IS NULL THEN 'none' ELSE 'small' END AS a FROM t WHERE id < 3 ORDER BY d LIMIT 1 @ small
          spark @ long      @ SELECT t.id AS a FROM t LEFT JOIN (SELECT id FROM t WHERE i > 8) u ON t.id = u.id WHERE u.id IS NULL AND t.id IN (SELECT id FROM t WHERE i = 7) @ 1
          spark @ int       @ SELECT cut AS a FROM own WHERE id = 1 @ 2
          spark @ long      @ SELECT id AS a /* all */ FROM t -- of t@ 1;2;3
          """)
  void read(String dialect, String types, String sql, String rows) {
    String view = make(types, dialect, sql);
    assertThat(frazil.query("SELECT * FROM " + view).sorted()).containsExactly(rows.split(";"));
    assertThat(frazil.query("SELECT count(*) FROM " + view).lines())
        .containsExactly(rows.split(";").length + "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '#',
      textBlock =
          """
          spark  @ int    @ SELECT CAST(i / 2 AS int) AS a FROM t @ division
          spark  @ double @ SELECT i / 2 AS a FROM t @ integer
          trino  @ dec2   @ SELECT price / 3 AS a FROM t @ division
          spark  @ dec2   @ SELECT avg(price) AS a FROM t @ avg
          spark  @ int    @ SELECT CAST(d AS int) AS a FROM t @ cast
          spark  @ text   @ SELECT CAST(d AS STRING) AS a FROM t @ cast
          spark  @ int    @ SELECT CAST(region AS int) AS a FROM t @ cast
          spark  @ double @ SELECT CAST(d AS float) AS a FROM t @ FLOAT
          spark  @ text   @ SELECT "region" AS a FROM t @ double quotes
          spark  @ text   @ SELECT 'a\\nb' AS a FROM t @ backslash
          spark  @ text   @ SELECT 'a''b' AS a FROM t @ doubled quote
          spark  @ text   @ SELECT r'ab' AS a FROM t @ letter in front
          spark  @ long   @ SELECT id AS a FROM t WHERE region LIKE region @ LIKE
          spark  @ long   @ SELECT id AS a FROM t WHERE region RLIKE 'e.*' @ RLIKE
          spark  @ text   @ SELECT concat(region, 'x') AS a FROM t @ CONCAT
          spark  @ text   @ SELECT substring(region, -1) AS a FROM t @ SUBSTRING
          spark  @ long   @ SELECT id AS a FROM t LATERAL VIEW explode(array(1)) x AS y @ main.f
          spark  @ long   @ SELECT id AS a FROM t TABLESAMPLE (10 PERCENT) @ main.f
          spark  @ long   @ SELECT 1L AS a @ number
          spark  @ date   @ SELECT CURRENT_DATE AS a @ CURRENT_DATE
          trino  @ text   @ SELECT CURRENT_SCHEMA AS a @ CURRENT_SCHEMA
          spark  @ long   @ SELECT id AS a FROM t WHERE rand() < 2 @ RAND
          spark  @ boolean @ SELECT TIMESTAMP '2026-01-01 00:00:00' > TIMESTAMP '2025-01-01 00:00:00' AS a @ TIMESTAMP
          trino  @ text   @ SELECT array_join(ARRAY['a'], ',') AS a @ main.f
          trino  @ text   @ SELECT date_format(day, '%Y') AS a FROM t @ DATE_FORMAT
          trino  @ long   @ SELECT id AS a FROM other.main.t @ other
          duckdb @ long   @ SELECT id AS a FROM t @ dialect duckdb
          spark  @ long   @ DROP TABLE t @ not a query
          spark  @ long   @ SELECT id AS a, i AS b FROM t @ 1 columns
          spark  @ long   @ SELECT id AS other FROM t @ column
          spark  @ text   @ SELECT id AS a FROM t @ bigint
          """)
  void refused(String dialect, String types, String sql, String word) {
    String view = make(types, dialect, sql);
    EngineException e =
        catchThrowableOfType(
            EngineException.class, () -> frazil.query("SELECT * FROM main." + view));
    assertThat(e).as(sql).isNotNull().hasMessageContaining("main." + view);
    assertThat(e.getMessage()).containsIgnoringCase(word);
    String state = word.equals("not a query") ? "42P17" : word.equals("other") ? "42P01" : "0A000";
    assertThat(e.state().code()).as(e.getMessage()).isEqualTo(state);
    if (state.equals("0A000")) {
      assertThat(e).hasMessageContaining("dialect " + dialect);
    }
  }

  @Test
  void ownTextsComeFirstThenTheNearest() {
    String all =
        make("int", "spark", "SELECT 3 AS a", "trino", "SELECT 2 AS a", "frazil", "SELECT 1 AS a");
    assertThat(frazil.query("SELECT a FROM " + all).lines()).containsExactly("1");
    String some = make("int", "spark", "SELECT 3 AS a", "trino", "SELECT 2 AS a");
    assertThat(frazil.query("SELECT a FROM " + some).lines()).containsExactly("2");
    String one =
        make("int", "hive", "SELECT 4 AS a", "spark", "SELECT 3 AS a", "trino", "SELECT x");
    assertThat(frazil.query("SELECT a FROM " + one).lines()).containsExactly("3");
  }

  @Test
  void viewsOfOthersStandOnEachOther() {
    String below = make("long", "spark", "SELECT id AS a FROM t WHERE i > 7");
    String above = make("long", "trino", "SELECT a + 1 AS a FROM " + below);
    frazil.update("CREATE VIEW top AS SELECT a * 2 AS n FROM " + above);
    assertThat(frazil.query("SELECT n FROM top").lines()).containsExactly("8");
    String wrong = make("double", "spark", "SELECT i / 2 AS a FROM t");
    String onIt = make("double", "trino", "SELECT a FROM " + wrong);
    EngineException e =
        catchThrowableOfType(EngineException.class, () -> frazil.query("SELECT * FROM " + onIt));
    assertThat(e).hasMessageContainingAll("main." + onIt, "main." + wrong, "division");
    frazil.script("CREATE TABLE gone (id bigint)");
    String lost = make("long", "spark", "SELECT id AS a FROM gone");
    frazil.update("DROP TABLE gone");
    EngineException missing =
        catchThrowableOfType(EngineException.class, () -> frazil.query("SELECT * FROM " + lost));
    assertThat(missing.state().code()).isEqualTo("42P01");
    assertThat(missing).hasMessageContainingAll("main." + lost, "gone");
  }

  @Test
  void columnsOfSparkKeepTheNamesThatTheViewGaveThem() {
    ((ViewCatalog) frazil.session().icebergCatalog())
        .buildView(TableIdentifier.of("main", "named"))
        .withSchema(
            new Schema(
                Types.NestedField.optional(1, "key", Types.LongType.get()),
                Types.NestedField.optional(2, "place", Types.StringType.get())))
        .withDefaultNamespace(Namespace.of("main"))
        .withProperty("spark.query-column-names", "max(id),region")
        .withQuery("spark", "SELECT max(id), region FROM t GROUP BY region")
        .create();
    assertThat(frazil.query("SELECT place FROM named WHERE key = 2").lines()).containsExactly("us");
    EngineException e =
        catchThrowableOfType(
            EngineException.class,
            () -> frazil.update("CREATE OR REPLACE VIEW named AS SELECT 1 AS n"));
    assertThat(e.state().code()).isEqualTo("55000");
    frazil.script(
        "ALTER VIEW named SET PROPERTIES \"replace.drop-dialect.allowed\" = 'true'",
        "CREATE OR REPLACE VIEW named AS SELECT 1 AS n");
    assertThat(frazil.query("SELECT * FROM named").lines()).containsExactly("1");
  }
}
