package dev.frazil.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frazil puts the position deletes of Spark together, and Spark goes on with what it finds. */
class RewrittenDeletesInSparkTest {
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

  private static void same(String table, int rows) {
    List<String> expected = spark.query("SELECT * FROM main." + table);
    assertThat(expected).hasSize(rows);
    assertThat(frazil.query("SELECT * FROM main." + table))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void inTurns(int version) {
    String table = "deletes_v" + version;
    spark.run(
        "CREATE TABLE main."
            + table
            + " (id bigint, s string, p string) USING iceberg PARTITIONED BY (p) TBLPROPERTIES ('format-version' = '"
            + version
            + "', 'write.delete.mode' = 'merge-on-read', 'write.delete.granularity' = 'partition')");
    for (int i = 0; i < 6; i++) {
      spark.run(
          "INSERT INTO main."
              + table
              + " SELECT id, concat('s', id), concat('p', id % 2) FROM range("
              + 100 * i
              + ", "
              + (100 * i + 100)
              + ")",
          "DELETE FROM main." + table + " WHERE id >= " + 100 * i + " AND id % 100 < 10");
    }
    int rows =
        Math.toIntExact(Long.parseLong(spark.query("SELECT count(*) FROM main." + table).get(0)));
    String call = "CALL system.rewrite_position_delete_files('main." + table + "')";
    assertThat(frazil.query(call).get(0)).doesNotStartWith("0 ");
    same(table, rows);
    assertThat(frazil.query(call).get(0)).as("nothing is left to do").startsWith("0 ");
    spark.run("DELETE FROM main." + table + " WHERE id IN (50, 151)");
    same(table, rows - 2);
    spark.run(
        "CALL local.system.rewrite_position_delete_files(table => 'main."
            + table
            + "', options => map('rewrite-all', 'true'))");
    same(table, rows - 2);
    frazil.run(
        "DELETE FROM main." + table + " WHERE id IN (52, 153)",
        "CALL system.rewrite_data_files('main."
            + table
            + "', sort_order => 'zorder(id, s)', options => MAP['rewrite-all', 'true'])",
        "CALL system.compute_table_stats('main." + table + "')");
    same(table, rows - 4);
    spark.run("UPDATE main." + table + " SET s = 'new' WHERE id = 99");
    same(table, rows - 4);
  }
}
