package dev.frazil.txn;

import dev.frazil.catalog.CatalogFactory;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.Databases;
import dev.frazil.error.EngineException;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.MemoryObjectStore;
import dev.frazil.testing.TableFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Writers that commit one small file after the other, on one table or on a table each: as threads
 * of one process, which share a catalog, or as processes, which share nothing but the bucket.
 */
final class ContentionRun {
  static final TableIdentifier FIRST = TableIdentifier.of("main", "t0");

  private final IntFunction<DatabaseCatalog> opener;
  private final int processes;
  private final int threads;
  private final boolean sameTable;
  private final long millis;
  private Map<String, String> properties = Map.of();

  /**
   * @param opener opens the catalog of a process; -1 is the one that makes and counts
   * @param threads writers of each process
   */
  ContentionRun(
      IntFunction<DatabaseCatalog> opener,
      int processes,
      int threads,
      boolean sameTable,
      long millis) {
    this.opener = opener;
    this.processes = processes;
    this.threads = threads;
    this.sameTable = sameTable;
    this.millis = millis;
  }

  /** The same on tables with these properties. */
  ContentionRun with(Map<String, String> tableProperties) {
    properties = Map.copyOf(tableProperties);
    return this;
  }

  /** How long each commit of each writer took, and what was found in the end. */
  record Figures(List<List<Double>> commitMillis, double seconds, int failed, long found) {
    int acknowledged() {
      return commitMillis.stream().mapToInt(List::size).sum();
    }

    double commitsPerSecond() {
      return acknowledged() / seconds;
    }

    /** Of a writer, or of all for -1. */
    double quantileMillis(int writer, double quantile) {
      double[] sorted =
          (writer < 0 ? commitMillis : List.of(commitMillis.get(writer)))
              .stream().flatMap(List::stream).mapToDouble(Double::doubleValue).sorted().toArray();
      return sorted.length == 0
          ? Double.NaN
          : sorted[Math.min(sorted.length - 1, (int) (sorted.length * quantile))];
    }

    int fewest() {
      return commitMillis.stream().mapToInt(List::size).min().orElse(0);
    }

    int most() {
      return commitMillis.stream().mapToInt(List::size).max().orElse(0);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.1f commits/s, p50 %.0f ms, p99 %.0f ms, max %.0f ms, %d to %d of a writer, %d"
              + " acknowledged, %d failed, %d found",
          commitsPerSecond(),
          quantileMillis(-1, 0.5),
          quantileMillis(-1, 0.99),
          quantileMillis(-1, 1),
          fewest(),
          most(),
          acknowledged(),
          failed,
          found);
    }
  }

  private TableIdentifier table(int writer) {
    return TableIdentifier.of("main", "t" + (sameTable ? 0 : writer));
  }

  Figures run() throws Exception {
    int writers = processes * threads;
    int tables = sameTable ? 1 : writers;
    try (DatabaseCatalog setup = opener.apply(-1)) {
      Transaction create = Transaction.begin(setup, IsolationLevel.SERIALIZABLE, false, null);
      for (int i = 0; i < tables; i++) {
        create
            .definitions()
            .createTable(
                table(i),
                TableFiles.SCHEMA,
                PartitionSpec.unpartitioned(),
                SortOrder.unsorted(),
                properties);
      }
      create.commit(null);
    }
    List<DatabaseCatalog> catalogs = new ArrayList<>();
    for (int process = 0; process < processes; process++) {
      catalogs.add(opener.apply(process));
    }
    int[] failed = new int[writers];
    List<Callable<List<Double>>> work = new ArrayList<>();
    long start = System.nanoTime();
    for (int writer = 0; writer < writers; writer++) {
      int number = writer;
      DatabaseCatalog catalog = catalogs.get(writer / threads);
      work.add(() -> write(catalog, number, start + millis * 1_000_000, failed));
    }
    ExecutorService executor = Executors.newFixedThreadPool(writers);
    List<List<Double>> commitMillis = new ArrayList<>();
    for (Future<List<Double>> future : executor.invokeAll(work)) {
      commitMillis.add(future.get());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    executor.shutdown();
    catalogs.forEach(DatabaseCatalog::close);
    long found = 0;
    try (DatabaseCatalog check = opener.apply(-1)) {
      Transaction read = Transaction.begin(check, IsolationLevel.SERIALIZABLE, true, null);
      for (int i = 0; i < tables; i++) {
        found +=
            TableFiles.registered(read.load(table(i)).orElseThrow()).stream().distinct().count();
      }
    }
    return new Figures(commitMillis, seconds, Arrays.stream(failed).sum(), found);
  }

  private List<Double> write(
      DatabaseCatalog catalog, int writer, long deadlineNanos, int[] failed) {
    List<Double> commits = new ArrayList<>();
    for (int i = 0; System.nanoTime() < deadlineNanos; i++) {
      long value = writer * 1_000_000L + i;
      Transaction transaction =
          Transaction.begin(catalog, IsolationLevel.SERIALIZABLE, false, null);
      Table table = transaction.load(table(writer)).orElseThrow();
      transaction
          .rows()
          .append(
              table(writer), List.of(TableFiles.write(catalog.store(), table, value, "v" + value)));
      long start = System.nanoTime();
      try {
        transaction.commit(null);
        commits.add((System.nanoTime() - start) / 1e6);
      } catch (EngineException e) {
        failed[writer]++;
      }
    }
    return commits;
  }

  /**
   * {@code ContentionRun [seconds [processes writers [memory]]]}: the figures on the S3 test server
   * at 30 ms a request.
   */
  public static void main(String[] arguments) throws Exception {
    long millis = 1000 * (arguments.length > 0 ? Long.parseLong(arguments[0]) : 15);
    int[][] shapes = {{1, 1}, {1, 16}, {4, 4}, {16, 1}};
    if (arguments.length > 2) {
      shapes = new int[][] {{Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])}};
    }
    boolean inMemory = arguments.length > 3; // measures the protocol on a busy machine
    for (boolean sameTable : new boolean[] {true, false}) {
      for (int[] shape : shapes) {
        MemoryObjectStore memory = new MemoryObjectStore();
        try (ConditionalS3Server server = ConditionalS3Server.start().latencyMillis(30)) {
          IntFunction<DatabaseCatalog> opener =
              inMemory
                  ? process -> Databases.open(DelayedStore.of(memory, 30), "/warehouse", 60_000)
                  : process -> CatalogFactory.open(server.config("contention"));
          Figures figures = new ContentionRun(opener, shape[0], shape[1], sameTable, millis).run();
          System.out.printf(
              "%2d processes of %2d writers, %s: %s%n",
              shape[0], shape[1], sameTable ? "one table" : "a table each", figures);
        }
      }
    }
  }
}
