package dev.frazil.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.ChildJvm;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Iceberg's REST client writes through the bridge while SQL writes the same table: what was
 * acknowledged is there, once.
 */
@Tag("slow")
class BridgeBesideStatementsTest {
  private static final TableIdentifier TABLE = TableIdentifier.of("main", "t");
  private static final int COMMITS = 12;

  @TempDir Path folder;

  /** A data file of one row, which is copied for each append by the client. */
  private DataFile seed(EngineRunner sql, RESTCatalog client) throws IOException {
    sql.execute("CREATE TABLE t (id bigint)");
    sql.update("INSERT INTO t VALUES (7)");
    try (CloseableIterable<FileScanTask> files =
        client.loadTable(TABLE).newScan().includeColumnStats().planFiles()) {
      return files.iterator().next().file().copy();
    }
  }

  private static DataFile copyOf(DataFile seed) throws IOException {
    Path from = Path.of(seed.location());
    Path to = from.resolveSibling(UUID.randomUUID() + ".parquet");
    Files.copy(from, to);
    return DataFiles.builder(org.apache.iceberg.PartitionSpec.unpartitioned())
        .copy(seed)
        .withPath(to.toString())
        .build();
  }

  private static int append(RESTCatalog client, DataFile seed) throws IOException {
    int done = 0;
    for (int i = 0; i < COMMITS; i++) {
      Table table = client.loadTable(TABLE);
      AppendFiles append = table.newAppend().appendFile(copyOf(seed));
      for (boolean committed = false; !committed; ) {
        try {
          append.commit();
          committed = true;
        } catch (CommitFailedException e) {
          // Came second too often; what failed is certainly not there.
          append = client.loadTable(TABLE).newAppend().appendFile(copyOf(seed));
        }
      }
      done++;
    }
    return done;
  }

  @Test
  void nothingIsLostAndNothingTwice() throws Exception {
    try (RestBridge bridge = Bridges.open(folder);
        RESTCatalog one = Bridges.client(bridge, "one", Map.of());
        RESTCatalog two = Bridges.client(bridge, "two", Map.of());
        EngineRunner sql = EngineRunner.local(folder);
        EngineRunner other = EngineRunner.local(folder)) {
      DataFile seed = seed(sql, one);
      List<Callable<Integer>> writers = new ArrayList<>();
      writers.add(() -> append(one, seed));
      writers.add(() -> append(two, seed));
      for (EngineRunner runner : List.of(sql, other)) {
        writers.add(
            () -> {
              for (int i = 0; i < COMMITS; i++) {
                runner.update("INSERT INTO t VALUES (?)", 100L + i);
                if (i % 4 == 3) {
                  runner.update("UPDATE t SET id = id + 1000 WHERE id >= 100 AND id < 1000");
                }
              }
              return COMMITS;
            });
      }
      ExecutorService threads = Executors.newFixedThreadPool(writers.size());
      int expected = 1;
      try {
        for (Future<Integer> future : threads.invokeAll(writers)) {
          expected += future.get();
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(sql.query("SELECT count(*) FROM t").lines()).containsExactly("" + expected);
      assertThat(sql.query("SELECT count(*) FROM t WHERE id = 7").lines())
          .containsExactly("" + (1 + 2 * COMMITS));
      System.out.printf("bridge beside statements: %d rows, 0 lost%n", expected);
    }
  }

  /** A process that serves a folder until it is killed. */
  static final class Server {
    public static void main(String[] arguments) throws Exception {
      RestBridge bridge = Bridges.open(Path.of(arguments[0]));
      System.out.println("uri " + bridge.uri());
      Thread.sleep(600_000);
    }
  }

  /** The server is killed while a client commits; what the client was told holds. */
  @Test
  void aKilledServerLosesNothingThatItAcknowledged() throws Exception {
    Set<Long> acknowledged = new HashSet<>();
    int unclear = 0;
    DataFile seed;
    try (RestBridge bridge = Bridges.open(folder);
        RESTCatalog client = Bridges.client(bridge, "first", Map.of());
        EngineRunner sql = EngineRunner.local(folder)) {
      seed = seed(sql, client);
    }
    for (int kill = 0; kill < 4; kill++) {
      int pauseMillis = 7 * kill;
      try (ChildJvm server = ChildJvm.start(Server.class, folder.toString())) {
        URI uri = URI.create(server.awaitLine("uri ", 30_000).substring("uri ".length()));
        try (RESTCatalog client = Bridges.client(uri, "client", Map.of())) {
          CountDownLatch some = new CountDownLatch(2);
          Thread killer =
              new Thread(
                  () -> {
                    try {
                      some.await();
                      Thread.sleep(pauseMillis);
                      server.kill();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
          killer.start();
          while (true) {
            try {
              Table table = client.loadTable(TABLE);
              table.newAppend().appendFile(copyOf(seed)).commit();
              acknowledged.add(table.currentSnapshot().snapshotId());
              some.countDown();
            } catch (RESTException e) {
              unclear++;
              break;
            }
          }
          killer.join();
        }
      }
    }
    try (EngineRunner sql = EngineRunner.local(folder)) {
      Set<Long> there = new HashSet<>();
      sql.query("SELECT snapshot_id FROM \"t$snapshots\"")
          .lines()
          .forEach(line -> there.add(Long.parseLong(line)));
      assertThat(there).containsAll(acknowledged);
      long rows = Long.parseLong(sql.query("SELECT count(*) FROM t").lines().get(0));
      assertThat(rows).isBetween(acknowledged.size() + 1L, acknowledged.size() + 1L + unclear);
      assertThat(acknowledged).hasSizeGreaterThan(4);
      System.out.printf(
          "bridge killed: %d commits acknowledged, %d unclear, %d rows, 0 lost%n",
          acknowledged.size(), unclear, rows);
    }
  }
}
