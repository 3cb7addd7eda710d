package dev.frazil.txn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.bridge.BridgeOptions;
import dev.frazil.bridge.RestBridge;
import dev.frazil.catalog.CatalogFactory;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.rest.RestOpener;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.config.Warehouse;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.FastFolder;
import dev.frazil.testing.RestFault;
import dev.frazil.testing.RestFaultProxy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises 1, 2, 3 and 7 over several tables of a REST catalog that commits them together: writers
 * come through the bridge, with a proxy between that spoils four in ten of their changes; the
 * reader looks at the database itself. Replay with {@code -Dfrazil.seed=}.
 */
@Tag("slow")
class RestTogetherTortureTest {
  private static final Secret TOKEN = new Secret("a-token-of-the-torture");
  private static final int WRITERS = 3;
  private static final int COMMITS = 40;
  private static final double FAULT_RATE = 0.4;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void movesBetweenTablesAreWholeOrNotThere(boolean tokens) throws InterruptedException {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    AtomicBoolean calm = new AtomicBoolean();
    try (FastFolder folder = FastFolder.create()) {
      ConnectionConfig local =
          ConnectionConfig.of(new Warehouse.LocalFolder(folder.path().toString()));
      BridgeOptions options =
          new BridgeOptions(
              "127.0.0.1", 0, TOKEN, null, false, 16, 16 << 20, Duration.ofSeconds(30));
      try (RestBridge bridge = RestBridge.start(local, options);
          RestFaultProxy proxy =
              new RestFaultProxy(
                  "http://127.0.0.1:" + bridge.uri().getPort(),
                  method -> calm.get() ? null : fault(random, method))) {
        TortureRun.Figures figures =
            new TortureRun(
                    writer ->
                        writer < 0
                            ? CatalogFactory.open(local)
                            : open(proxy.uri() + bridge.uri().getPath(), folder),
                    seed,
                    WRITERS,
                    COMMITS,
                    tokens)
                .run(
                    () -> {
                      calm.set(true);
                      proxy.drain();
                    });
        System.out.printf(
            "torture, several tables of a REST catalog: -Dfrazil.seed=%d: %s, %d faults%n",
            seed, figures, proxy.injected());
        assertThat(figures.violations()).isZero();
        assertThat(figures.acknowledged()).isGreaterThan(WRITERS * COMMITS / 4);
      }
    }
  }

  private static RestFault fault(SplittableRandom random, String method) {
    synchronized (random) {
      boolean changes = method.equals("POST");
      if (random.nextDouble() >= (changes ? FAULT_RATE : 0.02)) {
        return null;
      }
      RestFault fault = RestFault.values()[random.nextInt(RestFault.values().length)];
      return !changes || fault == RestFault.UNAUTHENTICATED ? RestFault.UNAVAILABLE : fault;
    }
  }

  private static DatabaseCatalog open(String uri, FastFolder folder) {
    Warehouse.RestCatalog warehouse =
        new Warehouse.RestCatalog(uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri);
    return RestOpener.open(
        new ConnectionConfig(
            warehouse,
            Map.of(ConnectionProperty.TABLE_LOCATIONS, folder.path().toString()),
            Map.of(ConnectionProperty.TOKEN, TOKEN)),
        warehouse,
        TimeSource.system(),
        Ids.system(),
        5_000,
        Set.of());
  }
}
