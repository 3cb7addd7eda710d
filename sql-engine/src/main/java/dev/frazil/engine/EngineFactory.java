package dev.frazil.engine;

import dev.frazil.catalog.CatalogFactory;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.error.EngineException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Opens databases. Engines of configurations that differ in settings of their sessions only share
 * catalog, caches and clients; the last {@link Engine#close()} frees them. Thread-safe.
 */
public final class EngineFactory {
  /** What sessions look at, and the shared part does not. */
  private static final Set<ConnectionProperty> SESSION_PROPERTIES =
      Set.of(
          ConnectionProperty.SCHEMA,
          ConnectionProperty.AS_OF,
          ConnectionProperty.ISOLATION,
          ConnectionProperty.CONFLICT_RETRIES,
          ConnectionProperty.RECURSION_LIMIT,
          ConnectionProperty.TIME_ZONE,
          ConnectionProperty.IDEMPOTENCY_TOKEN,
          ConnectionProperty.MEMORY_LIMIT,
          ConnectionProperty.SOURCE,
          ConnectionProperty.TEMP_FOLDER,
          ConnectionProperty.THREADS,
          ConnectionProperty.QUERY_TIMEOUT,
          ConnectionProperty.OPEN_TELEMETRY,
          ConnectionProperty.SLOW_QUERY_MILLIS,
          ConnectionProperty.PROFILE_OPERATORS,
          ConnectionProperty.APPLICATION_NAME);

  private static final Map<ConnectionConfig, SharedCatalog> OPEN = new HashMap<>();

  private EngineFactory() {}

  /**
   * Opens the database of a configuration. No request is sent; an empty folder or prefix is a
   * database without tables, written at the first commit, and what is wrong with the place shows at
   * the first statement.
   *
   * @throws EngineException 08001 for a warehouse that cannot be opened, 0A000 for an unknown kind
   */
  public static Engine open(ConnectionConfig config) {
    ConnectionConfig key = sharedPart(config);
    synchronized (OPEN) {
      SharedCatalog shared = OPEN.get(key);
      if (shared == null) {
        shared = new SharedCatalog(key, openCatalog(key));
        OPEN.put(key, shared);
      }
      shared.users++;
      shared.awake++;
      return new DatabaseEngine(config, shared);
    }
  }

  /** A catalog of its own, for one statement that reads another database; to be closed. */
  static DatabaseCatalog openCatalog(ConnectionConfig config) {
    try {
      return CatalogFactory.open(config);
    } catch (RuntimeException e) {
      throw EngineFailures.translate(e);
    }
  }

  private static ConnectionConfig sharedPart(ConnectionConfig config) {
    Map<ConnectionProperty, String> values = new EnumMap<>(ConnectionProperty.class);
    values.putAll(config.values());
    values.keySet().removeAll(SESSION_PROPERTIES);
    return new ConnectionConfig(config.warehouse(), values, config.secrets());
  }

  /** An open catalog, how many engines use it, and how many of those do not rest. */
  static final class SharedCatalog {
    private final ConnectionConfig key;
    private final DatabaseCatalog catalog;
    private int users;
    private int awake;

    SharedCatalog(ConnectionConfig key, DatabaseCatalog catalog) {
      this.key = key;
      this.catalog = catalog;
    }

    DatabaseCatalog catalog() {
      return catalog;
    }

    void wake() {
      synchronized (OPEN) {
        awake++;
      }
    }

    void rest() {
      synchronized (OPEN) {
        if (--awake == 0) {
          catalog.forgetState();
        }
      }
    }

    void release(boolean resting) {
      synchronized (OPEN) {
        awake -= resting ? 0 : 1;
        if (--users == 0) {
          OPEN.remove(key);
          catalog.close();
        }
      }
    }
  }
}
