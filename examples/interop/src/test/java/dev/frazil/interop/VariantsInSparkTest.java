package dev.frazil.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark reads the variants that Frazil wrote, and Frazil those of Spark, shredded ones too. */
class VariantsInSparkTest {
  private static final List<String> DOCUMENTS =
      List.of(
          "{\"a\": {\"b\": [10, 2.5, \"x\"]}, \"n\": null, \"name\": \"Grüße\"}",
          "{\"a\": {\"b\": [11], \"c\": true}, \"n\": 5, \"name\": \"two\"}",
          "{\"a\": \"no object\", \"n\": \"text\", \"name\": 3, \"more\": {\"deep\": [[], {}]}}",
          "[1, -128, 300, 70000, 5000000000, 1.25e300, 123456789.125, \"a\\\"b\"]",
          "\"text\"",
          "12",
          "true",
          "null",
          "{}",
          "{\"a\": {\"b\": []}, \"n\": -1, \"name\": \"three\"}");

  private static final List<String> QUERIES =
      List.of(
          "SELECT id, to_json(v) FROM T",
          "SELECT id, variant_get(v, '$.a.b[0]', 'int') FROM T WHERE id IN (0, 1, 8, 9)",
          "SELECT id, try_variant_get(v, '$.n', 'string') FROM T",
          "SELECT id, try_variant_get(v, '$.name', 'string') FROM T",
          "SELECT id, is_variant_null(v) FROM T",
          "SELECT id FROM T WHERE v IS NULL");

  @TempDir static Path folder;

  private static FrazilProcess frazil;
  private static FrazilProcess ofWarehouse;
  private static SparkTables spark;

  @BeforeAll
  static void start() throws IOException {
    spark = new SparkTables(folder);
    spark.run("CREATE NAMESPACE local.main");
    frazil = new FrazilProcess("jdbc:iceberg:" + folder.resolve("database"));
    ofWarehouse = new FrazilProcess("jdbc:iceberg:hadoop:" + spark.warehouse());
  }

  @AfterAll
  static void stop() throws IOException {
    spark.close();
    frazil.close();
    ofWarehouse.close();
  }

  @Test
  void sparkReadsOurs() {
    frazil.run(
        "CREATE TABLE docs (id integer, v variant, r row(w variant, x integer), l variant array)"
            + " WITH (\"format-version\" = '3')");
    for (int id = 0; id < DOCUMENTS.size(); id++) {
      frazil.run(
          "INSERT INTO docs VALUES ("
              + id
              + ", parse_json('"
              + DOCUMENTS.get(id)
              + "'), NULL, NULL)");
    }
    frazil.run(
        "INSERT INTO docs VALUES (99, NULL, ROW(parse_json('[1]'), 2), ARRAY[parse_json('{\"p\": 1}'), NULL])",
        "UPDATE docs SET v = CAST(ARRAY[id, 1] AS variant) WHERE id = 5");
    spark.show("docs", frazil.metadata("docs"));
    for (String query : QUERIES) {
      assertThat(spark.query(query.replaceAll("\\bT\\b", "frazil.docs")))
          .as(query)
          .containsExactlyInAnyOrderElementsOf(
              frazil.query(query.replaceAll("\\bT\\b", "main.docs")));
    }
    assertThat(
            spark.query("SELECT to_json(r.w), r.x, to_json(l[0]) FROM frazil.docs WHERE id = 99"))
        .containsExactly("[1] | 2 | {\"p\":1}");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void weReadSparks(boolean shredded) throws IOException {
    String table = "main.docs_" + shredded;
    spark.run(
        "CREATE TABLE local."
            + table
            + " (id int, v variant) USING iceberg TBLPROPERTIES ('format-version' = '3',"
            + " 'write.parquet.shred-variants' = '"
            + shredded
            + "')");
    StringBuilder values = new StringBuilder();
    for (int id = 0; id < DOCUMENTS.size(); id++) {
      values.append("(").append(id).append(", '").append(DOCUMENTS.get(id).replace("\\", "\\\\"));
      values.append("'), ");
    }
    spark.run(
        "INSERT INTO local."
            + table
            + " SELECT /*+ COALESCE(1) */ id, parse_json(d) FROM VALUES "
            + values
            + "(99, NULL) AS t (id, d)",
        // of one shape
        "INSERT INTO local."
            + table
            + " SELECT /*+ COALESCE(1) */ id + 100, to_variant_object(named_struct('a',"
            + " named_struct('b', array(id, 2)), 'n', id, 'name', CAST(id AS string), 'd', DATE"
            + " '2024-02-29', 'm', CAST(1.25 AS decimal(9, 2)), 'ts', TIMESTAMP '2024-02-29 01:02:03.123456'))"
            + " FROM range(20)");
    for (String query : QUERIES) {
      assertThat(ofWarehouse.query(query.replaceAll("\\bT\\b", table)))
          .as(query)
          .containsExactlyInAnyOrderElementsOf(
              spark.query(query.replaceAll("\\bT\\b", "local." + table)));
    }
    assertThat(filesNaming("typed_value", table)).isEqualTo(shredded ? 2 : 0);
  }

  /** How many data files have a column of that name, which their footers hold as it is. */
  private static long filesNaming(String column, String table) throws IOException {
    Path data = spark.warehouse().resolve(table.replace('.', '/')).resolve("data");
    long count = 0;
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".parquet")).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        count += bytes.contains(column) ? 1 : 0;
      }
    }
    return count;
  }
}
