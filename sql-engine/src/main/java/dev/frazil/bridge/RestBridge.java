package dev.frazil.bridge;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.frazil.catalog.CatalogFactory;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import dev.frazil.storage.LocationGuard;
import dev.frazil.storage.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database served as an Iceberg REST catalog, by the HTTP server of the JDK. Other engines read
 * and write its tables through it while connections of Frazil do the same: each commit, over one
 * table or several, is one swap of the root. Clients read and write the files of tables themselves,
 * with credentials of their own.
 *
 * <p>Open from {@link #start} to {@link #close}. Thread-safe.
 */
public final class RestBridge implements AutoCloseable {
  private static final int MAX_WAITING = 1_024;
  private static final int CLOSE_MILLIS = 5_000;
  private static final int IDLE_SECONDS = 60;

  private final DatabaseCatalog catalog;
  private final HttpServer server;
  private final BridgeHandler handler;
  private final ExecutorService workers;
  private final ScheduledThreadPoolExecutor deadlines;
  private final URI uri;

  private RestBridge(
      DatabaseCatalog catalog,
      HttpServer server,
      BridgeHandler handler,
      ExecutorService workers,
      ScheduledThreadPoolExecutor deadlines,
      URI uri) {
    this.catalog = catalog;
    this.server = server;
    this.handler = handler;
    this.workers = workers;
    this.deadlines = deadlines;
    this.uri = uri;
  }

  /**
   * Serves the database of a configuration. Errors: 22023 for an address beyond this machine
   * without a key, 08001 where the database cannot be read or the address is taken.
   */
  public static RestBridge start(ConnectionConfig config, BridgeOptions options) {
    return start(config, options, CatalogFactory.open(config), LocationGuard.of(config));
  }

  /** The same over a catalog that is open, which is closed with the bridge. */
  static RestBridge start(
      ConnectionConfig config,
      BridgeOptions options,
      DatabaseCatalog catalog,
      LocationGuard guard) {
    InetAddress address = address(options);
    // What is wrong with the place is to show now, not at the first request.
    catalog.snapshot();
    TimeSource time = TimeSource.system();
    long patienceMillis = options.patience().toMillis();
    GuardedChange changes =
        new GuardedChange(
            catalog, new AppliedKeys(time), time, TimeUnit.MILLISECONDS.toNanos(patienceMillis));
    RestApi api =
        new RestApi(
            catalog,
            changes,
            new Places(catalog, guard),
            config.warehouse().location(),
            options.readOnly() || catalog.readOnly(),
            clientDefaults(config));
    HttpServer server = server(options, address);
    ScheduledThreadPoolExecutor deadlines =
        new ScheduledThreadPoolExecutor(1, threads("frazil-bridge-deadline"));
    deadlines.setRemoveOnCancelPolicy(true);
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            options.threads(),
            options.threads(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            threads("frazil-bridge"));
    workers.allowCoreThreadTimeOut(true);
    server.setExecutor(workers);
    BridgeHandler handler =
        new BridgeHandler(
            api,
            options.token(),
            new BodyReader(options.maxBodyBytes()),
            Ids.system(),
            deadlines,
            patienceMillis);
    server.createContext("/", handler);
    server.start();
    return new RestBridge(catalog, server, handler, workers, deadlines, uri(server, options));
  }

  private static InetAddress address(BridgeOptions options) {
    InetAddress address;
    try {
      address = InetAddress.getByName(options.host());
    } catch (UnknownHostException e) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE, "no address is known of the host " + options.host(), e);
    }
    if (options.tls() == null && !address.isLoopbackAddress()) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "the address "
              + options.host()
              + " can be reached from other machines, where the token would travel in plain text:"
              + " give the server a key for TLS, or let it listen on 127.0.0.1");
    }
    return address;
  }

  private static HttpServer server(BridgeOptions options, InetAddress address) {
    HttpServerLimits.set();
    InetSocketAddress place = new InetSocketAddress(address, options.port());
    try {
      TlsIdentity identity = options.tls();
      if (identity == null) {
        return HttpServer.create(place, MAX_WAITING);
      }
      HttpsServer encrypted = HttpsServer.create(place, MAX_WAITING);
      encrypted.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
      return encrypted;
    } catch (IOException e) {
      throw new EngineException(
          SqlState.CONNECTION_FAILURE, "nothing can listen on " + place + ": " + e.getMessage(), e);
    }
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = Executors.defaultThreadFactory().newThread(work);
      thread.setName(name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private static URI uri(HttpServer server, BridgeOptions options) {
    String scheme = options.tls() == null ? "http" : "https";
    String host = options.host().indexOf(':') < 0 ? options.host() : "[" + options.host() + "]";
    return URI.create(scheme + "://" + host + ":" + server.getAddress().getPort());
  }

  /** How clients reach the store where they are not told otherwise; never a credential. */
  private static Map<String, String> clientDefaults(ConnectionConfig config) {
    Map<String, String> defaults = new HashMap<>();
    // The token lasts as long as the server does.
    defaults.put("token-refresh-enabled", "false");
    if (config.warehouse().files() instanceof Warehouse.S3Prefix) {
      config.text(ConnectionProperty.REGION).ifPresent(text -> defaults.put("client.region", text));
      config.text(ConnectionProperty.ENDPOINT).ifPresent(text -> defaults.put("s3.endpoint", text));
      if (config.flag(ConnectionProperty.PATH_STYLE_ACCESS)) {
        defaults.put("s3.path-style-access", "true");
      }
    }
    return defaults;
  }

  /** Where clients find the server: their property {@code uri}. */
  public URI uri() {
    return uri;
  }

  /** Lets requests that are under way end, for a short while, and takes no more. */
  @Override
  public void close() {
    handler.drain(CLOSE_MILLIS);
    server.stop(0);
    workers.shutdown();
    deadlines.shutdownNow();
    catalog.close();
  }
}
