package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.catalog.CatalogFactory;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.error.EngineException;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import dev.frazil.txn.IsolationLevel;
import dev.frazil.txn.Transaction;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.theta.CompactSketch;
import org.apache.datasketches.theta.SetOperation;
import org.apache.datasketches.theta.UpdateSketch;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.puffin.BlobMetadata;
import org.apache.iceberg.puffin.Puffin;
import org.apache.iceberg.puffin.PuffinReader;
import org.apache.iceberg.util.Pair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code CALL system.compute_table_stats}: what other engines find in the file, and when. */
class ComputeTableStatsTest {
  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  /** A column's sketch, and the number beside it. */
  private record Noted(CompactSketch sketch, long distinct) {}

  /** What stands in a file of statistics by the names of columns, as Iceberg's reader finds it. */
  private Map<String, Noted> noted(Table table, String location) throws IOException {
    StatisticsFile file =
        table.statisticsFiles().stream()
            .filter(each -> each.path().equals(location))
            .findFirst()
            .orElseThrow();
    Map<String, Noted> noted = new HashMap<>();
    try (PuffinReader reader =
        Puffin.read(table.io().newInputFile(location))
            .withFileSize(file.fileSizeInBytes())
            .withFooterSize(file.fileFooterSizeInBytes())
            .build()) {
      List<BlobMetadata> blobs = reader.fileMetadata().blobs();
      assertThat(file.blobMetadata()).hasSameSizeAs(blobs);
      for (Pair<BlobMetadata, ByteBuffer> blob : reader.readAll(blobs)) {
        BlobMetadata about = blob.first();
        assertThat(about.type()).isEqualTo("apache-datasketches-theta-v1");
        assertThat(about.snapshotId()).isEqualTo(file.snapshotId());
        assertThat(about.sequenceNumber())
            .isEqualTo(table.snapshot(file.snapshotId()).sequenceNumber());
        byte[] bytes = new byte[blob.second().remaining()];
        blob.second().get(bytes);
        String column = table.schema().findColumnName(about.inputFields().get(0));
        noted.put(
            column,
            new Noted(
                CompactSketch.heapify(Memory.wrap(bytes)),
                Long.parseLong(about.properties().get("ndv"))));
      }
    }
    return noted;
  }

  private Table table(DatabaseCatalog catalog) {
    return Transaction.begin(catalog, IsolationLevel.SNAPSHOT, false, null)
        .load(TableIdentifier.of("main", "t"))
        .orElseThrow();
  }

