package dev.frazil.engine;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;

/**
 * Opens databases. Engines of equal configurations share catalog, caches and clients; the last
 * {@link Engine#close()} frees them. Thread-safe.
 */
public final class EngineFactory {
  private EngineFactory() {}

  /**
   * Opens the database of a configuration. No request is sent for a warehouse that is already open;
   * an empty folder or prefix is a database without tables, written at the first commit.
   *
   * @throws EngineException 08001 unreachable, 08004 unsafe store, 28000 not permitted
   */
  public static Engine open(ConnectionConfig config) {
    return refuse(config.warehouse());
  }

  private static Engine refuse(Warehouse warehouse) {
    if (warehouse.location().isEmpty()) {
      throw EngineException.internal("a warehouse without a location");
    }
    throw EngineException.unsupported("the warehouse " + warehouse.location());
  }
}
