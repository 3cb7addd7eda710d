package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code jdbc:iceberg:hadoop:/folder} on a warehouse that Spark wrote, against Spark's own answers:
 * all types, partition transforms, position deletes, deletion vectors, rewritten files, evolved
 * schemas and partitions, tags and branches, files without field ids. {@code src/test/spark} tells
 * how it came about.
 */
class SparkWarehouseTest {
  private static SparkWarehouse warehouse;
  private static EngineRunner frazil;

  @BeforeAll
  static void open() throws IOException {
    warehouse = SparkWarehouse.unpack();
    frazil =
        EngineRunner.open(
            ConnectionConfig.of(new Warehouse.HadoopFolder(warehouse.folder().toString())));
  }

  @AfterAll
  static void close() {
    frazil.close();
    warehouse.close();
  }

  static Stream<SparkAnswer> expectations() throws IOException {
    List<SparkAnswer> expectations = SparkAnswer.read("answers");
    assertThat(expectations).hasSizeGreaterThan(60);
    return expectations.stream();
  }

  @ParameterizedTest
  @MethodSource("expectations")
  void answersAsSparkDoes(SparkAnswer expectation) {
    assertThat(frazil.query(expectation.query()).lines())
        .containsExactlyInAnyOrderElementsOf(expectation.rows());
  }

  @Test
  void namesEverySchemaAndTable() {
    assertThat(frazil.query("SHOW SCHEMAS").sorted())
        .containsExactly("db", "empty", "sales", "sales.emea");
    assertThat(frazil.query("SHOW TABLES IN sales").sorted())
        .containsExactly("Mixed Case", "emptied", "in_avro", "nothing");
    assertThat(frazil.query("SELECT \"Order\", \"dotted.name\" FROM sales.\"Mixed Case\"").sorted())
        .containsExactly("1 | 11", "2 | NULL");
  }

  /** As many as the manifests count, and none of a row that is read. */
  @ParameterizedTest
  @ValueSource(
      strings = {"db.merge_on_read", "db.merge_on_read_parts", "db.vectors", "db.upgraded"})
  void namesTheDeletedPositions(String table) {
    List<String> counted =
        frazil
            .query("SELECT sum(record_count) FROM " + table + "$delete_files WHERE content = 1")
            .sorted();
    assertThat(counted).doesNotContain("NULL", "0");
    assertThat(frazil.query("SELECT count(*) FROM " + table + "$position_deletes").sorted())
        .isEqualTo(counted);
    assertThat(
            frazil
                .query(
                    "SELECT count(*) FROM "
                        + table
                        + "$position_deletes p JOIN "
                        + table
                        + " t ON p.file_path = t._file AND p.pos = t._pos")
                .sorted())
        .containsExactly("0");
    assertThat(
            frazil
                .query(
                    "SELECT count(DISTINCT p.file_path) - count(DISTINCT f.file_path),"
                        + " count(*) - count(d.file_path) FROM "
                        + table
                        + "$position_deletes p LEFT JOIN "
                        + table
                        + "$data_files f ON p.file_path = f.file_path LEFT JOIN "
                        + table
                        + "$delete_files d ON p.delete_file_path = d.file_path"
                        + " AND p.spec_id = d.spec_id")
                .sorted())
        .containsExactly("0 | 0");
  }

  /** Rows that Spark updated keep their id, which their new file holds, and know the commit. */
  @Test
  void rowsKeepTheirIds() {
    assertThat(
            frazil
                .query("SELECT count(*) - count(DISTINCT _row_id), min(_row_id) FROM db.vectors")
                .sorted())
        .containsExactly("0 | 2");
    assertThat(
            frazil
                .query(
                    "SELECT bool_and(_row_id = id), bool_and(_last_updated_sequence_number > 2)"
                        + " FROM db.vectors WHERE s = 's1'")
                .sorted())
        .containsExactly("true | true");
  }

  @Test
  void readsAvro() {
    assertThat(frazil.query("SELECT id, _pos FROM sales.in_avro").lines()).containsExactly("1 | 0");
  }

  @Test
  void readsVariants() {
    assertThat(frazil.query("SELECT id, to_json(v) FROM db.semistructured").sorted())
        .containsExactly("1 | {\"a\":1}", "2 | [1,2]");
  }
}
