package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.CatalogFactory;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.storage.RequestCounter.Kind;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import dev.frazil.txn.IsolationLevel;
import dev.frazil.txn.Transaction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.GenericBlobMetadata;
import org.apache.iceberg.GenericStatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.puffin.StandardBlobTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Estimates of joined tables go by the bounds, nulls and distinct values of their columns. */
class ColumnStatisticsTest {
  @TempDir Path folder;

  private static void fill(EngineRunner frazil) {
    frazil.script(
        "CREATE TABLE digit (d bigint)",
        "INSERT INTO digit VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)",
        "CREATE TABLE fact (id bigint, kind integer, price decimal(9, 2), day_of date, note"
            + " varchar, ratio double)",
        "INSERT INTO fact SELECT a.d + 10 * b.d + 100 * c.d, CAST(a.d AS integer), b.d,"
            + " CAST('2024-01-' || (10 + c.d) AS date), CASE WHEN a.d < 3 THEN 'x' END,"
            + " c.d / 10.0e0 FROM digit a, digit b, digit c",
        "CREATE TABLE other (id bigint, kind integer)",
        "INSERT INTO other VALUES (1, 1), (2, 2), (3, 3)");
  }

  private ConnectionConfig config() {
    return ConnectionConfig.of(
        new Warehouse.LocalFolder(folder.toAbsolutePath().normalize().toString()));
  }

  /** The estimate of the scan of {@code fact} beside a join. */
  private static long rows(EngineRunner frazil, String condition) {
    String query = "EXPLAIN SELECT 1 FROM fact f JOIN other o ON f.id = o.id AND " + condition;
    for (String line : frazil.query(query).lines()) {
      if (line.contains("main.fact")) {
        return Long.parseLong(
            line.substring(line.lastIndexOf("(~") + 2, line.lastIndexOf(" rows)")));
      }
    }
    throw new AssertionError("no scan of fact");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f.id < 250|250",
        "250 > f.id|250",
        "f.id >= 100 AND f.id < 200|100",
        "f.id > 5000|1",
        "f.id = 7|1",
        "f.kind = 7|100",
        "f.kind = 70|1",
        "f.kind <> 7|900",
        "f.kind IN (1, 2, 3)|300",
        "f.day_of >= DATE '2024-01-10' AND f.day_of < DATE '2024-01-13'|333",
        "f.day_of = DATE '2024-01-11'|100",
        "f.note IS NULL|700",
        "f.note IS NOT NULL|300",
        "f.note = 'x'|20",
        "f.ratio < 0.45|500",
        "(f.kind = 1 OR f.note = 'x')|118",
      })
  void predicatesOfAJoinedTable(String condition, long rows) {
    try (EngineRunner frazil = EngineRunner.open(config())) {
      fill(frazil);
      assertThat(rows(frazil, condition)).isEqualTo(rows);
    }
  }

  /** The files of one commit make one manifest; those of the others have other values. */
  @Test
  void someFilesStandForThoseOfALargeTable() {
    try (EngineRunner frazil = EngineRunner.open(config())) {
      fill(frazil);
      frazil.change("fact", table -> referAgain(table, 300));
      frazil.update("INSERT INTO fact SELECT 10999, 1, 1, DATE '2024-01-10', NULL, 0.5e0");
      assertThat(rows(frazil, "f.kind = 7")).isBetween(29_000L, 31_000L);
      assertThat(rows(frazil, "f.note IS NULL")).isBetween(200_000L, 215_000L);
      assertThat(rows(frazil, "f.id < 5500")).isBetween(140_000L, 170_000L);
      assertThat(rows(frazil, "f.id > 50000")).isBetween(2_900L, 3_100L);
      assertThat(rows(frazil, "f.kind = 70")).isBetween(29_000L, 31_000L);
    }
  }

  /** The table as if its file were there several times more. */
  private static AppendFiles referAgain(Table table, int times) {
    DataFile written = table.currentSnapshot().addedDataFiles(table.io()).iterator().next();
    AppendFiles append = table.newAppend();
    for (int copy = 0; copy < times; copy++) {
      append.appendFile(
          DataFiles.builder(table.spec())
              .copy(written)
              .withPath(written.location().replace(".parquet", "-" + copy + ".parquet"))
              .build());
    }
    return append;
  }

  @Test
  void distinctValuesThatAWriterOfSketchesNoted() {
    try (EngineRunner frazil = EngineRunner.open(config())) {
      fill(frazil);
      try (DatabaseCatalog catalog = CatalogFactory.open(config())) {
        Transaction transaction = Transaction.begin(catalog, IsolationLevel.SNAPSHOT, false, null);
        TableIdentifier fact = TableIdentifier.of("main", "fact");
        transaction.update(fact, table -> table.updateStatistics().setStatistics(noted(table)));
        transaction.commit(null);
      }
      frazil.update("INSERT INTO other VALUES (4, 4)");
      frazil.update("INSERT INTO fact (id) VALUES (1000)");
      assertThat(rows(frazil, "f.note = 'x'")).isBetween(74L, 76L);
    }
  }

  /** Also for who looked at the same snapshot before. */
  @Test
  void distinctValuesThatWereComputed() {
    try (EngineRunner frazil = EngineRunner.open(config())) {
      fill(frazil);
      assertThat(rows(frazil, "f.note = 'x'")).isEqualTo(20);
      frazil.query("CALL system.compute_table_stats('fact', columns => ARRAY['note'])");
      assertThat(rows(frazil, "f.note = 'x'")).isEqualTo(300);
    }
  }

  /** As Spark and Trino do: the number stands in the table's metadata. */
  private static GenericStatisticsFile noted(Table table) {
    long snapshotId = table.currentSnapshot().snapshotId();
    int note = table.schema().findField("note").fieldId();
    return new GenericStatisticsFile(
        snapshotId,
        table.location() + "/metadata/none.stats",
        100,
        10,
        List.of(
            new GenericBlobMetadata(
                StandardBlobTypes.APACHE_DATASKETCHES_THETA_V1,
                snapshotId,
                1,
                List.of(note),
                Map.of("ndv", "4"))));
  }

  @Test
  void planningReadsNothingThatTheScanWouldNotRead() {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      try (EngineRunner writer = EngineRunner.open(server.config("db"))) {
        fill(writer);
      }
      try (EngineRunner reader = EngineRunner.open(server.config("db"))) {
        server.resetCounts();
        assertThat(
                reader
                    .query("SELECT count(*) FROM fact f JOIN other o ON f.id = o.id AND f.kind = 2")
                    .lines())
            .containsExactly("1");
        assertThat(server.count(Kind.GET, Kind.HEAD, Kind.LIST))
            .as("the root, and of two tables metadata, manifest list and manifest")
            .isLessThanOrEqualTo(7);
      }
    }
  }
}
