package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.CatalogFactory;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.EngineRunner;
import dev.frazil.txn.IsolationLevel;
import dev.frazil.txn.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * MIN, MAX and COUNT of files whose metrics are exact open none of them; each reason to doubt the
 * metrics has the file read.
 */
class ExtremesFromMetadataTest {
  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void create() {
    frazil = EngineRunner.open(config());
    frazil.script(
        "CREATE TABLE t (id bigint, small integer, price decimal(9, 2), ratio double, text varchar,"
            + " day_of date) PARTITIONED BY (day_of) WITH (\"write.delete.mode\" = 'merge-on-read')",
        "INSERT INTO t VALUES (1, 10, 1.5, 0.5, 'a', DATE '2024-01-01'),"
            + " (2, NULL, -3, 1.5, 'b', DATE '2024-01-01')",
        "INSERT INTO t VALUES (7, 12, 4, 2.5, 'c', DATE '2024-01-02')");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  @Test
  void opensNoDataFile() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
        Files.delete(file);
      }
    }
    assertThat(
            frazil
                .query(
                    "SELECT min(id), max(id), max(small), min(price), max(ratio), max(day_of),"
                        + " count(*), count(small), count(text) FROM t")
                .lines())
        .containsExactly("1 | 7 | 12 | -3 | 2.5 | 2024-01-02 | 3 | 2 | 3");
    assertThat(
            frazil
                .query("SELECT day_of, max(id), count(*) FROM t GROUP BY day_of ORDER BY 1")
                .rows())
        .isEqualTo(List.of(List.of("2024-01-01", "2", "2"), List.of("2024-01-02", "7", "1")));
    assertThat(frazil.query("SELECT DISTINCT day_of FROM t").rows()).hasSize(2);
    assertThat(
            frazil
                .query("SELECT count(*), max(small) FROM t WHERE day_of = DATE '2024-01-02'")
                .lines())
        .containsExactly("1 | 12");
    assertThat(frazil.query("SELECT count(*), count(small), min(id) FROM t WHERE id <= 7").lines())
        .containsExactly("3 | 2 | 1");
    PreparedQuery query =
        frazil.session().prepare("SELECT count(*) FROM t WHERE day_of >= ? AND id BETWEEN ? AND ?");
    StatementResult result =
        query.execute(
            new ParameterValues(List.of((int) LocalDate.of(2024, 1, 1).toEpochDay(), 0L, 9L)),
            new CancellationToken());
    assertThat(EngineRunner.read(((StatementResult.Rows) result).cursor()).lines())
        .containsExactly("3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT min(id) FROM t|0",
        "SELECT max(id), count(small) FROM t|0",
        "SELECT min(text) FROM t|2",
        "SELECT sum(id) FROM t|2",
        "SELECT count(DISTINCT id) FROM t|2",
        "SELECT max(id) FROM t WHERE small > 10|0",
        "SELECT count(*), max(id) FROM t WHERE day_of < DATE '2024-01-02'|0",
        "SELECT count(*) FROM t WHERE id > 0 AND (small IN (10, 12) OR day_of IS NOT NULL)|0",
        "SELECT count(*) FROM t WHERE small > 9|1",
        "SELECT count(*) FROM t WHERE small IS NULL|1",
        "SELECT count(*) FROM t WHERE id > 1|1",
        "SELECT count(*) FROM t WHERE id <> 1|2",
        "SELECT count(*) FROM t WHERE ratio > 0|2",
        "SELECT max(text) FROM t WHERE id > 0|2",
        "SELECT max(id + 1) FROM t|2",
        "SELECT small, max(id) FROM t GROUP BY small|2",
        "SELECT max(id) FILTER (WHERE small > 1) FROM t|2",
        "SELECT max(id) FROM (SELECT id FROM t LIMIT 50) AS s|2",
        "SELECT max(a.id) FROM t a JOIN t b ON a.id = b.id|4",
      })
  void readsFilesWhereTheQuestionNeedsRows(String query, int filesRead) {
    assertThat(filesRead(query)).isEqualTo(filesRead);
  }

  @Test
  void readsAFileWithDeletes() {
    frazil.update("DELETE FROM t WHERE id = 2");
    assertThat(filesRead("SELECT max(id), count(*) FROM t")).isEqualTo(1);
    assertThat(filesRead("SELECT max(id), count(*) FROM t WHERE id > 0")).isEqualTo(1);
    assertThat(frazil.query("SELECT max(id), count(*) FROM t WHERE id > 0").lines())
        .containsExactly("7 | 2");
    assertThat(frazil.query("SELECT max(small), min(price), count(*), count(small) FROM t").lines())
        .containsExactly("12 | 1.5 | 2 | 2");
  }

  @Test
  void readsAFileWithNaN() {
    frazil.update("INSERT INTO t (id, ratio) VALUES (8, 'NaN')");
    assertThat(filesRead("SELECT max(ratio) FROM t")).isEqualTo(1);
    assertThat(filesRead("SELECT max(id) FROM t")).isZero();
    assertThat(frazil.query("SELECT max(ratio), min(ratio) FROM t").lines())
        .containsExactly("NaN | 0.5");
  }

  @Test
  void readsAFileWhoseBoundIsAZeroOfUnknownSign() {
    frazil.update("INSERT INTO t (id, ratio) VALUES (8, 0), (9, 3)");
    assertThat(filesRead("SELECT min(ratio) FROM t")).isEqualTo(1);
    assertThat(frazil.query("SELECT min(ratio), max(ratio) FROM t").lines())
        .containsExactly("0 | 3");
  }

  @Test
  void readsAFileOlderThanTheColumnOrItsType() {
    try (DatabaseCatalog catalog = CatalogFactory.open(config())) {
      Transaction transaction = Transaction.begin(catalog, IsolationLevel.SNAPSHOT, false, null);
      transaction.update(
          TableIdentifier.of("main", "t"),
          table ->
              table
                  .updateSchema()
                  .addColumn("extra", Types.LongType.get())
                  .updateColumn("small", Types.LongType.get()));
      transaction.commit(null);
    }
    assertThat(filesRead("SELECT max(extra) FROM t")).isEqualTo(2);
    assertThat(filesRead("SELECT max(small) FROM t")).isEqualTo(2);
    frazil.update("INSERT INTO t (id, small, extra) VALUES (9, 5000000000, 3)");
    assertThat(filesRead("SELECT max(small) FROM t")).isEqualTo(2);
    assertThat(frazil.query("SELECT min(small), max(small), max(extra), count(*) FROM t").lines())
        .containsExactly("10 | 5000000000 | 3 | 4");
  }

  @Test
  void groupsFilesOlderThanThePartitioningByTheirOwnValues() {
    frazil.script(
        "CREATE TABLE u (region varchar, day_of date, id bigint)",
        "INSERT INTO u VALUES ('a', DATE '2024-01-01', 1), ('b', DATE '2024-01-02', 2)");
    try (DatabaseCatalog catalog = CatalogFactory.open(config())) {
      Transaction transaction = Transaction.begin(catalog, IsolationLevel.SNAPSHOT, false, null);
      transaction.update(
          TableIdentifier.of("main", "u"),
          table -> table.updateSpec().addField("region").addField("day_of"));
      transaction.commit(null);
    }
    frazil.update("INSERT INTO u VALUES ('c', DATE '2024-01-03', 3)");
    assertThat(frazil.query("SELECT region, count(*), max(id) FROM u GROUP BY region").sorted())
        .containsExactly("a | 1 | 1", "b | 1 | 2", "c | 1 | 3");
    assertThat(frazil.query("SELECT DISTINCT day_of FROM u").sorted())
        .containsExactly("2024-01-01", "2024-01-02", "2024-01-03");
  }

  @Test
  void readsFilesWithoutMetrics() {
    frazil.script(
        "CREATE TABLE u (id bigint) WITH (\"write.metadata.metrics.default\" = 'none')",
        "INSERT INTO u VALUES (4), (5)");
    assertThat(filesRead("SELECT max(id) FROM u")).isEqualTo(1);
    assertThat(frazil.query("SELECT max(id), count(*) FROM u").lines()).containsExactly("5 | 2");
  }

  @Test
  void seesTheTransactionsOwnRows() {
    frazil.execute("BEGIN");
    frazil.update("INSERT INTO t (id) VALUES (50)");
    assertThat(frazil.query("SELECT max(id), count(*) FROM t").lines()).containsExactly("50 | 4");
    frazil.execute("ROLLBACK");
    assertThat(frazil.query("SELECT max(id), count(*) FROM t").lines()).containsExactly("7 | 3");
  }

  @Test
  void aPreparedPlanFollowsTheTable() {
    PreparedQuery query = frazil.session().prepare("SELECT max(id), count(small) FROM t");
    for (String expected : List.of("7 | 2", "60 | 3")) {
      StatementResult result =
          query.execute(new ParameterValues(List.of()), new CancellationToken());
      assertThat(EngineRunner.read(((StatementResult.Rows) result).cursor()).lines())
          .containsExactly(expected);
      frazil.update("INSERT INTO t (id, small) VALUES (60, 1)");
    }
  }

  @Test
  void explainTellsWhatMetricsAreAskedFor() {
    assertThat(
            String.join("\n", frazil.query("EXPLAIN SELECT max(id), count(small) FROM t").lines()))
        .contains("[from file metrics where exact: counts, bounds of id]");
    assertThat(String.join("\n", frazil.query("EXPLAIN SELECT min(text) FROM t").lines()))
        .doesNotContain("metrics");
  }

  private ConnectionConfig config() {
    return ConnectionConfig.of(
        new Warehouse.LocalFolder(folder.toAbsolutePath().normalize().toString()));
  }

  /** Of all scans of the statement. */
  private int filesRead(String query) {
    int files = 0;
    for (String line : frazil.query("EXPLAIN ANALYZE " + query).lines()) {
      int at = line.indexOf("files: ");
      if (at >= 0) {
        files += Integer.parseInt(line.substring(at + 7, line.indexOf(" read", at)));
      }
    }
    return files;
  }
}
