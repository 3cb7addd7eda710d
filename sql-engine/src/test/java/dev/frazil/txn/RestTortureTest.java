package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.catalog.CommitGuard;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.rest.RestOpener;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.storage.Ids;
import dev.frazil.storage.StoreFileIO;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.FastFolder;
import dev.frazil.testing.RestCatalogServer;
import dev.frazil.testing.RestFault;
import dev.frazil.testing.TableFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SessionCatalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.rest.RESTSessionCatalog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises 1 to 3 in a REST catalog: writers of ours on one table, with one that is Iceberg's own
 * client, while the server's answers go wrong. Replay with {@code -Dfrazil.seed=}.
 */
@Tag("slow")
class RestTortureTest {
  private static final int WRITERS = 3;
  private static final int COMMITS = 40;

  /** Of requests that change something. */
  private static final double FAULT_RATE = 0.4;

  private AppendLedger ledger = new AppendLedger();

  private static DatabaseCatalog open(
      RestCatalogServer server, FastFolder folder, long patienceMillis, CommitGuard... disabled) {
    Warehouse.RestCatalog warehouse = new Warehouse.RestCatalog(server.uri());
    return RestOpener.open(
        new ConnectionConfig(
            warehouse,
            Map.of(ConnectionProperty.TABLE_LOCATIONS, folder.path().toString()),
            Map.of()),
        warehouse,
        TimeSource.system(),
        Ids.system(),
        patienceMillis,
        Set.of(disabled));
  }

  private AppendLedger.Findings run(boolean foreign, long patienceMillis, CommitGuard... disabled)
      throws InterruptedException {
    ledger = new AppendLedger();
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    // What arrives late finds the table as it was only where most others are late, too.
    boolean onlyLate = List.of(disabled).contains(CommitGuard.UNKNOWN_STAYS_UNKNOWN);
    try (FastFolder folder = FastFolder.create();
        RestCatalogServer server = RestCatalogServer.start(folder.path().toString())) {
      ((SupportsNamespaces) server.catalog()).createNamespace(Namespace.of("main"));
      try (DatabaseCatalog setup = open(server, folder, 5_000)) {
        AppendLedger.create(setup);
      }
      server.faults(
          (request, earlier) -> {
            synchronized (random) {
              boolean changes = request.method().equals("POST");
              if (changes && onlyLate) {
                return random.nextDouble() < 0.9 ? RestFault.CLOSED_APPLIED_LATE : null;
              }
              double rate = changes ? FAULT_RATE : 0.02;
              return random.nextDouble() < rate ? fault(random, changes) : null;
            }
          });
      List<Thread> threads = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int number = writer;
        threads.add(
            new Thread(
                () -> {
                  try (DatabaseCatalog own = open(server, folder, patienceMillis, disabled)) {
                    ledger.append(own, number * 1_000L, COMMITS);
                  }
                }));
      }
      if (foreign) {
        threads.add(new Thread(() -> writeByIceberg(server, folder)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      server.faults((request, earlier) -> null);
      server.drain();
      AppendLedger.Findings findings = found(server, folder);
      System.out.printf(
          "torture, REST catalog%s %s: -Dfrazil.seed=%d: %s, %s%n",
          foreign ? " with Iceberg's client" : "", List.of(disabled), seed, ledger, findings);
      return findings;
    }
  }

  private static RestFault fault(SplittableRandom random, boolean changes) {
    RestFault[] all = RestFault.values();
    RestFault fault = all[random.nextInt(all.length)];
    boolean refused = fault == RestFault.UNAUTHENTICATED;
    return refused || !changes ? RestFault.UNAVAILABLE : fault;
  }

  private void writeByIceberg(RestCatalogServer server, FastFolder folder) {
    try (DatabaseCatalog files = open(server, folder, 5_000)) {
      RESTSessionCatalog session =
          new RESTSessionCatalog(
              config -> server.adapter(), (context, config) -> new StoreFileIO(files.store()));
      session.initialize("iceberg", Map.of("uri", server.uri()));
      Catalog catalog = session.asCatalog(SessionCatalog.SessionContext.createEmpty());
      for (long value = 900_000; value < 900_000 + COMMITS; value++) {
        Table table = catalog.loadTable(AppendLedger.TABLE);
        try {
          table
              .newAppend()
              .appendFile(TableFiles.write(files.store(), table, value, "v" + value))
              .commit();
          ledger.acknowledged(value);
        } catch (CommitFailedException e) {
          ledger.failed(value);
        }
      }
    }
  }

  private AppendLedger.Findings found(RestCatalogServer server, FastFolder folder) {
    try (DatabaseCatalog database = open(server, folder, 5_000)) {
      return ledger.findings(database);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5_000})
  void nothingIsLost(long patienceMillis) throws InterruptedException {
    assertThat(run(false, patienceMillis).all()).isZero();
    assertThat(ledger.acknowledged().size()).isGreaterThan(WRITERS * COMMITS / 4);
  }

  @Test
  void nothingIsLostBesideIcebergsOwnClient() throws InterruptedException {
    assertThat(run(true, 5_000).all()).isZero();
    assertThat(ledger.acknowledged().stream().filter(value -> value >= 900_000).count())
        .isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONDITION", "OWN_ID", "UNKNOWN_STAYS_UNKNOWN"})
  void aMissingGuardIsFound(String guard) throws InterruptedException {
    int found = 0;
    boolean gaveUp = guard.equals("UNKNOWN_STAYS_UNKNOWN");
    for (int round = 0; round < 10 && found == 0; round++) {
      found = run(false, gaveUp ? 0 : 500, CommitGuard.valueOf(guard)).all();
    }
    assertThat(found).isPositive();
  }
}
