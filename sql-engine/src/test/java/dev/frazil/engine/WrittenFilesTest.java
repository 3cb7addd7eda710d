package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that statements write: how many, what the metadata says, and what DuckDB reads. */
class WrittenFilesTest {
  private static final int ROWS = 20_000;
  private static final int PARTITIONS = 200;

  @TempDir Path folder;

  @Test
  void manyPartitionsInRandomOrderMakeFewFilesWithinTheMemory() throws IOException {
    ConnectionConfig config =
        new ConnectionConfig(
            new Warehouse.LocalFolder(folder.toString()),
            Map.of(ConnectionProperty.MEMORY_LIMIT, "16MB"),
            Map.of());
    try (EngineRunner frazil = EngineRunner.open(config);
        DuckDbRunner duckDb = new DuckDbRunner()) {
      frazil.update("CREATE TABLE spread (k integer, id bigint, s varchar) PARTITIONED BY (k)");
      Random random = new Random(11);
      List<ParameterValues> rows = new ArrayList<>();
      long sum = 0;
      for (int i = 0; i < ROWS; i++) {
        int k = random.nextInt(PARTITIONS);
        sum += k * (long) i;
        rows.add(new ParameterValues(List.of(k, (long) i, "row " + i)));
      }
      frazil
          .session()
          .prepare("INSERT INTO spread VALUES (?, ?, ?)")
          .executeBatch(rows, new CancellationToken());
      assertThat(frazil.query("SELECT count(*), sum(k * id) FROM spread").lines())
          .containsExactly(ROWS + " | " + sum);
      Set<Integer> seen = new HashSet<>();
      long records = 0;
      int files = 0;
      for (DataFile file : dataFiles(frazil, "spread")) {
        files++;
        records += file.recordCount();
        int partition = file.partition().get(0, Integer.class);
        seen.add(partition);
        assertThat(file.location()).contains("k=" + partition);
        if (files <= 20) {
          assertThat(
                  duckDb
                      .query("SELECT min(k), max(k), count(*) FROM " + parquet(file.location()))
                      .lines())
              .containsExactly(partition + " | " + partition + " | " + file.recordCount());
        }
      }
      assertThat(records).isEqualTo(ROWS);
      assertThat(seen).hasSize(PARTITIONS);
      assertThat(files).isLessThanOrEqualTo(PARTITIONS * 3);
    }
  }

  @Test
  void metadataOfAFileTellsItsRowsAndBounds() throws IOException {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.script(
          "CREATE TABLE m (id integer, s varchar)",
          "INSERT INTO m VALUES (5, 'x'), (-3, NULL), (9, 'y')");
      DataFile file = dataFiles(frazil, "m").get(0);
      assertThat(file.recordCount()).isEqualTo(3);
      assertThat(file.valueCounts()).containsEntry(1, 3L).containsEntry(2, 3L);
      assertThat(file.nullValueCounts()).containsEntry(1, 0L).containsEntry(2, 1L);
      assertThat(bound(file.lowerBounds().get(1))).isEqualTo(-3);
      assertThat(bound(file.upperBounds().get(1))).isEqualTo(9);
      assertThat(file.splitOffsets()).containsExactly(4L);
      assertThat(file.sortOrderId()).isIn(null, 0);
      assertThat(file.fileSizeInBytes())
          .isEqualTo(java.nio.file.Files.size(Path.of(file.location())));
    }
  }

  @Test
  void positionDeletesAreSortedAndReadableByOthers() throws IOException {
    try (EngineRunner frazil = EngineRunner.local(folder);
        DuckDbRunner duckDb = new DuckDbRunner()) {
      frazil.script(
          "CREATE TABLE d (id integer) WITH (\"write.delete.mode\" = 'merge-on-read')",
          "INSERT INTO d VALUES (1), (2), (3), (4), (5)",
          "INSERT INTO d VALUES (6), (7)");
      assertThat(frazil.update("DELETE FROM d WHERE id IN (2, 4, 7)")).isEqualTo(3);
      Set<String> locations = new HashSet<>();
      try (CloseableIterable<FileScanTask> tasks = table(frazil, "d").newScan().planFiles()) {
        for (FileScanTask task : tasks) {
          for (DeleteFile delete : task.deletes()) {
            locations.add(delete.location());
          }
        }
      }
      assertThat(locations).hasSize(1);
      String deletes = parquet(locations.iterator().next());
      List<String> inFileOrder =
          duckDb.query("SELECT file_path || ':' || pos FROM " + deletes).lines();
      assertThat(inFileOrder).hasSize(3).isSorted();
      assertThat(frazil.query("SELECT id FROM d").sorted()).containsExactly("1", "3", "5", "6");
    }
  }

  @Test
  void aStatementThatFailsLeavesNoFiles() throws IOException {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.script("CREATE TABLE n (id integer NOT NULL, k integer) PARTITIONED BY (k)");
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> frazil.update("INSERT INTO n VALUES (1, 1), (2, 2), (NULL, 3)"))
          .hasMessageContaining("'id'");
      frazil.script("START TRANSACTION", "INSERT INTO n VALUES (1, 1)", "ROLLBACK");
      try (java.util.stream.Stream<Path> files = java.nio.file.Files.walk(folder)) {
        assertThat(files.filter(file -> file.toString().endsWith(".parquet"))).isEmpty();
      }
    }
  }

  private static String parquet(String location) {
    return "read_parquet('" + location + "')";
  }

  private static int bound(java.nio.ByteBuffer value) {
    return value.order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(0);
  }

  private static Table table(EngineRunner frazil, String name) {
    return frazil
        .session()
        .describe(TableIdentifier.of(Namespace.of("main"), name))
        .orElseThrow()
        .table();
  }

  private static List<DataFile> dataFiles(EngineRunner frazil, String name) throws IOException {
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table(frazil, name).newScan().includeColumnStats().planFiles()) {
      for (FileScanTask task : tasks) {
        files.add(task.file().copy());
      }
    }
    return files;
  }
}
