package dev.frazil.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.SparkSession;

/** A database that Spark, as its catalog {@code shop}, and Frazil write. One thread. */
final class SharedDatabase implements AutoCloseable {
  private static final int COMMITS = 12;

  private final FrazilProcess frazil;
  private final SparkSession spark;

  /**
   * @param catalog how Spark opens the database
   */
  SharedDatabase(Path folder, FrazilProcess frazil, Map<String, String> catalog) {
    this.frazil = frazil;
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[1]")
            .appName("shared database")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", 1)
            .config("spark.sql.datetime.java8API.enabled", true)
            .config("spark.local.dir", folder.resolve("local").toString())
            .config("spark.sql.warehouse.dir", folder.resolve("spark").toString())
            .config(
                "spark.sql.extensions",
                "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
            .config("spark.sql.catalog.shop", "org.apache.iceberg.spark.SparkCatalog")
            .config("spark.sql.catalog.shop.cache-enabled", false);
    catalog.forEach((name, value) -> builder.config("spark.sql.catalog.shop." + name, value));
    spark = builder.getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    spark("USE shop.main");
  }

  private List<String> spark(String sql) {
    return spark.sql(sql).collectAsList().stream().map(SparkText::line).toList();
  }

  private void same(String query) {
    assertThat(frazil.query(query)).containsExactlyInAnyOrderElementsOf(spark(query));
  }

  @Override
  public void close() throws IOException {
    spark.close();
  }

  /** One after the other, statements that read what the other wrote. */
  void writtenInTurns() {
    spark(
        "CREATE TABLE shop.main.turns (id bigint, k int, s string) USING iceberg"
            + " PARTITIONED BY (bucket(2, id)) TBLPROPERTIES ('write.delete.mode'='merge-on-read',"
            + " 'write.update.mode'='merge-on-read', 'write.merge.mode'='merge-on-read')");
    spark("INSERT INTO shop.main.turns VALUES (1, 10, 'a'), (2, 20, 'b'), (3, 30, 'c')");
    frazil.run("INSERT INTO turns VALUES (4, 40, 'd'), (5, 50, 'e')");
    spark("UPDATE shop.main.turns SET k = k + 1 WHERE id > 1");
    frazil.run("DELETE FROM turns WHERE id = 2", "UPDATE turns SET s = 'x' WHERE id = 4");
    spark("ALTER TABLE shop.main.turns ADD COLUMN n double");
    spark(
        "MERGE INTO shop.main.turns t USING (SELECT 5L id, 99 k) u ON t.id = u.id"
            + " WHEN MATCHED THEN UPDATE SET k = u.k");
    frazil.run("INSERT INTO turns VALUES (6, 60, 'f', 1.5)");
    assertThat(frazil.query("SELECT id, k, s FROM turns"))
        .containsExactlyInAnyOrder(
            "1 | 10 | a", "3 | 31 | c", "4 | 41 | x", "5 | 99 | e", "6 | 60 | f");
    same("SELECT id, k, s, n FROM turns");
    frazil.run("CREATE TABLE of_frazil AS SELECT id, s FROM turns");
    spark("CREATE TABLE shop.main.of_spark USING iceberg AS SELECT * FROM shop.main.of_frazil");
    same("SELECT id, s FROM of_spark");
    spark("ALTER TABLE shop.main.of_spark RENAME TO main.renamed");
    same("SELECT count(*) FROM renamed");
    spark("CREATE VIEW shop.main.large AS SELECT id FROM shop.main.turns WHERE k > 40");
    assertThat(spark("SELECT id FROM shop.main.large ORDER BY id")).containsExactly("4", "5", "6");
    assertThat(spark("SHOW VIEWS IN shop.main").toString()).contains("large");
    spark("DROP TABLE shop.main.renamed PURGE");
    assertThat(frazil.query("SHOW TABLES").toString()).doesNotContain("renamed");
  }

  /** Each row is a commit of its own; every one that was acknowledged is there, once. */
  void writtenAtOnce() {
    spark("CREATE TABLE shop.main.race (id bigint, writer string) USING iceberg");
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < COMMITS; i++) {
                frazil.run("INSERT INTO race VALUES (" + i + ", 'frazil')");
              }
            });
    for (int i = 0; i < COMMITS; i++) {
      spark("INSERT INTO shop.main.race VALUES (" + i + ", 'spark')");
    }
    other.join();
    String count = "SELECT writer, count(*), count(DISTINCT id) FROM race GROUP BY writer";
    assertThat(frazil.query(count))
        .containsExactlyInAnyOrder(
            "frazil | " + COMMITS + " | " + COMMITS, "spark | " + COMMITS + " | " + COMMITS);
    same(count);
  }
}
