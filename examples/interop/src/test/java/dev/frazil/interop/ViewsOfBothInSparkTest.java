package dev.frazil.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.iceberg.view.BaseView;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Views that one of both made, read by the other: Spark over Iceberg's JDBC catalog, which can hold
 * views, where Frazil's tables and views are registered by their metadata files.
 */
class ViewsOfBothInSparkTest {
  @TempDir static Path folder;

  private static FrazilProcess frazil;
  private static SparkTables spark;
  private static JdbcCatalog lake;

  @BeforeAll
  static void start() throws IOException {
    spark = new SparkTables(folder);
    var settings = SparkSession.active().conf();
    settings.set("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");
    settings.set("spark.sql.catalog.lake.type", "jdbc");
    settings.set("spark.sql.catalog.lake.uri", "jdbc:sqlite:" + folder.resolve("lake.db"));
    settings.set("spark.sql.catalog.lake.jdbc.schema-version", "V1");
    settings.set("spark.sql.catalog.lake.warehouse", "file:" + folder.resolve("lake"));
    settings.set("spark.sql.catalog.lake.cache-enabled", "false");
    spark.run("CREATE NAMESPACE lake.main", "USE lake.main");
    SparkCatalog catalog =
        (SparkCatalog) SparkSession.active().sessionState().catalogManager().catalog("lake");
    lake = (JdbcCatalog) catalog.icebergCatalog();
    open();
    frazil.run(
        "CREATE TABLE orders (id bigint, region varchar, amount decimal(10, 2), qty integer, day date)",
        "INSERT INTO orders VALUES (1, 'eu', 10.5, 3, DATE '2026-01-31'), (2, 'us', 20, NULL,"
            + " DATE '2026-02-01'), (3, 'eu', 30, 7, NULL), (4, NULL, 40, 9, DATE '2026-03-01')");
    lake.registerTable(TableIdentifier.of("main", "orders"), frazil.metadata("orders").toString());
  }

  private static void open() throws IOException {
    frazil = new FrazilProcess("jdbc:iceberg:" + folder.resolve("database"));
  }

  @AfterAll
  static void stop() throws IOException {
    lake.close();
    spark.close();
    frazil.close();
  }

  /** The metadata file of a view of Frazil. */
  private static Path metadata(String view) {
    return frazil.query("DESCRIBE EXTENDED " + view).stream()
        .filter(line -> line.startsWith("# metadata file | "))
        .map(line -> Path.of(line.split(" \\| ")[1].replaceFirst("^file:/+", "/")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sparkReadsViewsOfFrazil() {
    frazil.run(
        "CREATE VIEW eu AS SELECT id, amount FROM orders WHERE region = 'eu'",
        "CREATE VIEW totals (place COMMENT 'where', total) COMMENT 'by region' WITH (team = 'sales')"
            + " AS SELECT region, sum(amount) AS s FROM orders GROUP BY region",
        "CREATE VIEW above AS SELECT eu.id, t.place, t.total FROM eu JOIN orders o ON eu.id = o.id"
            + " JOIN totals t ON t.place = o.region",
        "ALTER VIEW eu AS SELECT id, amount, day FROM orders WHERE region = 'eu' AND amount > 10");
    for (String view : List.of("eu", "totals", "above")) {
      lake.registerView(TableIdentifier.of("main", view), metadata(view).toString());
      String query = "SELECT * FROM main." + view;
      assertThat(spark.query(query))
          .as(view)
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(frazil.query(query));
    }
    assertThat(spark.query("DESCRIBE lake.main.totals"))
        .anyMatch(line -> line.contains("place") && line.contains("where"));
    assertThat(spark.query("SHOW TBLPROPERTIES lake.main.totals"))
        .anyMatch(line -> line.contains("sales"));
  }

  @Test
  void frazilReadsViewsOfSpark() throws IOException {
    List<String> views =
        List.of(
            "AS SELECT id, amount * 2 AS twice FROM orders WHERE `region` = 'eu'",
            "(place COMMENT 'where', total) COMMENT 'by region' AS"
                + " SELECT region, sum(amount) FROM main.orders GROUP BY region",
            "AS SELECT id, row_number() OVER (ORDER BY qty) AS place FROM orders",
            "AS SELECT qty FROM orders ORDER BY qty LIMIT 2",
            "AS SELECT * FROM orders WHERE day >= DATE '2026-01-31' AND qty BETWEEN 1 AND 8",
            "AS WITH x AS (SELECT region, count(*) AS n, avg(qty) AS a FROM orders GROUP BY region)"
                + " SELECT region, n, a FROM x WHERE n > 1 OR region IS NULL",
            "AS SELECT year(day) AS y, upper(region) AS r, substring(region, 1, 1) AS s,"
                + " CASE WHEN qty > 5 THEN 'many' ELSE 'few' END AS c FROM orders",
            "AS SELECT id FROM orders WHERE region IN (SELECT region FROM orders WHERE id = 2)"
                + " UNION ALL SELECT qty % 4 FROM orders");
    for (int i = 0; i < views.size(); i++) {
      frazil.run("CREATE VIEW spark" + i + " AS SELECT 1 AS n");
      spark.run("CREATE VIEW lake.main.spark" + i + " " + views.get(i));
      Path ofSpark = metadataOfSpark("spark" + i);
      Files.copy(ofSpark, metadata("spark" + i), StandardCopyOption.REPLACE_EXISTING);
    }
    frazil.close();
    open();
    for (int i = 0; i < views.size(); i++) {
      String query = "SELECT * FROM main.spark" + i;
      assertThat(frazil.query(query))
          .as(views.get(i))
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(spark.query(query));
    }
    assertThat(frazil.query("DESCRIBE spark1").get(0)).contains("place", "varchar", "where");
  }

  private static Path metadataOfSpark(String view) {
    var operations = ((BaseView) lake.loadView(TableIdentifier.of("main", view))).operations();
    return Path.of(operations.current().metadataFileLocation().replaceFirst("^file:/+", "/"));
  }
}
