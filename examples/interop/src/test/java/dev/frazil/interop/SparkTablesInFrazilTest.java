package dev.frazil.interop;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frazil reads what Spark wrote a moment ago, through the folder of Iceberg's Hadoop catalog. */
class SparkTablesInFrazilTest {
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

  /** Each query gives the same rows in both. */
  private static void same(String... queries) {
    for (String query : queries) {
      pair(query, query);
    }
  }

  private static void pair(String ofFrazil, String ofSpark) {
    assertThat(frazil.query(ofFrazil))
        .as(ofFrazil)
        .containsExactlyInAnyOrderElementsOf(spark.query(ofSpark));
  }

  /** Row changes between changes of columns and of partitions, in every way to change rows. */
  @ParameterizedTest
  @ValueSource(
      strings = {"1 copy-on-write", "2 merge-on-read", "2 copy-on-write", "3 merge-on-read"})
  void randomHistory(String form) {
    String[] parts = form.split(" ");
    String table = "main.random_" + parts[0] + "_" + parts[1].charAt(0);
    spark.run(
        "CREATE TABLE "
            + table
            + " (id bigint, k int, s string, o struct<a: int, b: string>) USING iceberg TBLPROPERTIES"
            + " ('format-version' = '"
            + parts[0]
            + "', 'write.delete.mode' = '"
            + parts[1]
            + "', 'write.update.mode' = '"
            + parts[1]
            + "', 'write.merge.mode' = '"
            + parts[1]
            + "')");
    Random random = new Random(form.hashCode());
    String[] evolutions = {
      "ADD COLUMN extra decimal(9, 2)",
      "ADD PARTITION FIELD bucket(3, id)",
      "RENAME COLUMN s TO text",
      "RENAME COLUMN o.b TO note",
      "ADD COLUMN o.b double",
      "ALTER COLUMN k TYPE bigint",
      "REPLACE PARTITION FIELD bucket(3, id) WITH truncate(100, id)",
      "DROP COLUMN extra",
      "ADD COLUMN extra string FIRST"
    };
    for (int step = 0; step < 27; step++) {
      int low = random.nextInt(300);
      String range = " WHERE id BETWEEN " + low + " AND " + (low + random.nextInt(50));
      switch (step == 0 ? 0 : random.nextInt(4)) {
        case 0, 1 -> insert(table, low);
        case 2 -> spark.run("DELETE FROM " + table + range);
        default -> spark.run("UPDATE " + table + " SET k = k + 100" + range);
      }
      if (step % 3 == 2) {
        spark.run("ALTER TABLE " + table + " " + evolutions[step / 3]);
        insert(table, low + 5);
        same(
            "SELECT * FROM " + table,
            "SELECT count(*), sum(k), min(id), max(id), min(k), max(k) FROM " + table,
            "SELECT id, k FROM " + table + " WHERE id = " + low,
            "SELECT id FROM " + table + " WHERE k > 50");
      }
    }
    if (parts[0].equals("3")) {
      same("SELECT id, _row_id, _last_updated_sequence_number FROM " + table);
    }
    spark.run("ALTER TABLE " + table + " WRITE ORDERED BY k DESC, id");
    spark.run("CALL local.system.rewrite_data_files(table => '" + table + "', strategy => 'sort')");
    same("SELECT * FROM " + table, "SELECT count(*), max(k) FROM " + table);
    for (String metadata : new String[] {"snapshots", "history", "refs", "files", "manifests"}) {
      pair(
          "SELECT count(*) FROM " + table + "$" + metadata,
          "SELECT count(*) FROM " + table + "." + metadata);
    }
  }

  /** Eighty rows, with a value of its type for every column that the table has by now. */
  private static void insert(String table, int low) {
    spark.run(
        "INSERT INTO "
            + table
            + " SELECT "
            + spark.columns(table).map(SparkTablesInFrazilTest::value).collect(joining(", "))
            + " FROM range("
            + low
            + ", "
            + (low + 80)
            + ")");
  }

  private static String value(StructField field) {
    String value =
        switch (field.dataType().typeName()) {
          case "string" -> "IF(id % 5 = 0, NULL, concat('row ', id))";
          case "struct" ->
              Arrays.stream(((StructType) field.dataType()).fields())
                  .map(inner -> "'" + inner.name() + "', " + value(inner))
                  .collect(joining(", ", "named_struct(", ")"));
          case "double" -> "id / 3.0D";
          default -> field.name().equals("id") ? "id" : "id % 7";
        };
    return "CAST(" + value + " AS " + field.dataType().sql() + ")";
  }

  @Test
  void tablesOfManyForms() {
    spark.run(
        "CREATE TABLE main.layout (id bigint, s string) USING iceberg PARTITIONED BY (s) TBLPROPERTIES"
            + " ('write.object-storage.enabled' = 'true', 'write.metadata.compression-codec' = 'gzip',"
            + " 'write.parquet.compression-codec' = 'gzip')",
        "INSERT INTO main.layout SELECT id, CAST(id % 3 AS STRING) FROM range(30)",
        "CREATE TABLE main.days (id bigint, ts timestamp) USING iceberg PARTITIONED BY (days(ts))",
        "INSERT INTO main.days SELECT id, timestamp_seconds(id * 40000 - 400000) FROM range(40)",
        "ALTER TABLE main.days REPLACE PARTITION FIELD ts_day WITH months(ts)",
        "INSERT INTO main.days SELECT id + 100, timestamp_seconds(id * 400000) FROM range(40)",
        "ALTER TABLE main.days CREATE BRANCH audit",
        "INSERT INTO main.days.branch_audit VALUES (1000, timestamp '2020-01-01 00:00:00')",
        "ALTER TABLE main.days CREATE TAG old");
    same(
        "SELECT * FROM main.layout",
        "SELECT id FROM main.layout WHERE s = '1'",
        "SELECT * FROM main.days",
        "SELECT id FROM main.days WHERE ts < timestamp '1970-01-01 00:00:00 UTC'");
    pair(
        "SELECT id FROM main.days FOR VERSION AS OF 'audit'",
        "SELECT id FROM main.days VERSION AS OF 'audit'");
  }
}
