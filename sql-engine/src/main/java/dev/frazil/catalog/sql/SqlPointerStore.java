package dev.frazil.catalog.sql;

import dev.frazil.catalog.PointerChange;
import dev.frazil.catalog.PointerStore;
import dev.frazil.catalog.PointerView;
import dev.frazil.catalog.SwapOutcome;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables {@code iceberg_tables} and {@code iceberg_namespace_properties} of Iceberg's JDBC
 * catalog. A view of it is one query; changes are one transaction of the server. Thread-safe.
 */
public final class SqlPointerStore implements PointerStore {
  private static final Logger LOG = LoggerFactory.getLogger(SqlPointerStore.class);

  /** Bounds the transaction on the server. */
  private static final int MAX_CHANGES = 1_000;

  /** The name of a catalog that is made where there is none. */
  private static final String NEW_CATALOG = "iceberg";

  private final SqlConnections connections;
  private final String url;
  private volatile @Nullable String catalogName;
  private volatile SqlSchemaVersion version = SqlSchemaVersion.NONE;

  /**
   * @param connections closed with the store
   * @param url for messages; holds no secret
   * @param catalogName tells the tables of one catalog from those of another; null for the only one
   *     there is
   */
  public SqlPointerStore(SqlConnections connections, String url, @Nullable String catalogName) {
    this.connections = connections;
    this.url = url;
    this.catalogName = catalogName;
  }

  /** The catalog of a configuration; connects when it is first asked for something. */
  public static SqlPointerStore open(ConnectionConfig config, Warehouse.JdbcCatalog catalog) {
    Properties properties = SqlParameters.of(config);
    int timeoutMillis = config.integer(ConnectionProperty.REQUEST_TIMEOUT_MILLIS, 60_000);
    return new SqlPointerStore(
        SqlConnections.of(catalog.url(), properties, timeoutMillis),
        catalog.url(),
        config.text(ConnectionProperty.CATALOG_NAME).orElse(null));
  }

  @Override
  public String description() {
    String name = catalogName;
    return "the catalog " + (name == null ? "" : "'" + name + "' ") + "in " + url;
  }

  @Override
  public PointerView view() {
    return connections.read(
        connection -> {
          SqlSchemaVersion found = version(connection);
          return found == SqlSchemaVersion.NONE
              ? new PointerView(Map.of(), Map.of())
              : new SqlCatalogRows(connection, catalogName(connection), found).view();
        });
  }

  /** Errors: 22023 where there are several and none was named. */
  private String catalogName(Connection connection) throws SQLException {
    String known = catalogName;
    if (known != null) {
      return known;
    }
    Set<String> names = SqlCatalogRows.catalogNames(connection);
    if (names.size() > 1) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "several catalogs are in "
              + url
              + ": "
              + String.join(", ", names)
              + ". Name one of them by the connection property "
              + ConnectionProperty.CATALOG_NAME.propertyName());
    }
    String name = names.isEmpty() ? NEW_CATALOG : names.iterator().next();
    catalogName = name;
    return name;
  }

  private SqlSchemaVersion version(Connection connection) throws SQLException {
    SqlSchemaVersion known = version;
    if (known == SqlSchemaVersion.V1) {
      return known;
    }
    SqlSchemaVersion found = SqlSchemaVersion.of(connection);
    version = found;
    return found;
  }

  @Override
  public SwapOutcome swap(List<PointerChange> changes) {
    Connection connection;
    try {
      connection = connections.take();
    } catch (SQLException e) {
      if (SqlFailures.isPassing(e)) {
        return new SwapOutcome.Busy(SqlFailures.of(e));
      }
      throw SqlFailures.of(e);
    }
    boolean landed = false;
    try {
      String refusal = apply(connection, changes);
      if (refusal != null) {
        return new SwapOutcome.Refused(refusal);
      }
      SwapOutcome outcome = commit(connection);
      landed = outcome instanceof SwapOutcome.Landed;
      return outcome;
    } catch (SQLException e) {
      // Before the commit was asked for: whatever was done is taken back with the connection.
      if (SqlFailures.isDuplicate(e)) {
        return new SwapOutcome.Refused(String.valueOf(e.getMessage()));
      }
      if (SqlFailures.isPassing(e)) {
        return new SwapOutcome.Busy(SqlFailures.of(e));
      }
      throw SqlFailures.of(e);
    } finally {
      if (landed) {
        settled(connection);
      } else {
        rollBack(connection);
      }
    }
  }

  private @Nullable String apply(Connection connection, List<PointerChange> changes)
      throws SQLException {
    begin(connection, changes);
    SqlCatalogRows rows =
        new SqlCatalogRows(connection, catalogName(connection), version(connection));
    for (PointerChange change : changes) {
      String refusal = rows.apply(change);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private static SwapOutcome commit(Connection connection) {
    try {
      connection.commit();
      return new SwapOutcome.Landed();
    } catch (SQLException e) {
      if (SqlFailures.isDuplicate(e)) {
        return new SwapOutcome.Refused(String.valueOf(e.getMessage()));
      }
      return SqlFailures.isRolledBack(e)
          ? new SwapOutcome.Busy(SqlFailures.of(e))
          : new SwapOutcome.Unsettled(SqlFailures.of(e));
    } catch (RuntimeException e) {
      return new SwapOutcome.Unsettled(e);
    }
  }

  private void settled(Connection connection) {
    try {
      connection.setAutoCommit(true);
      connections.giveBack(connection);
    } catch (SQLException e) {
      LOG.debug("a connection is of no use after its commit", e);
      SqlConnections.discard(connection);
    }
  }

  /** Some drivers commit what is open when they are closed. */
  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.debug("a transaction that is given up was not rolled back by its driver", e);
    }
    SqlConnections.discard(connection);
  }

  /** Several conditions have to hold at one moment; for a single one a row is moment enough. */
  private static void begin(Connection connection, List<PointerChange> changes)
      throws SQLException {
    boolean single =
        changes.size() == 1
            && (changes.get(0) instanceof PointerChange.Replace
                || changes.get(0) instanceof PointerChange.Create
                || changes.get(0) instanceof PointerChange.Drop);
    int wanted =
        single ? Connection.TRANSACTION_READ_COMMITTED : Connection.TRANSACTION_SERIALIZABLE;
    connection.setAutoCommit(true);
    if (connection.getTransactionIsolation() != wanted
        && connection.getMetaData().supportsTransactionIsolationLevel(wanted)) {
      connection.setTransactionIsolation(wanted);
    }
    connection.setAutoCommit(false);
  }

  @Override
  public int changesTogether() {
    return MAX_CHANGES;
  }

  @Override
  public boolean renames() {
    return true;
  }

  @Override
  public boolean holdsViews() {
    SqlSchemaVersion known = version;
    if (known == SqlSchemaVersion.NONE) {
      known = connections.read(this::version);
    }
    return known != SqlSchemaVersion.V0;
  }

  @Override
  public void prepareWrite() {
    if (version == SqlSchemaVersion.NONE) {
      version =
          connections.read(
              connection -> {
                connection.setAutoCommit(true);
                SqlSchemaVersion found = version(connection);
                return found == SqlSchemaVersion.NONE ? SqlSchemaVersion.create(connection) : found;
              });
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
