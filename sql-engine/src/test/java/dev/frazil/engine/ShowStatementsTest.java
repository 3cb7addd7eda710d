package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SHOW and DESCRIBE. */
class ShowStatementsTest {
  private final FastFolder folder = FastFolder.create();
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder.path());
    frazil.script(
        "CREATE SCHEMA sales",
        "CREATE SCHEMA \"sales_eu\"",
        "CREATE TABLE orders (id bigint NOT NULL COMMENT 'the key', region varchar,"
            + " day timestamp, PRIMARY KEY (id) NOT ENFORCED)"
            + " PARTITIONED BY (region, day(day)) WITH (\"write.parquet.compression-codec\" ="
            + " 'zstd')",
        "CREATE TABLE order_lines (id bigint)",
        "CREATE TABLE sales.t1 (id bigint)",
        "INSERT INTO orders VALUES (1, 'eu', TIMESTAMP '2024-01-31 12:00:00'),"
            + " (2, 'us', TIMESTAMP '2024-01-31 12:00:00'), (3, NULL, NULL),"
            + " (4, 'eu', TIMESTAMP '2024-01-31 13:00:00')");
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).lines();
  }

  private List<String> labels(String sql) {
    return frazil.session().prepare(sql).columns().stream().map(ResultColumn::label).toList();
  }

  private SqlState state(String sql) {
    return catchThrowableOfType(EngineException.class, () -> frazil.execute(sql)).state();
  }

  @Test
  void namesFollowAPattern() {
    assertThat(rows("SHOW TABLES")).containsExactly("order_lines", "orders");
    assertThat(rows("SHOW TABLES LIKE 'order%s'")).containsExactly("order_lines", "orders");
    assertThat(rows("SHOW TABLES LIKE 'Order_'")).containsExactly("orders");
    assertThat(rows("SHOW TABLES 'order_l*'")).containsExactly("order_lines");
    assertThat(rows("SHOW TABLES FROM sales LIKE '%'")).containsExactly("t1");
    assertThat(rows("SHOW TABLES IN sales LIKE 'x%'")).isEmpty();
    assertThat(rows("SHOW SCHEMAS LIKE 'sales%'")).containsExactly("sales", "sales_eu");
    assertThat(rows("SHOW DATABASES LIKE 'sales'")).containsExactly("sales");
    assertThat(rows("SHOW CATALOGS")).isEmpty();
    assertThat(rows("SHOW COLUMNS FROM orders LIKE 'r%'"))
        .containsExactly("region | varchar | yes | NULL | NULL");
    assertThat(state("SHOW TABLES IN nowhere")).isEqualTo(SqlState.SCHEMA_NOT_FOUND);
    assertThat(rows("SHOW TABLES LIKE 'order!_line_' ESCAPE '!'")).containsExactly("order_lines");
    assertThat(rows("SHOW TABLES LIKE 'order!_' ESCAPE '!'")).isEmpty();
    assertThat(state("SHOW TABLES LIKE 'a!b' ESCAPE '!'"))
        .isEqualTo(SqlState.INVALID_ESCAPE_SEQUENCE);
    assertThat(state("SHOW TABLES LIKE 'a' ESCAPE '!!'")).isEqualTo(SqlState.SYNTAX_ERROR);
  }

  @Test
  void functionsAreListed() {
    assertThat(labels("SHOW FUNCTIONS"))
        .containsExactly("function", "kind", "signatures", "description");
    assertThat(rows("SHOW FUNCTIONS LIKE 'split_part'"))
        .singleElement()
        .asString()
        .startsWith("split_part | scalar | split_part(varchar, varchar, ");
    assertThat(rows("SHOW FUNCTIONS LIKE 'rank'")).containsExactly("rank | window | NULL | NULL");
    assertThat(rows("SHOW FUNCTIONS LIKE 'max'")).containsExactly("max | aggregate | NULL | NULL");
    assertThat(rows("SHOW FUNCTIONS")).hasSizeGreaterThan(250);
    assertThat(rows("DESCRIBE FUNCTION reduce"))
        .containsExactly(
            "reduce | scalar | reduce(array, first, (state, x) -> state, state -> result) | NULL");
    assertThat(state("DESCRIBE FUNCTION redus")).isEqualTo(SqlState.UNDEFINED_FUNCTION);
  }

  @Test
  void settingsAreThoseOfNow() {
    assertThat(rows("SHOW timeZone")).containsExactly("UTC");
    frazil.execute("SET TIME ZONE 'Asia/Tokyo'");
    frazil.execute("USE sales");
    assertThat(rows("SHOW ALL"))
        .anyMatch(row -> row.startsWith("timeZone | Asia/Tokyo | UTC | text | "))
        .anyMatch(row -> row.startsWith("schema | sales | main | text | "))
        .anyMatch(row -> row.startsWith("secretAccessKey | NULL | NULL | secret | "));
    assertThat(rows("SHOW SESSION LIKE 'schema'")).hasSize(1);
    assertThat(labels("SHOW conflictRetries")).containsExactly("conflictRetries");
    assertThat(rows("SHOW conflictRetries")).containsExactly("20");
    assertThat(state("SHOW grants")).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED);
  }

  @Test
  void partitionsAreListed() {
    assertThat(labels("SHOW PARTITIONS orders"))
        .containsExactly("partition", "record_count", "file_count");
    assertThat(rows("SHOW PARTITIONS orders"))
        .containsExactly(
            "region=eu/day_day=2024-01-31 | 2 | 1",
            "region=null/day_day=null | 1 | 1",
            "region=us/day_day=2024-01-31 | 1 | 1");
    frazil.script(
        "CREATE TABLE e (t timestamp, u timestamp, v timestamp, n integer, b varbinary)"
            + " PARTITIONED BY (year(t), month(u), hour(v), bucket(4, n), truncate(1, b))",
        "INSERT INTO e VALUES (TIMESTAMP '1969-12-31 23:00:00', TIMESTAMP '1969-12-31 23:00:00',"
            + " TIMESTAMP '1969-12-31 23:00:00', 34, X'ff01')");
    assertThat(rows("SHOW PARTITIONS e"))
        .singleElement()
        .asString()
        .startsWith("t_year=1969/u_month=1969-12/v_hour=1969-12-31-23/n_bucket=")
        .contains("/b_trunc=FF | 1");
    assertThat(state("SHOW PARTITIONS order_lines")).isEqualTo(SqlState.INVALID_STATEMENT);
  }

  @Test
  void propertiesAndDefinitions() {
    assertThat(rows("SHOW TBLPROPERTIES orders"))
        .contains("write.parquet.compression-codec | zstd");
    assertThat(rows("SHOW TBLPROPERTIES orders ('write.parquet.compression-codec')"))
        .containsExactly("write.parquet.compression-codec | zstd");
    assertThat(rows("SHOW TBLPROPERTIES orders (no.such)")).isEmpty();
    assertThat(rows("SHOW CREATE SCHEMA sales")).containsExactly("CREATE SCHEMA sales");
    assertThat(rows("SHOW CREATE TABLE sales.t1").get(0)).startsWith("CREATE TABLE sales.t1 (");
  }

  @Test
  void tablesAreDescribed() {
    String key = "id | bigint | no | the key | NULL";
    assertThat(rows("DESCRIBE orders"))
        .containsExactly(
            key, "region | varchar | yes | NULL | NULL", "day | timestamp | yes | NULL | NULL");
    assertThat(rows("DESC TABLE orders")).contains(key);
    assertThat(rows("DESCRIBE EXTENDED orders"))
        .contains(
            key,
            "# table | main.orders | NULL | NULL | NULL",
            "# primary key | id | NULL | NULL | NULL",
            "# partitioned by | region, day(day) | NULL | NULL | NULL",
            "# format version | 2 | NULL | NULL | NULL",
            "# rows | 4 | NULL | NULL | NULL",
            "# property write.parquet.compression-codec | zstd | NULL | NULL | NULL");
    assertThat(rows("DESCRIBE FORMATTED order_lines"))
        .noneMatch(row -> row.startsWith("# partitioned"));
    frazil.script("CREATE TABLE extended (x integer)");
    assertThat(rows("DESCRIBE extended")).containsExactly("x | integer | yes | NULL | NULL");
  }

  @Test
  void queriesAreDescribed() {
    assertThat(rows("DESCRIBE SELECT id, region || ? AS r, count(*) OVER () FROM orders"))
        .containsExactly(
            "id | bigint | no | NULL | NULL",
            "r | varchar | yes | NULL | NULL",
            "count(*) OVER () | bigint | no | NULL | NULL");
    assertThat(rows("DESC QUERY VALUES (1, 'a')")).hasSize(2);
    assertThat(rows("DESCRIBE (SELECT 1 AS x)")).containsExactly("x | integer | no | NULL | NULL");
    assertThat(rows("DESCRIBE WITH w AS (SELECT 1.5 AS y) SELECT * FROM w"))
        .containsExactly("y | decimal(2,1) | no | NULL | NULL");
    assertThat(state("DESCRIBE SELECT nothing FROM orders")).isEqualTo(SqlState.UNDEFINED_COLUMN);
    assertThat(state("DESCRIBE INPUT sales")).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED);
  }
}
