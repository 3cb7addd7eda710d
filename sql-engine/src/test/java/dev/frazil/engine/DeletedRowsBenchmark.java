package dev.frazil.engine;

import com.sun.management.OperatingSystemMXBean;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.testing.EngineRunner;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PartitionSpec;

/**
 * Reads a table of which one row in twenty, all over it, is deleted: by position deletes, a
 * deletion vector, equality deletes, against the same table without deletes, in turns; and the
 * throughput of a compaction of each. Run by hand: {@code DeletedRowsBenchmark [rows] [rounds]}.
 */
final class DeletedRowsBenchmark {
  private static final String COLUMNS =
      "g AS id, g * 7919 % 1000003 AS part, CAST(g % 50 + 1 AS decimal(12, 2)) AS quantity,"
          + " CAST(g * 31 % 100000 AS decimal(12, 2)) AS price, CAST(g % 11 AS decimal(12, 2)) / 100"
          + " AS discount, DATE '1992-01-01' + CAST(g * 13 % 2500 AS integer) AS day,"
          + " 'comment ' || CAST(g * 17 % 99991 AS varchar) AS comment";
  private static final String DELETED = "part % 20 = 7";
  private static final List<String> QUERIES =
      List.of(
          "SELECT count(*) FROM T",
          "SELECT sum(price * discount) FROM T WHERE day >= DATE '1994-01-01'"
              + " AND day < DATE '1995-01-01' AND quantity < 24",
          "SELECT sum(quantity), sum(price), max(day), count(DISTINCT part % 100), max(comment)"
              + " FROM T");

  private DeletedRowsBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 6_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9;
    Path folder = Files.createTempDirectory("frazil-deletes");
    ConnectionConfig config =
        new ConnectionConfig(
            new Warehouse.LocalFolder(folder.toString()),
            Map.of(ConnectionProperty.THREADS, "2"),
            Map.of());
    try (EngineRunner frazil = EngineRunner.open(config)) {
      List<String> tables = List.of("positions", "vector", "equality", "clean");
      for (String table : tables) {
        frazil.script(
            "CREATE TABLE "
                + table
                + " WITH (\"write.frazil.auto-maintain\" = 'false', \"write.delete.mode\" ="
                + " 'merge-on-read', \"format-version\" = '"
                + (table.equals("vector") ? 3 : 2)
                + "') AS SELECT "
                + COLUMNS
                + " FROM generate_series(1, "
                + rows
                + ") AS x (g)");
      }
      frazil.script(
          "DELETE FROM positions WHERE " + DELETED, "DELETE FROM vector WHERE " + DELETED);
      deleteByKeys(frazil);
      for (String query : QUERIES) {
        System.out.println(query);
        compare(tables, rounds, table -> read(frazil, query, table));
        System.out.println("the same, first of its engine");
        compare(tables, rounds, table -> readFirst(config, query, table));
      }
      for (String table : tables) {
        compact(frazil, table, rows);
      }
    }
  }

  /** A file of keys that SQL wrote becomes a delete file. */
  private static void deleteByKeys(EngineRunner frazil) {
    frazil.script("CREATE TABLE keys AS SELECT id FROM equality WHERE " + DELETED);
    List<List<String>> files =
        frazil.query("SELECT file_path, file_size_in_bytes, record_count FROM keys$files").rows();
    frazil.change(
        "equality",
        table -> {
          var change = table.newRowDelta();
          for (List<String> file : files) {
            DeleteFile deletes =
                FileMetadata.deleteFileBuilder(PartitionSpec.unpartitioned())
                    .ofEqualityDeletes(1)
                    .withFormat(FileFormat.PARQUET)
                    .withPath(file.get(0))
                    .withFileSizeInBytes(Long.parseLong(file.get(1)))
                    .withRecordCount(Long.parseLong(file.get(2)))
                    .build();
            change.addDeletes(deletes);
          }
          return change;
        });
  }

  private static long read(EngineRunner frazil, String query, String table) {
    long start = System.nanoTime();
    frazil.query(query.replace(" T", " " + table));
    return System.nanoTime() - start;
  }

  /** What an engine keeps for later statements is not there yet; opening it does not count. */
  private static long readFirst(ConnectionConfig config, String query, String table) {
    try (EngineRunner frazil = EngineRunner.open(config)) {
      frazil.query("SELECT 1");
      return read(frazil, query, table);
    }
  }

  private static void compare(List<String> tables, int rounds, ToLongFunction<String> reader) {
    long[][] nanos = new long[tables.size()][rounds];
    long[][] cpu = new long[tables.size()][rounds];
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    for (int round = -2; round < rounds; round++) {
      for (int i = 0; i < tables.size(); i++) {
        long cpuStart = process.getProcessCpuTime();
        long took = reader.applyAsLong(tables.get(i));
        if (round >= 0) {
          nanos[i][round] = took;
          cpu[i][round] = process.getProcessCpuTime() - cpuStart;
        }
      }
    }
    double clean = median(nanos[tables.size() - 1]);
    double cleanCpu = median(cpu[tables.size() - 1]);
    for (int i = 0; i < tables.size(); i++) {
      System.out.printf(
          Locale.ROOT,
          "  %-10s %8.1f ms, ratio %.2f, CPU %.0f ms, ratio %.2f%n",
          tables.get(i),
          median(nanos[i]),
          median(nanos[i]) / clean,
          median(cpu[i]),
          median(cpu[i]) / cleanCpu);
    }
  }

  private static double median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2] / 1e6;
  }

  private static void compact(EngineRunner frazil, String table, long rows) {
    long bytes =
        Long.parseLong(
            frazil
                .query("SELECT sum(file_size_in_bytes) FROM " + table + "$data_files")
                .rows()
                .get(0)
                .get(0));
    long start = System.nanoTime();
    frazil.query(
        "CALL system.rewrite_data_files(table => '"
            + table
            + "', options => MAP['rewrite-all', 'true'])");
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "compaction of %-10s %.1f s, %.1f MB/s of files, %.2f million rows/s%n",
        table,
        seconds,
        bytes / 1e6 / seconds,
        rows / 1e6 / seconds);
  }
}
