package dev.frazil.interop;

import static java.util.stream.Collectors.joining;
import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark and Frazil write the same tables, in the folder of Iceberg's Hadoop catalog. */
class SharedWarehouseTest {
  private static final int COMMITS = 25;

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

  private static void same(String query, String step) {
    assertThat(frazil.query(query))
        .as(step)
        .containsExactlyInAnyOrderElementsOf(spark.query(query));
  }

  private static void both(int turn, String sql) {
    if (turn % 2 == 0) {
      frazil.run(sql);
    } else {
      spark.run(sql);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1 copy-on-write", "2 merge-on-read", "2 copy-on-write", "3 merge-on-read"})
  void inTurns(String form) {
    String version = form.substring(0, 1);
    String mode = form.substring(2);
    String table = "main.turns_" + version + "_" + mode.charAt(0);
    String create =
        Stream.of("delete", "update", "merge")
            .map(change -> "'write." + change + ".mode' = '" + mode + "'")
            .collect(joining(", "));
    if (version.equals("2")) {
      frazil.run(
          "CREATE TABLE "
              + table
              + " (id bigint, k integer, s varchar) PARTITIONED BY (bucket(2, id)) WITH ("
              + create.replaceAll("'([^']*)' =", "\"$1\" =")
              + ", \"format-version\" = '2')");
    } else {
      spark.run(
          "CREATE TABLE "
              + table
              + " (id bigint, k int, s string) USING iceberg PARTITIONED BY (bucket(2, id))"
              + " TBLPROPERTIES ("
              + create
              + ", 'format-version' = '"
              + version
              + "')");
    }
    Random random = new Random(form.hashCode());
    for (int turn = 0; turn < 24; turn++) {
      int key = random.nextInt(40);
      String sql =
          switch (random.nextInt(5)) {
            case 0 -> "DELETE FROM " + table + " WHERE id = " + key + " OR k = " + key % 7;
            case 1 -> "UPDATE " + table + " SET k = k + 1, s = 'u" + turn + "' WHERE id > " + key;
            case 2 ->
                "MERGE INTO "
                    + table
                    + " t USING (SELECT id, max(k) AS k FROM "
                    + table
                    + " WHERE id < "
                    + key
                    + " GROUP BY id) s ON t.id = s.id WHEN MATCHED AND s.k > 3 THEN DELETE"
                    + " WHEN MATCHED THEN UPDATE SET s = 'm"
                    + turn
                    + "'";
            default ->
                "INSERT INTO "
                    + table
                    + " VALUES "
                    + range(key, key + 6)
                        .mapToObj(id -> "(" + id + ", " + id % 9 + ", 'i')")
                        .collect(joining(", "));
          };
      both(random.nextInt(2), sql);
      same("SELECT * FROM " + table, "turn " + turn + ": " + sql);
    }
    if (version.equals("3")) {
      same("SELECT id, _row_id, _last_updated_sequence_number FROM " + table, "lineage");
    }
    both(0, "ALTER TABLE " + table + " ADD COLUMN extra double");
    both(1, "ALTER TABLE " + table + " RENAME COLUMN s TO text");
    both(1, "ALTER TABLE " + table + " ADD PARTITION FIELD truncate(10, id)");
    both(0, "INSERT INTO " + table + " VALUES (100, 1, 'x', 0.5)");
    both(1, "INSERT INTO " + table + " VALUES (101, 1, 'x', 0.5)");
    both(0, "DELETE FROM " + table + " WHERE id = 101");
    same("SELECT * FROM " + table, "after evolution");
  }

  /** Each row is a commit of its own; every one that was acknowledged is there, once. */
  @Test
  void atOnce() {
    spark.run("CREATE TABLE main.race (id bigint, writer string) USING iceberg");
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < COMMITS; i++) {
                frazil.run("INSERT INTO main.race VALUES (" + i + ", 'frazil')");
              }
            });
    int acknowledged = 0;
    for (int i = 0; i < COMMITS; i++) {
      spark.run("INSERT INTO main.race VALUES (" + i + ", 'spark')");
      acknowledged++;
    }
    other.join();
    assertThat(acknowledged).isEqualTo(COMMITS);
    String count = "SELECT writer, count(*), count(DISTINCT id) FROM main.race GROUP BY writer";
    assertThat(frazil.query(count))
        .containsExactlyInAnyOrder(
            "frazil | " + COMMITS + " | " + COMMITS, "spark | " + COMMITS + " | " + COMMITS);
    same(count, "both read the same");
  }
}
