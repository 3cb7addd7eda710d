package dev.frazil.catalog.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.Databases;
import dev.frazil.error.CommitOutcomeUnknownException;
import dev.frazil.error.EngineException;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.FastFolder;
import dev.frazil.testing.PostgresServer;
import dev.frazil.testing.TableFiles;
import dev.frazil.txn.IsolationLevel;
import dev.frazil.txn.Transaction;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Writers of ours, whose connections break off within commits, and writers by Iceberg's own class,
 * at once on the same two tables of one database server: nothing that was acknowledged is lost,
 * nothing is there twice, nothing that failed is there, and what we commit over both tables is in
 * both.
 */
@Tag("slow")
class JdbcCatalogWritersTest {
  private static final Namespace MAIN = Namespace.of("main");
  private static final TableIdentifier A = TableIdentifier.of(MAIN, "a");
  private static final TableIdentifier B = TableIdentifier.of(MAIN, "b");
  private static final int COMMITS = 25;

  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<Long> failed = ConcurrentHashMap.newKeySet();
  private final Set<Long> unknown = ConcurrentHashMap.newKeySet();
  private final ObjectStore store = new FileObjectStore(TimeSource.system(), Ids.system());

  @Test
  void inSqlite() throws Exception {
    try (FastFolder folder = FastFolder.create()) {
      run("jdbc:sqlite:" + folder.path().resolve("catalog.db"), "", folder);
    }
  }

  @Test
  void inPostgresql() throws Exception {
    PostgresServer server = PostgresServer.start().orElse(null);
    Assumptions.assumeTrue(server != null, "no PostgreSQL is installed on this machine");
    try (server;
        FastFolder folder = FastFolder.create()) {
      run(server.url(), server.user(), folder);
    }
  }

  private DatabaseCatalog open(SqlConnections.Opener opener, String url, String warehouse) {
    return Databases.open(
        new SqlPointerStore(new SqlConnections(opener, 10_000), url, "shared"),
        store,
        warehouse,
        10_000);
  }

  private void run(String url, String user, FastFolder folder) throws Exception {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    String warehouse = folder.path().resolve("files").toString();
    SqlConnections.Opener opener = () -> DriverManager.getConnection(url, user, "");
    List<LossyConnections> lines = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    try (DatabaseCatalog setup = open(opener, url, warehouse);
        JdbcCatalog iceberg = IcebergJdbc.open(url, user, "shared", warehouse)) {
      iceberg.createNamespace(MAIN);
      create(setup);
      for (int writer = 1; writer <= 2; writer++) {
        LossyConnections lossy = new LossyConnections(opener, seed + writer, 0.3);
        lines.add(lossy);
        int number = writer;
        threads.add(new Thread(() -> write(open(lossy, url, warehouse), number)));
        threads.add(new Thread(() -> write(iceberg, number + 10)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      check(setup, seed, lines);
    }
  }

  private static void create(DatabaseCatalog database) {
    Transaction create = Transaction.begin(database, IsolationLevel.SNAPSHOT, false, null);
    for (TableIdentifier table : List.of(A, B)) {
      create
          .definitions()
          .createTable(
              table,
              TableFiles.SCHEMA,
              PartitionSpec.unpartitioned(),
              SortOrder.unsorted(),
              Map.of("commit.retry.num-retries", "60", "commit.retry.min-wait-ms", "5"));
    }
    create.commit(null);
  }

  /** Each value into both tables, by one commit. */
  private void write(DatabaseCatalog database, int writer) {
    try (database) {
      for (long value = writer * 1_000L; value < writer * 1_000L + COMMITS; value++) {
        try {
          Transaction transaction =
              Transaction.begin(database, IsolationLevel.SNAPSHOT, false, "writers");
          for (TableIdentifier identifier : List.of(A, B)) {
            Table table = transaction.load(identifier).orElseThrow();
            transaction
                .rows()
                .append(identifier, List.of(TableFiles.write(store, table, value, "v" + value)));
          }
          transaction.commit(null);
          acknowledged.add(value);
        } catch (CommitOutcomeUnknownException e) {
          unknown.add(value);
        } catch (EngineException e) {
          failed.add(value);
        }
      }
    }
  }

  /** Each value into the first table, as Spark does it. */
  private void write(JdbcCatalog iceberg, int writer) {
    Table table = iceberg.loadTable(A);
    for (long value = writer * 1_000L; value < writer * 1_000L + COMMITS; value++) {
      try {
        table.newAppend().appendFile(TableFiles.write(store, table, value, "v" + value)).commit();
        acknowledged.add(value);
      } catch (RuntimeException e) {
        // Iceberg's class does not always know: a locked database counts as anything.
        unknown.add(value);
      }
    }
  }

  private void check(DatabaseCatalog database, long seed, List<LossyConnections> lines) {
    Transaction reader = Transaction.begin(database, IsolationLevel.SNAPSHOT, true, null);
    Map<Long, Integer> a = new HashMap<>();
    Map<Long, Integer> b = new HashMap<>();
    TableFiles.read(store, reader.load(A).orElseThrow()).forEach(v -> a.merge(v, 1, Integer::sum));
    TableFiles.read(store, reader.load(B).orElseThrow()).forEach(v -> b.merge(v, 1, Integer::sum));
    int lost = lines.stream().mapToInt(LossyConnections::lost).sum();
    System.out.printf(
        "writers, JDBC catalog: -Dfrazil.seed=%d: %d acknowledged, %d failed, %d unknown, %d"
            + " commits without an answer%n",
        seed, acknowledged.size(), failed.size(), unknown.size(), lost);
    assertThat(a.keySet()).containsAll(acknowledged);
    assertThat(failed).noneMatch(a::containsKey);
    assertThat(a.values()).containsOnly(1);
    assertThat(b.values()).containsOnly(1);
    for (long value : a.keySet()) {
      assertThat(b.containsKey(value)).as("%d in both tables", value).isEqualTo(value < 10_000);
    }
    assertThat(lost).isPositive();
    assertThat(acknowledged.stream().filter(value -> value < 10_000).count())
        .isGreaterThan(COMMITS);
    assertThat(acknowledged.stream().filter(value -> value >= 10_000).count()).isPositive();
  }
}
