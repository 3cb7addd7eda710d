package dev.frazil.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark reads tables that Frazil altered between its writes, after each step. */
class AlteredTablesInSparkTest {
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

  /** All rows are the same in both. */
  private static void same(String table, String step) {
    spark.show(table, frazil.metadata(table));
    List<String> expected = frazil.query("SELECT * FROM main." + table);
    assertThat(expected).isNotEmpty();
    assertThat(spark.query("SELECT * FROM frazil." + table))
        .as(step)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void alterations(int version) {
    String table = "altered_" + version;
    frazil.run(
        "CREATE TABLE "
            + table
            + " (id bigint, k integer, s varchar, d decimal(5, 2), o row(a integer, b varchar),"
            + " l array(row(x integer, y real))) WITH (\"format-version\" = '"
            + version
            + "')");
    String[] alterations = {
      "ADD COLUMN extra decimal(9, 2)",
      "ADD COLUMN o.c date",
      "ADD COLUMN l.element.z varchar",
      "RENAME COLUMN s TO text",
      "RENAME COLUMN o.b TO note",
      "ADD COLUMN s timestamp FIRST",
      "ALTER COLUMN k SET DATA TYPE bigint",
      "ALTER COLUMN d SET DATA TYPE decimal(12, 2)",
      "ALTER COLUMN l.element.y SET DATA TYPE double",
      "ADD PARTITION FIELD bucket(3, id)",
      "ADD PARTITION FIELD truncate(2, text)",
      "DROP PARTITION FIELD bucket(3, id)",
      "WRITE ORDERED BY k DESC NULLS LAST, id",
      "ALTER COLUMN extra AFTER id",
      "DROP COLUMN l.element.x",
      "DROP COLUMN extra",
      "ADD COLUMN extra varchar",
      "SET TBLPROPERTIES ('write.delete.mode' = 'merge-on-read', 'write.update.mode' = 'merge-on-read')",
      "ALTER COLUMN id SET NOT NULL",
      "SET IDENTIFIER FIELDS id",
    };
    for (int i = 0; i <= alterations.length; i++) {
      int first = i * 10;
      frazil.run(
          "INSERT INTO "
              + table
              + " (id, k, o) SELECT "
              + first
              + " + g, g % 4, NULL FROM generate_series(1, 9) AS x (g)",
          "UPDATE " + table + " SET k = k + 1 WHERE id % 10 = 3",
          "DELETE FROM " + table + " WHERE id = " + (first + 5));
      if (i < alterations.length) {
        frazil.run("ALTER TABLE " + table + " " + alterations[i]);
        same(table, alterations[i]);
      }
    }
    same(table, "the last rows");
    if (version < 3) {
      frazil.run(
          "ALTER TABLE "
              + table
              + " SET TBLPROPERTIES ('format-version' = '"
              + (version + 1)
              + "')",
          "DELETE FROM " + table + " WHERE id % 10 = 7",
          "UPDATE " + table + " SET text = 'after' WHERE id % 10 = 8");
      same(table, "the next version");
    }
  }

  @Test
  void defaults() {
    frazil.run(
        "CREATE TABLE defaults (id bigint, o row(a integer)) WITH (\"format-version\" = '3')",
        "INSERT INTO defaults VALUES (1, ROW(1)), (2, NULL)",
        "ALTER TABLE defaults ADD COLUMN i integer DEFAULT 7",
        "ALTER TABLE defaults ADD COLUMN s varchar DEFAULT 'Grüße'",
        "ALTER TABLE defaults ADD COLUMN m decimal(9, 2) DEFAULT 1.25",
        "ALTER TABLE defaults ADD COLUMN d date DEFAULT DATE '2020-02-29'",
        "ALTER TABLE defaults ADD COLUMN n bigint NOT NULL DEFAULT 5",
        "INSERT INTO defaults (id, i) VALUES (3, NULL)",
        "ALTER TABLE defaults ALTER COLUMN i SET DEFAULT 8",
        "INSERT INTO defaults (id) VALUES (4)",
        "UPDATE defaults SET id = id + 10 WHERE id = 1");
    same("defaults", "defaults");
  }

  @Test
  void variants() {
    frazil.run(
        "CREATE TABLE variants (id integer, v variant) WITH (\"format-version\" = '3')",
        "INSERT INTO variants SELECT 1, PARSE_JSON('{\"a\": 1, \"b\": [true, null, \"x\"]}')",
        "INSERT INTO variants SELECT 2, PARSE_JSON('[1.5, {\"c\": {\"d\": -9007199254740993}}]')",
        "INSERT INTO variants VALUES (3, NULL)");
    spark.show("variants", frazil.metadata("variants"));
    assertThat(spark.query("SELECT id, to_json(v) FROM frazil.variants"))
        .containsExactlyInAnyOrder(
            "1 | {\"a\":1,\"b\":[true,null,\"x\"]}",
            "2 | [1.5,{\"c\":{\"d\":-9007199254740993}}]",
            "3 | NULL");
    assertThat(
            spark.query(
                "SELECT variant_get(v, '$.b[2]', 'string') FROM frazil.variants WHERE id = 1"))
        .containsExactly("x");
  }
}