  private Map<String, Noted> computed(String call) throws IOException {
    List<String> answer = frazil.query(call).lines();
    assertThat(answer).hasSize(1);
    try (DatabaseCatalog catalog = CatalogFactory.open(frazil.engine().config())) {
      return noted(table(catalog), answer.get(0));
    }
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".stats")).count();
    }
  }

  @Test
  void sketchesHoldWhatDuckDbCounts() throws IOException {
    frazil.script(
        "CREATE TABLE t (id bigint, i integer, b boolean, r real, d double, dec decimal(12, 3),"
            + " wide decimal(30, 4), dt date, ts timestamp, tz timestamp with time zone,"
            + " ns timestamp(9), v varchar, bin varbinary, u uuid, few varchar, ar array(integer),"
            + " none integer)"
            + " WITH (\"format-version\" = '3', \"write.delete.mode\" = 'merge-on-read')",
        "INSERT INTO t SELECT n, CAST(n / 3 AS integer), n > 9, CAST(n % 2000 AS real),"
            + " n / 8.0e0, n / 2.000, CAST(n AS decimal(30, 4)) * 10000000000000000,"
            + " DATE '2020-01-01' + n % 5000 * INTERVAL '1' DAY,"
            + " TIMESTAMP '2020-01-01 00:00:00' + n % 9000 * INTERVAL '1' SECOND,"
            + " CAST(TIMESTAMP '2020-01-01 00:00:00' + n * INTERVAL '1' SECOND"
            + " AS timestamp with time zone),"
            + " TIMESTAMP '2020-01-01 00:00:00.123456789' + n % 70 * INTERVAL '1' SECOND,"
            + " 'v' || n, CAST('b' || (n % 6000) AS varbinary),"
            + " CAST('00112233-4455-6677-8899-' || lpad(CAST(n AS varchar), 12, '0') AS uuid),"
            + " 'few' || (n % 40), ARRAY[1], CASE WHEN n % 11 > 0 THEN 5 END"
            + " FROM generate_series(1, 30000) AS s (n)",
        "DELETE FROM t WHERE id % 4 = 0");
    Map<String, Noted> noted = computed("CALL system.compute_table_stats('t')");
    List<String> columns =
        List.of(
            "id", "i", "b", "r", "d", "dec", "wide", "dt", "ts", "tz", "ns", "v", "bin", "u", "few",
            "none");
    assertThat(noted.keySet()).containsExactlyInAnyOrderElementsOf(columns);
    try (DuckDbRunner duckDb = new DuckDbRunner()) {
      for (String column : columns) {
        long exact =
            Long.parseLong(
                duckDb
                    .query(
                        "SELECT count(DISTINCT \""
                            + column
                            + "\") FROM read_parquet('"
                            + folder.toAbsolutePath()
                            + "/**/*.parquet') WHERE id % 4 <> 0")
                    .lines()
                    .get(0));
        Noted found = noted.get(column);
        assertThat((double) exact)
            .as(column)
            .isBetween(found.sketch().getLowerBound(3), found.sketch().getUpperBound(3));
        assertThat(found.distinct()).as(column).isEqualTo((long) found.sketch().getEstimate());
        if (exact < 4_000) {
          assertThat(found.distinct()).as(column).isEqualTo(exact);
        }
      }
    }
  }

  /** Sketches of several engines are put together: they must hash the same bytes. */
  @Test
  void hashesAreOfTheSerialisedValues() throws IOException {
    frazil.script(
        "CREATE TABLE t (i integer, l bigint, v varchar, d decimal(9, 2), x double)",
        "INSERT INTO t SELECT CAST(n AS integer), n, 'v' || n, n / 100.00, n * 1.0e0"
            + " FROM generate_series(1, 1000) AS s (n)");
    Map<String, Noted> noted = computed("CALL system.compute_table_stats(table => 'main.t')");
    Map<String, IntFunction<byte[]>> bytes =
        Map.of(
            "i", n -> buffer(4).putInt(n).array(),
            "l", n -> buffer(8).putLong(n).array(),
            "v", n -> ("v" + n).getBytes(StandardCharsets.UTF_8),
            "d", n -> BigInteger.valueOf(n).toByteArray(),
            "x", n -> buffer(8).putDouble(n).array());
    bytes.forEach(
        (column, value) -> {
          UpdateSketch byHand = UpdateSketch.builder().build();
          for (int n = 501; n <= 1500; n++) {
            byHand.update(value.apply(n));
          }
          CompactSketch both =
              SetOperation.builder()
                  .buildIntersection()
                  .intersect(byHand, noted.get(column).sketch());
          assertThat(both.getEstimate()).as(column).isEqualTo(500);
        });
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void snapshotsAndColumnsThatAreAskedFor() throws IOException {
    frazil.script(
        "CREATE TABLE t (a integer, \"B\" varchar)", "INSERT INTO t VALUES (1, 'x'), (2, 'x')");
    String first = frazil.query("SELECT snapshot_id FROM \"t$snapshots\"").lines().get(0);
    frazil.script("ALTER TABLE t ADD COLUMN c integer", "INSERT INTO t VALUES (3, 'y', 4)");
    Map<String, Noted> noted =
        computed("CALL system.compute_table_stats('t', " + first + ", ARRAY['b', 'a'])");
    assertThat(noted.get("a").distinct()).isEqualTo(2);
    assertThat(noted.get("B").distinct()).isEqualTo(1);
    assertThat(computed("CALL system.compute_table_stats('t', " + first + ")")).hasSize(2);
    noted = computed("ALTER TABLE t EXECUTE compute_table_stats(columns => ARRAY['a', 'c'])");
    assertThat(noted).containsOnlyKeys("a", "c");
    assertThat(noted.get("a").distinct()).isEqualTo(3);
    assertThat(noted.get("c").distinct()).isEqualTo(1);
    try (DatabaseCatalog catalog = CatalogFactory.open(frazil.engine().config())) {
      assertThat(table(catalog).statisticsFiles()).as("one a snapshot").hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'none'                              | 42P01 | none
          't', 7                              | 22023 | has no snapshot 7
          't', columns => ARRAY['x']          | 42703 | has no column
          't', columns => ARRAY['r']          | 0A000 | statistics of the column
          't', columns => ARRAY['r.f']        | 0A000 | within a column
          't', columns => ARRAY[1]            | 22023 | must hold texts
          't', columns => 'a'                 | 22023 | must be an array
          """)
  void mistakesAreNamed(String arguments, String state, String message) throws IOException {
    frazil.script(
        "CREATE TABLE t (a integer, r row(f integer))", "INSERT INTO t VALUES (1, ROW(1))");
    EngineException failure =
        catchThrowableOfType(
            EngineException.class,
            () -> frazil.query("CALL system.compute_table_stats(" + arguments + ")"));
    assertThat(failure).as(arguments).isNotNull();
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(message);
    assertThat(files()).isZero();
  }

  @Test
  void aTableWithoutRowsEverHasNone() throws IOException {
    frazil.update("CREATE TABLE t (a integer)");
    assertThat(frazil.query("CALL system.compute_table_stats('t')").lines()).isEmpty();
    assertThat(files()).isZero();
  }

  @Test
  void itIsAPartOfTheTransaction() throws IOException {
    frazil.script(
        "CREATE TABLE t (a integer)",
        "INSERT INTO t VALUES (1)",
        "START TRANSACTION",
        "INSERT INTO t VALUES (2)");
    frazil.query("CALL system.compute_table_stats('t')");
    frazil.update("SAVEPOINT s");
    frazil.query("CALL system.compute_table_stats('t')");
    assertThat(files()).isEqualTo(2);
    frazil.update("ROLLBACK TO SAVEPOINT s");
    assertThat(files()).isEqualTo(1);
    frazil.update("ROLLBACK");
    assertThat(files()).isZero();
    frazil.script("START TRANSACTION", "INSERT INTO t VALUES (3)");
    String file = frazil.query("CALL system.compute_table_stats('t')").lines().get(0);
    frazil.update("COMMIT");
    try (DatabaseCatalog catalog = CatalogFactory.open(frazil.engine().config())) {
      assertThat(noted(table(catalog), file).get("a").distinct()).isEqualTo(2);
    }
    frazil.update("START TRANSACTION READ ONLY");
    assertThat(failure("CALL system.compute_table_stats('t')")).isEqualTo("25006");
  }

  private String failure(String sql) {
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
    assertThat(failure).as(sql).isNotNull();
    return failure.state().code();
  }

  @Test
  void anAppendBesideItIsNoConflictButItsOwnRowsMustStay() throws IOException {
    frazil.script("CREATE TABLE t (a integer)", "INSERT INTO t VALUES (1)", "START TRANSACTION");
    String file = frazil.query("CALL system.compute_table_stats('t')").lines().get(0);
    try (EngineRunner other = EngineRunner.local(folder)) {
      other.update("INSERT INTO t VALUES (2)");
    }
    frazil.update("COMMIT");
    try (DatabaseCatalog catalog = CatalogFactory.open(frazil.engine().config())) {
      assertThat(noted(table(catalog), file).get("a").distinct()).isEqualTo(1);
    }
    frazil.script("START TRANSACTION", "INSERT INTO t VALUES (3)");
    frazil.query("CALL system.compute_table_stats('t')");
    try (EngineRunner other = EngineRunner.local(folder)) {
      other.update("INSERT INTO t VALUES (4)");
    }
    assertThat(failure("COMMIT")).as("the snapshot holds another row now").isEqualTo("40001");
    assertThat(frazil.query("SELECT a FROM t").sorted()).containsExactly("1", "2", "4");
  }
}
