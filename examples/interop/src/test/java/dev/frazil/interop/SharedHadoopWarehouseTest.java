package dev.frazil.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.hadoop.HadoopTables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frazil and Iceberg's own Hadoop catalog write the same tables, in turns and at once. */
class SharedHadoopWarehouseTest {
  @TempDir static Path folder;

  private static FrazilProcess frazil;
  private static SparkTables spark;

  @BeforeAll
  static void start() throws IOException {
    spark = new SparkTables(folder);
    spark.run("CREATE NAMESPACE local.main");
    frazil = new FrazilProcess("jdbc:iceberg:hadoop:" + spark.warehouse());
  }

  @AfterAll
  static void stop() throws IOException {
    spark.close();
    frazil.close();
  }

  private static void same(String table) {
    assertThat(frazil.query("SELECT * FROM main." + table))
        .containsExactlyInAnyOrderElementsOf(spark.query("SELECT * FROM main." + table));
  }

  @Test
  void inTurns() {
    spark.run(
        "CREATE TABLE main.turns (id bigint, s string) USING iceberg PARTITIONED BY (bucket(4, id))");
    for (int round = 0; round < 3; round++) {
      int first = round * 10;
      spark.run(
          "INSERT INTO main.turns VALUES (" + first + ", 'spark'), (" + (first + 1) + ", 'both')");
      frazil.run("INSERT INTO main.turns VALUES (" + (first + 2) + ", 'frazil')");
      same("turns");
      frazil.run(
          "UPDATE main.turns SET s = s || '+' WHERE id = " + first,
          "DELETE FROM main.turns WHERE id = " + (first + 1));
      same("turns");
      spark.run("UPDATE main.turns SET s = concat(s, '*') WHERE id = " + (first + 2));
      same("turns");
    }
    frazil.run(
        "ALTER TABLE main.turns ADD COLUMN n integer",
        "INSERT INTO main.turns VALUES (99, 'n', 7)");
    same("turns");
    spark.run(
        "ALTER TABLE main.turns SET TBLPROPERTIES ('write.metadata.compression-codec' = 'gzip')");
    frazil.run("INSERT INTO main.turns VALUES (100, 'packed', 8)");
    spark.run("INSERT INTO main.turns VALUES (101, 'packed', 9)");
    frazil.run("INSERT INTO main.turns VALUES (102, 'packed', 10)");
    same("turns");
  }

  @Test
  void namesAndFolders() {
    frazil.run(
        "CREATE SCHEMA ours",
        "CREATE TABLE ours.t AS SELECT 1 AS a",
        "CREATE TABLE ours.gone (a integer)");
    assertThat(spark.query("SHOW TABLES IN local.ours").toString()).contains("t", "gone");
    spark.run("INSERT INTO local.ours.t VALUES (2)", "DROP TABLE local.ours.gone");
    assertThat(frazil.query("SELECT a FROM ours.t ORDER BY a")).isEqualTo(List.of("1", "2"));
    assertThatThrownBy(() -> frazil.query("SELECT * FROM ours.gone")).hasMessageContaining("42P01");
    frazil.run("DROP TABLE ours.t", "DROP SCHEMA ours");
    assertThat(spark.query("SHOW NAMESPACES IN local").toString()).doesNotContain("ours");
    spark.run("CREATE TABLE main.again (a int) USING iceberg", "INSERT INTO main.again VALUES (1)");
    assertThat(frazil.query("SELECT a FROM main.again")).isEqualTo(List.of("1"));
    spark.run("DROP TABLE main.again", "CREATE TABLE main.again (b string) USING iceberg");
    frazil.run("INSERT INTO main.again VALUES ('anew')");
    same("again");
  }

  /** Spark's INSERT beside ours: every acknowledged row is there, once. */
  @Test
  void sparkAtOnce() throws Exception {
    spark.run(
        "CREATE TABLE main.busy (id bigint) USING iceberg TBLPROPERTIES ('commit.retry.num-retries' = '50',"
            + " 'commit.retry.min-wait-ms' = '1', 'commit.retry.max-wait-ms' = '20')");
    AtomicBoolean running = new AtomicBoolean(true);
    AtomicInteger ours = new AtomicInteger();
    Thread writer =
        new Thread(
            () -> {
              while (running.get()) {
                frazil.run("INSERT INTO main.busy VALUES (" + (1_000 + ours.get()) + ")");
                ours.incrementAndGet();
                // Without a pause Spark, which takes longer, would come second for ever.
                LockSupport.parkNanos(100_000_000);
              }
            });
    writer.start();
    try {
      for (int i = 0; i < 12; i++) {
        spark.run("INSERT INTO main.busy VALUES (" + i + ")");
      }
    } finally {
      running.set(false);
      writer.join();
    }
    System.out.println("Spark's 12 inserts beside " + ours + " of Frazil");
    assertThat(frazil.query("SELECT count(*), count(DISTINCT id) FROM main.busy"))
        .containsExactly((12 + ours.get()) + " | " + (12 + ours.get()));
    same("busy");
  }

  /** The same with commits of Iceberg's {@code HadoopTables}, one directly after the other. */
  @Test
  void hadoopTablesAtOnce() throws Exception {
    frazil.run("CREATE TABLE main.race (id bigint)");
    Path location = spark.warehouse().resolve("main/race");
    AtomicBoolean running = new AtomicBoolean(true);
    AtomicInteger acknowledged = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    Thread writer =
        new Thread(
            () -> {
              Table table = new HadoopTables(new Configuration()).load(location.toString());
              while (running.get()) {
                try {
                  table.updateProperties().set("k" + acknowledged.get(), "set").commit();
                  acknowledged.incrementAndGet();
                } catch (CommitFailedException e) {
                  refused.incrementAndGet();
                }
              }
            });
    writer.start();
    int rows = 150;
    try {
      for (int i = 0; i < rows; i++) {
        frazil.run("INSERT INTO main.race VALUES (" + i + ")");
      }
    } finally {
      running.set(false);
      writer.join();
    }
    System.out.printf(
        "%d commits of HadoopTables (%d refused) beside %d of Frazil%n",
        acknowledged.get(), refused.get(), rows);
    assertThat(acknowledged.get()).isPositive();
    assertThat(frazil.query("SELECT count(*), count(DISTINCT id) FROM main.race"))
        .containsExactly(rows + " | " + rows);
    try (HadoopCatalog catalog =
        new HadoopCatalog(new Configuration(), spark.warehouse().toString())) {
      Map<String, String> properties =
          catalog.loadTable(TableIdentifier.of(Namespace.of("main"), "race")).properties();
      for (int i = 0; i < acknowledged.get(); i++) {
        assertThat(properties).containsKey("k" + i);
      }
    }
  }
}
