package dev.frazil.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The change feed tells what Spark's {@code create_changelog_view} tells. That reads no delete
 * files, so tables are copy-on-write.
 */
class ChangesInSparkTest {
  private static final String COLUMNS =
      "SELECT id, k, s, lower(_change_type), _change_ordinal, _commit_snapshot_id FROM ";

  @TempDir static Path folder;

  private static FrazilProcess frazil;
  private static SparkTables spark;

  @BeforeAll
  static void start() throws IOException {
    frazil = new FrazilProcess("jdbc:iceberg:" + folder.resolve("database"));
    spark = new SparkTables(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    spark.close();
    frazil.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "2 key", "3 key"})
  void randomHistories(String form) {
    String table = "feed_" + form.replace(' ', '_');
    boolean hasKey = form.endsWith("key");
    frazil.run(
        "CREATE TABLE "
            + table
            + " (id integer, k integer, s varchar"
            + (hasKey ? ", PRIMARY KEY (id)" : "")
            + ") PARTITIONED BY (bucket(2, id)) WITH (\"format-version\" = '"
            + form.charAt(0)
            + "', \"write.delete.mode\" = 'copy-on-write', \"write.update.mode\" = 'copy-on-write',"
            + " \"write.merge.mode\" = 'copy-on-write')");
    Random random = new Random(form.hashCode());
    int next = 0;
    for (int step = 0; step < 20; step++) {
      String where = " WHERE k = " + random.nextInt(5);
      frazil.run(
          switch (step == 0 ? 0 : random.nextInt(6)) {
            case 0, 1 -> {
              int from = next;
              next += 2 + random.nextInt(12);
              yield "INSERT INTO "
                  + table
                  + " SELECT g, g % 5, 'row ' || CAST(g % 3 AS varchar) FROM generate_series("
                  + from
                  + ", "
                  + (next - 1)
                  + ") AS x (g)";
            }
            case 2 -> "DELETE FROM " + table + where;
            case 3 -> "UPDATE " + table + " SET s = s || '!'" + where;
            case 4 -> "UPDATE " + table + " SET s = 'same', k = k" + where;
            default ->
                "CALL system.rewrite_data_files(table => '"
                    + table
                    + "', options => MAP['rewrite-all', 'true'])";
          });
    }
    spark.show(table, frazil.metadata(table));
    List<String> snapshots =
        frazil.query("SELECT snapshot_id FROM " + table + "$snapshots ORDER BY committed_at");
    same(table, hasKey, snapshots.get(0), snapshots.get(snapshots.size() - 1));
    same(table, hasKey, snapshots.get(3), snapshots.get(snapshots.size() - 3));
  }

  private static void same(String table, boolean hasKey, String from, String to) {
    spark.run(
        "CALL local.system.create_changelog_view(table => 'frazil."
            + table
            + "', changelog_view => 'changes', options => map('start-snapshot-id', '"
            + from
            + "', 'end-snapshot-id', '"
            + to
            + "')"
            + (hasKey ? ", identifier_columns => array('id'), compute_updates => true" : "")
            + ")");
    List<String> expected = spark.query(COLUMNS + "changes");
    assertThat(expected).isNotEmpty();
    assertThat(
            frazil.query(
                COLUMNS + "TABLE(system.table_changes('" + table + "', " + from + ", " + to + "))"))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(
            frazil.query(
                "SELECT * FROM TABLE(system.table_appends('"
                    + table
                    + "', "
                    + from
                    + ", "
                    + to
                    + "))"))
        .containsExactlyInAnyOrderElementsOf(spark.appended("frazil." + table, from, to));
  }
}
