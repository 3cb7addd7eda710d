package dev.frazil.examples.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.jdbc.JdbcDialects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark's JDBC data source over a Frazil database, with {@link FrazilSparkDialect} and without. The
 * session's zone is not that of the JVM, so that a clock taken for a point in time would show.
 */
class SparkJdbcTest {
  private static final FrazilSparkDialect DIALECT = new FrazilSparkDialect();

  private static final String ROWS =
      "SELECT 1L AS id, 'x' AS name, CAST(2 AS INT) AS i, CAST(3 AS SMALLINT) AS s, CAST(4 AS TINYINT)"
          + " AS t, 1.5f AS f, 2.5d AS d, true AS ok, date'2024-01-31' AS day,"
          + " timestamp'2024-01-01 10:00:00.123456' AS moment, timestamp_ntz'2024-01-01 10:00:00.123456'"
          + " AS clock, CAST(1.25 AS DECIMAL(10,2)) AS price, X'0102' AS bytes"
          + " UNION ALL SELECT 2L, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL";

  @TempDir static Path folder;

  private static SparkSession spark;
  private static String url;

  @BeforeAll
  static void start() throws SQLException {
    url = "jdbc:iceberg:" + folder.resolve("db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE plain (id bigint NOT NULL, name varchar, price decimal(10,2), day date, clock"
              + " timestamp, ok boolean, d double, bytes varbinary)");
      statement.execute(
          "INSERT INTO plain VALUES (1, 'a', 1.50, DATE '2024-01-01', TIMESTAMP '2024-01-01"
              + " 10:00:00.123456', true, 2.5, X'0102'), (2, 'it''s', 2.25, DATE '2024-02-01',"
              + " TIMESTAMP '2024-02-01 00:00:00', false, 0, X''), (3, NULL, NULL, NULL, NULL, NULL,"
              + " NULL, NULL)");
      statement.execute(
          "CREATE TABLE rich (tags array(varchar), counts array(integer), days array(date), prices"
              + " array(decimal(5,2)), u uuid, moment timestamp with time zone, m map(varchar, integer),"
              + " o row(x integer, y varchar), f fixed(2), r real)");
      statement.execute(
          "INSERT INTO rich SELECT ARRAY['a', 'b'], ARRAY[1, 2], ARRAY[DATE '2024-01-31'],"
              + " ARRAY[CAST(1.25 AS decimal(5,2))], CAST('123e4567-e89b-12d3-a456-426614174000' AS uuid),"
              + " CAST('2024-01-01T10:00:00Z' AS timestamp with time zone), MAP['k', 1], ROW(1, 'y'),"
              + " X'0102', 1.5");
    }
    spark =
        SparkSession.builder()
            .master("local[1]")
            .appName("frazil")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.sql.maxMetadataStringLength", "2000")
            .config("spark.sql.session.timeZone", "America/New_York")
            .config("spark.local.dir", folder.resolve("local").toString())
            .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
            .config(
                "spark.sql.catalog.shop",
                "org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog")
            .config("spark.sql.catalog.shop.url", url)
            .config("spark.sql.catalog.shop.driver", "dev.frazil.jdbc.FrazilDriver")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    JdbcDialects.registerDialect(DIALECT);
  }

  @AfterAll
  static void stop() {
    JdbcDialects.unregisterDialect(DIALECT);
    spark.stop();
  }

  private static Dataset<Row> read(String table) {
    return spark.read().jdbc(url, table, new Properties());
  }

  private static String plan(Dataset<Row> rows) {
    return rows.queryExecution().executedPlan().toString();
  }

  @Test
  void aTableIsReadWithItsTypes() {
    Dataset<Row> plain = read("main.plain");
    assertThat(plain.schema().simpleString())
        .isEqualTo(
            "struct<id:bigint,name:string,price:decimal(10,2),day:date,clock:timestamp_ntz,"
                + "ok:boolean,d:double,bytes:binary>");
    assertThat(text(plain.drop("bytes").orderBy("id")))
        .containsExactly(
            "[1,a,1.50,2024-01-01,2024-01-01T10:00:00.123456,true,2.5]",
            "[2,it's,2.25,2024-02-01,2024-02-01T00:00,false,0.0]",
            "[3,null,null,null,null,null,null]");
    assertThat(plain.where("id = 1").head().<byte[]>getAs("bytes")).containsExactly(1, 2);
  }

  @Test
  void nestedTypesUuidsAndPointsInTimeAreRead() {
    Dataset<Row> rich = read("rich");
    assertThat(rich.schema().simpleString())
        .isEqualTo(
            "struct<tags:array<string>,counts:array<int>,days:array<date>,"
                + "prices:array<decimal(5,2)>,u:string,moment:timestamp,m:string,o:string,"
                + "f:binary,r:float>");
    assertThat(
            text(
                rich.selectExpr(
                    "tags[1]",
                    "counts[1]",
                    "days[0]",
                    "prices[0]",
                    "u",
                    "CAST(moment AS STRING)",
                    "m",
                    "o",
                    "hex(f)",
                    "r")))
        .containsExactly(
            "[b,2,2024-01-31,1.25,123e4567-e89b-12d3-a456-426614174000,2024-01-01 05:00:00,"
                + "{k=1},(x: 1, y: y),0102,1.5]");
  }

  @Test
  void filtersGoToFrazil() {
    Dataset<Row> rows =
        read("main.plain")
            .where("name = \"it's\" AND price > 2 AND day >= date'2024-01-15' AND ok <=> false")
            .where("clock >= timestamp_ntz'2024-01-15 00:00:00' AND bytes IS NOT NULL")
            .where("(name LIKE 'it%' OR id IN (1, 3))");
    assertThat(plan(rows))
        .as("nothing is left for Spark to filter")
        .doesNotContain("Filter ")
        .contains("*EqualTo(name,it's)", "*GreaterThanOrEqual(clock,", "*EqualNullSafe(ok,false)");
    assertThat(rows.count()).isEqualTo(1);
  }

  @Test
  void aPointInTimeIsComparedInWhateverZone() {
    Dataset<Row> rows = read("rich").where("moment = timestamp'2024-01-01 05:00:00'");
    assertThat(plan(rows)).contains("*EqualTo(moment,");
    assertThat(rows.count()).isEqualTo(1);
    assertThat(read("rich").where("moment > timestamp'2024-01-01 05:00:00'").count()).isZero();
  }

  @Test
  void aTableIsReadInParts() {
    Dataset<Row> byNumber = spark.read().jdbc(url, "main.plain", "id", 1, 4, 3, new Properties());
    assertThat(byNumber.rdd().getNumPartitions()).isEqualTo(3);
    assertThat(byNumber.count()).isEqualTo(3);
    Dataset<Row> byDay =
        spark
            .read()
            .format("jdbc")
            .option("url", url)
            .option("dbtable", "main.plain")
            .option("partitionColumn", "day")
            .option("lowerBound", "2024-01-01")
            .option("upperBound", "2024-03-01")
            .option("numPartitions", 2)
            .option("fetchsize", 1)
            .load();
    assertThat(byDay.rdd().getNumPartitions()).isEqualTo(2);
    assertThat(byDay.count()).as("the row without a day too").isEqualTo(3);
    String[] predicates = {"id < 2", "id >= 2"};
    assertThat(spark.read().jdbc(url, "main.plain", predicates, new Properties()).count())
        .isEqualTo(3);
  }

  @Test
  void aQueryIsATable() {
    Dataset<Row> rows =
        spark
            .read()
            .format("jdbc")
            .option("url", url)
            .option("query", "SELECT count(*) AS n, sum(price) AS total FROM plain")
            .option("sessionInitStatement", "SELECT 1")
            .option("queryTimeout", 30)
            .load();
    assertThat(text(rows)).containsExactly("[3,3.75]");
  }

  @Test
  void aCatalogOfSparkPushesAggregatesAndLimits() {
    assertThat(text(spark.sql("SHOW TABLES IN shop.main LIKE 'plain'")))
        .containsExactly("[main,plain,false]");
    Dataset<Row> groups =
        spark.sql(
            "SELECT ok, count(*), sum(price), min(day), max(id) FROM shop.main.plain WHERE id < 3"
                + " GROUP BY ok ORDER BY ok");
    assertThat(plan(groups))
        .contains("PushedAggregates: [COUNT(*), SUM(price), MIN(day), MAX(id)]");
    assertThat(text(groups))
        .containsExactly("[false,1,2.25,2024-02-01,2]", "[true,1,1.50,2024-01-01,1]");
    Dataset<Row> first = spark.sql("SELECT id FROM shop.main.plain ORDER BY id DESC LIMIT 2");
    assertThat(plan(first)).contains("PushedTopN: ORDER BY [id DESC NULLS LAST] LIMIT 2");
    assertThat(text(first)).containsExactly("[3]", "[2]");
  }

  @Test
  void aCatalogOfSparkMakesAndDropsTables() {
    spark.sql("CREATE NAMESPACE shop.extra");
    spark.sql("CREATE TABLE shop.extra.made (a INT, b STRING, c TIMESTAMP)");
    spark.sql("INSERT INTO shop.extra.made VALUES (1, 'x', timestamp'2024-01-01 00:00:00')");
    assertThat(text(spark.sql("SELECT a, b, CAST(c AS STRING) FROM shop.extra.made")))
        .containsExactly("[1,x,2024-01-01 00:00:00]");
    spark.sql("DROP TABLE shop.extra.made");
    assertThat(text(spark.sql("SHOW TABLES IN shop.extra"))).isEmpty();
  }

  @Test
  void everyTypeThatFitsIsWrittenAndReadBack() {
    Dataset<Row> rows = spark.sql(ROWS);
    rows.write().jdbc(url, "main.written", new Properties());
    Dataset<Row> back = read("main.written");
    assertThat(back.schema().simpleString())
        .isEqualTo(
            "struct<id:bigint,name:string,i:int,s:int,t:int,f:float,d:double,ok:boolean,day:date,"
                + "moment:timestamp,clock:timestamp_ntz,price:decimal(10,2),bytes:binary>");
    assertThat(text(back.drop("bytes").orderBy("id")))
        .isEqualTo(text(rows.drop("bytes").orderBy("id")));
    rows.write().mode("append").jdbc(url, "main.written", new Properties());
    assertThat(read("main.written").count()).isEqualTo(4);
    assertThatThrownBy(() -> rows.write().jdbc(url, "main.written", new Properties()))
        .hasMessageContaining("already exists");
    rows.write().mode("overwrite").jdbc(url, "main.written", new Properties());
    assertThat(read("main.written").count()).isEqualTo(2);
    rows.write()
        .mode("overwrite")
        .option("truncate", "true")
        .jdbc(url, "main.written", new Properties());
    assertThat(read("main.written").count()).isEqualTo(2);
  }

  @Test
  void arraysAreWritten() {
    spark
        .sql("SELECT array(1, 2) AS numbers, array('x', NULL) AS words")
        .write()
        .jdbc(url, "main.lists", new Properties());
    assertThat(text(read("main.lists").selectExpr("numbers[1]", "words[0]", "words[1]")))
        .containsExactly("[2,x,null]");
  }

  @Test
  void aNewTableTakesWhatSparkSaysOfIt() throws SQLException {
    spark
        .sql("SELECT 'b' AS name, date'2024-01-01' AS day")
        .write()
        .option("createTableOptions", "PARTITIONED BY (month(day))")
        .option("createTableColumnTypes", "name VARCHAR(10)")
        .jdbc(url, "main.parts", new Properties());
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW CREATE TABLE parts")) {
      rows.next();
      assertThat(rows.getString(1)).contains("month(");
    }
  }

  @Test
  void withoutTheDialectPlainTablesAreReadAndWritten() {
    JdbcDialects.unregisterDialect(DIALECT);
    try {
      assertThat(read("main.plain").where("price > 2").count()).isEqualTo(1);
      assertThatThrownBy(() -> read("rich")).hasMessageContaining("UNRECOGNIZED_SQL_TYPE");
      Properties basic = new Properties();
      basic.setProperty("clientTypes", "basic");
      Dataset<Row> rich = spark.read().jdbc(url, "rich", basic);
      assertThat(rich.schema().simpleString())
          .isEqualTo(
              "struct<tags:string,counts:string,days:string,prices:string,u:string,"
                  + "moment:timestamp,m:string,o:string,f:binary,r:double>");
      assertThat(text(rich.selectExpr("tags", "u", "CAST(moment AS STRING)")))
          .containsExactly("[[a, b],123e4567-e89b-12d3-a456-426614174000,2024-01-01 05:00:00]");
      spark.sql(ROWS).write().jdbc(url, "main.bare", new Properties());
      assertThat(text(read("main.bare").selectExpr("id", "name", "ok", "t").orderBy("id")))
          .containsExactly("[1,x,true,4]", "[2,null,null,null]");
    } finally {
      JdbcDialects.registerDialect(DIALECT);
    }
  }

  private static List<String> text(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).toList();
  }
}
