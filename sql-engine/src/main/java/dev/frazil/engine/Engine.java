package dev.frazil.engine;

import dev.frazil.config.ConnectionConfig;

/**
 * A database opened: catalog, caches and clients, shared between the sessions of one configuration.
 * Thread-safe.
 */
public interface Engine extends AutoCloseable {

  Session openSession();

  ConnectionConfig config();

  @Override
  void close();
}
