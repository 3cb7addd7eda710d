package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.orc.OrcScanner;
import dev.frazil.parquet.ColumnRequest;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.MemoryObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables in ORC that Spark and Iceberg's own writers wrote, against their own answers: all types
 * and codecs, partitions, position deletes and equality deletes, deletion vectors, evolved schemas,
 * several stripes, other formats beside, files without field ids. {@code src/test/spark} tells how
 * they came about.
 */
class OrcWarehouseTest {
  private static SparkWarehouse warehouse;
  private static EngineRunner frazil;

  @BeforeAll
  static void open() throws IOException {
    warehouse = SparkWarehouse.unpackOrc();
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
    List<SparkAnswer> expectations = SparkAnswer.read("orc-answers");
    assertThat(expectations).hasSizeGreaterThan(25);
    return expectations.stream();
  }

  @ParameterizedTest
  @MethodSource("expectations")
  void answersAsSparkDoes(SparkAnswer expectation) {
    assertThat(frazil.query(expectation.query()).lines())
        .containsExactlyInAnyOrderElementsOf(expectation.rows());
  }

  @Test
  void filesAreOrc() {
    assertThat(
            frazil
                .query(
                    "SELECT DISTINCT file_format FROM db.merge_on_read$files"
                        + " UNION ALL SELECT DISTINCT file_format FROM db.equality$files")
                .sorted())
        .containsExactly("ORC", "ORC");
    assertThat(
            frazil
                .query("SELECT file_format, count(*) FROM db.mixed$data_files GROUP BY 1")
                .sorted())
        .containsExactly("AVRO | 1", "ORC | 1", "PARQUET | 1");
  }

  /** One of two stripes is read, where the statistics tell that the other holds none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "id BETWEEN 3333 AND 3339",
        "id IN (5500, 5501)",
        "word = 'word 7'",
        "day > DATE '2021-08-20'",
        "ts < TIMESTAMP '2020-01-01 01:00:00 UTC'",
        "maybe = 5600"
      })
  void stripesAreRuledOut(String condition) {
    assertThat(
            String.join(
                " ",
                frazil
                    .query("EXPLAIN ANALYZE SELECT noise FROM db.stripes WHERE " + condition)
                    .lines()))
        .contains("row groups: 1 of 2 pruned");
  }

  /** Counted by the rows of each file: stripes are read out of order, by several threads. */
  @Test
  void positions() {
    assertThat(
            frazil
                .query(
                    "SELECT count(*), count(DISTINCT _file), bool_and(_pos = id) FROM db.stripes")
                .sorted())
        .containsExactly("6000 | 1 | true");
    assertThat(frazil.query("SELECT _pos FROM db.stripes WHERE id = 5678").lines())
        .containsExactly("5678");
  }

  /**
   * Rows of files without ids inherit them. Those of the file that Spark wrote when it updated rows
   * are left out: it does not read ids of ORC files, and wrote zeros.
   */
  @Test
  void rowsInheritTheirIds() {
    assertThat(
            frazil
                .query("SELECT bool_and(_row_id = id), count(*) FROM db.vectors WHERE s <> 's1'")
                .sorted())
        .containsExactly("true | 78");
    assertThat(
            frazil
                .query(
                    "SELECT s = 's1', min(_last_updated_sequence_number),"
                        + " max(_last_updated_sequence_number) FROM db.vectors GROUP BY s = 's1'")
                .sorted())
        .containsExactly("false | 1 | 2", "true | 4 | 4");
  }

  /** A damaged field id must not make nulls of a whole column. */
  @Test
  void columnsThatTheManifestCounts() throws IOException {
    String location = frazil.query("SELECT file_path FROM db.stripes$data_files").lines().get(0);
    byte[] body = Files.readAllBytes(Path.of(location.replace("file:", "")));
    MemoryObjectStore store = new MemoryObjectStore();
    store.put(location, body);
    Schema schema = new Schema(Types.NestedField.optional(99, "id", Types.LongType.get()));
    try (OrcScanner scanner =
        OrcScanner.open(
            store,
            location,
            body.length,
            6000,
            schema.columns().stream().map(ColumnRequest::new).toList(),
            schema,
            Expressions.alwaysTrue(),
            null,
            new MemoryBudget(1 << 20))) {
      scanner.expectColumns(id -> false);
      assertThatThrownBy(() -> scanner.expectColumns(id -> id == 99))
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED))
          .hasMessageContainingAll(location, "it lacks the column id (field id 99)");
    }
  }
}
