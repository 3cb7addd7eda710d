package dev.frazil.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark with Iceberg's own runtime reads what Frazil wrote, and finds the same in it. */
class FrazilTablesInSparkTest {
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

  /** Each query gives the same rows in both; {@code T} stands for the table. */
  private static void same(String table, String... queries) {
    spark.show(table, frazil.metadata(table));
    for (String query : queries) {
      pair(table, query, query);
    }
  }

  private static void pair(String table, String ofFrazil, String ofSpark) {
    List<String> expected = frazil.query(ofFrazil.replaceAll("\\bT\\b", "main." + table));
    assertThat(spark.query(ofSpark.replaceAll("\\bT\\b", "frazil." + table)))
        .as(ofSpark)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyType(int version) {
    String table = "types_v" + version;
    frazil.run(
        "CREATE TABLE "
            + table
            + " (id bigint, b boolean, i integer, r real, d double, p9 decimal(9, 2), p18 decimal(18, 6),"
            + " p38 decimal(38, 10), day date, clock timestamp, moment timestamp with time zone, s varchar,"
            + " bytes varbinary, f fixed(4), u uuid, l array(integer), m map(varchar, bigint), o row(a integer,"
            + " b row(c varchar, d array(double))), lo array(row(x integer, y map(varchar, array(varchar)))))"
            + " WITH (\"format-version\" = '"
            + version
            + "')",
        "INSERT INTO "
            + table
            + " VALUES (1, true, -5, 1.5, -2.25e100, -12.34, 123456789012.654321,"
            + " 1234567890123456789012345678.0123456789, DATE '1969-12-31', TIMESTAMP '1583-01-01 00:00:00.000001',"
            + " TIMESTAMP WITH TIME ZONE '2262-04-11 23:47:16.854775+00:00', 'Grüße 𝄞', X'00FF', X'01020304',"
            + " CAST('123e4567-e89b-12d3-a456-426614174000' AS uuid), ARRAY[1, NULL, 3], MAP['a', 'b'], NULL, NULL)"
                .replace(
                    "MAP['a', 'b'], NULL, NULL", "MAP['a', 1], ROW(1, ROW('x', ARRAY[1.5])), NULL"),
        "INSERT INTO "
            + table
            + " SELECT id + 1, NOT b, NULL, CAST('NaN' AS real), CAST('Infinity' AS double), NULL, NULL, NULL,"
            + " DATE '9999-12-31', NULL, NULL, '', X'', NULL, NULL, ARRAY[], NULL, NULL,"
            + " ARRAY[ROW(1, MAP['k', ARRAY['v', NULL]])] FROM "
            + table,
        "INSERT INTO " + table + " (id) VALUES (3)");
    same(
        table,
        "SELECT id, b, i, r, d, p9, p18, p38, day, clock, moment, s, bytes, f, l, m, o, lo FROM T",
        "SELECT id, CAST(u AS varchar(36)) FROM T WHERE u IS NOT NULL",
        "SELECT count(*), count(s), min(id), max(id), min(day), max(day), min(p18), max(p38) FROM T",
        "SELECT id FROM T WHERE day < DATE '1970-01-01'",
        "SELECT id FROM T WHERE s = 'Grüße 𝄞' OR s = ''",
        "SELECT id FROM T WHERE p38 > 1",
        "SELECT id FROM T WHERE i IS NULL");
  }

  @Test
  void partitionsByEveryTransform() {
    frazil.run(
        "CREATE TABLE parts (id bigint, ts timestamp, z timestamp with time zone, d date, s varchar, n"
            + " decimal(9, 2), b varbinary) PARTITIONED BY (day(ts), hour(z), month(d), bucket(4, id),"
            + " truncate(2, s), truncate(100, n))",
        "INSERT INTO parts SELECT g, TIMESTAMP '1969-12-30 12:00:00' + g * INTERVAL '7' HOUR,"
            + " TIMESTAMP WITH TIME ZONE '1969-12-31 22:00:00+00:00' + g * INTERVAL '30' MINUTE,"
            + " DATE '1969-11-15' + g, 'key' || CAST(g AS varchar), g - 5.5, X'01' FROM generate_series(0, 40) AS x (g)",
        "INSERT INTO parts (id) VALUES (99)");
    same(
        "parts",
        "SELECT * FROM T",
        "SELECT id FROM T WHERE id = 7",
        "SELECT id FROM T WHERE d >= DATE '1969-12-01' AND s LIKE 'key1%'",
        "SELECT id FROM T WHERE ts < TIMESTAMP '1970-01-01 00:00:00'",
        "SELECT id FROM T WHERE n < -3",
        "SELECT id FROM T WHERE n IS NULL");
    pair(
        "parts",
        "SELECT \"partition\", record_count, file_count FROM T$partitions",
        "SELECT partition, record_count, file_count FROM T.partitions");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2 merge-on-read", "2 copy-on-write", "3 merge-on-read", "3 copy-on-write"})
  void randomRowChanges(String form) {
    String[] parts = form.split(" ");
    String table = "changes_" + parts[0] + "_" + parts[1].charAt(0);
    frazil.run(
        "CREATE TABLE "
            + table
            + " (id bigint, k integer, s varchar) PARTITIONED BY (bucket(3, id)) WITH (\"format-version\" = '"
            + parts[0]
            + "', \"write.delete.mode\" = '"
            + parts[1]
            + "', \"write.update.mode\" = '"
            + parts[1]
            + "', \"write.merge.mode\" = '"
            + parts[1]
            + "')");
    Random random = new Random(form.hashCode());
    for (int step = 0; step < 24; step++) {
      int low = random.nextInt(400);
      int high = low + 1 + random.nextInt(60);
      String range = " WHERE id BETWEEN " + low + " AND " + high;
      frazil.run(
          switch (step == 0 ? 0 : random.nextInt(5)) {
            case 0, 1 ->
                "INSERT INTO "
                    + table
                    + " SELECT g, g % 7, 'row ' || CAST(g AS varchar) FROM generate_series("
                    + low
                    + ", "
                    + (high + 100)
                    + ") AS x (g)";
            case 2 -> "DELETE FROM " + table + range;
            case 3 -> "UPDATE " + table + " SET k = k + 100, s = s || '!'" + range;
            default ->
                "MERGE INTO "
                    + table
                    + " t USING (SELECT g FROM generate_series("
                    + low
                    + ", "
                    + high
                    + ") AS x (g)) u ON t.id = u.g AND t.k < 50 WHEN MATCHED AND t.id % 2 = 0 THEN DELETE"
                    + " WHEN MATCHED THEN UPDATE SET k = -1 WHEN NOT MATCHED THEN INSERT VALUES (u.g, 3, 'new')";
          });
      if (step % 6 == 5) {
        List<String> queries =
            new ArrayList<>(
                List.of(
                    "SELECT * FROM T",
                    "SELECT count(*), sum(k), min(id), max(id) FROM T",
                    "SELECT id, k FROM T WHERE id = " + low,
                    "SELECT count(*) FROM T WHERE k < 50"));
        if (parts[0].equals("3")) {
          queries.add("SELECT id, _row_id, _last_updated_sequence_number FROM T");
        }
        same(table, queries.toArray(String[]::new));
      }
    }
    frazil.run("CALL system.rewrite_data_files(table => '" + table + "')");
    same(table, "SELECT * FROM T", "SELECT count(*) FROM T");
    if (parts[0].equals("3")) {
      same(table, "SELECT id, _row_id, _last_updated_sequence_number FROM T");
    }
  }

  @Test
  void metricsAreThoseOfTheRows() {
    frazil.run(
        "CREATE TABLE metrics (id bigint, d double, s varchar, b varbinary, o row(x integer, y double))",
        "INSERT INTO metrics SELECT g, CASE WHEN g % 3 = 0 THEN CAST('NaN' AS double) ELSE g END,"
            + " repeat('é', 30) || CAST(g AS varchar), CASE WHEN g > 5 THEN X'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF' END,"
            + " ROW(CAST(g AS integer), g + 0.5) FROM generate_series(1, 20) AS x (g)");
    same("metrics", "SELECT * FROM T", "SELECT min(id), max(id), count(d), count(b) FROM T");
    pair("metrics", "SELECT readable_metrics FROM T$files", "SELECT readable_metrics FROM T.files");
    assertThat(spark.query("SELECT readable_metrics.d.nan_value_count FROM frazil.metrics.files"))
        .containsExactly("6");
  }

  @Test
  void sortedTables() {
    frazil.run(
        "CREATE TABLE wide AS SELECT g AS id, g % 10 AS k FROM generate_series(1, 5000) AS x (g)",
        "CALL system.rewrite_data_files(table => 'wide', strategy => 'sort', sort_order => 'k DESC NULLS LAST, id',"
            + " options => MAP['rewrite-all', 'true'])");
    same(
        "wide",
        "SELECT count(*), sum(id), sum(k) FROM T",
        "SELECT id FROM T WHERE k = 3 AND id < 100");
  }

  /** A table that went back by RESTORE DATABASE, and on from there. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void whatWasRestored(int version) {
    String table = "restored_v" + version;
    frazil.run(
        "CREATE TABLE "
            + table
            + " (id bigint, s varchar) PARTITIONED BY (bucket(2, id)) WITH (\"format-version\" = '"
            + version
            + "', \"write.update.mode\" = 'merge-on-read')",
        "INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b'), (3, 'c')",
        "UPDATE " + table + " SET s = 'x' WHERE id = 2");
    String then = frazil.query("SHOW DATABASE HISTORY LIMIT 1").get(0).split(" \\| ")[0];
    frazil.run(
        "DELETE FROM " + table + " WHERE id = 1",
        "ALTER TABLE " + table + " DROP COLUMN s",
        "ALTER TABLE " + table + " ADD COLUMN s integer",
        "INSERT INTO " + table + " VALUES (4, 4)");
    frazil.run("RESTORE DATABASE TO VERSION " + then);
    same(table, "SELECT * FROM T", "SELECT count(*), min(s) FROM T");
    frazil.run(
        "INSERT INTO " + table + " VALUES (5, 'e')",
        "UPDATE " + table + " SET s = 'y' WHERE id = 3",
        "DROP TABLE " + table,
        "UNDROP TABLE " + table);
    same(table, "SELECT * FROM T", "SELECT id FROM T WHERE s = 'y'");
    pair(
        table,
        "SELECT snapshot_id, parent_id, operation FROM T$snapshots",
        "SELECT snapshot_id, parent_id, operation FROM T.snapshots");
    pair(
        table,
        "SELECT snapshot_id, is_current_ancestor FROM T$history",
        "SELECT snapshot_id, is_current_ancestor FROM T.history");
    if (version == 3) {
      same(table, "SELECT id, _row_id, _last_updated_sequence_number FROM T");
    }
  }

  @Test
  void oldSnapshots() {
    frazil.run("CREATE TABLE history (id integer)");
    List<String> snapshots = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      frazil.run("INSERT INTO history VALUES (" + i + ")");
      snapshots.add(
          frazil
              .query("SELECT snapshot_id FROM history$snapshots ORDER BY committed_at DESC LIMIT 1")
              .get(0));
    }
    frazil.run("DELETE FROM history WHERE id = 1");
    spark.show("history", frazil.metadata("history"));
    for (String snapshot : snapshots) {
      pair(
          "history",
          "SELECT id FROM T FOR VERSION AS OF " + snapshot,
          "SELECT id FROM T VERSION AS OF " + snapshot);
    }
    pair(
        "history",
        "SELECT snapshot_id, parent_id, operation FROM T$snapshots",
        "SELECT snapshot_id, parent_id, operation FROM T.snapshots");
  }
}
