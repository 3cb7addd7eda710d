package dev.frazil.engine;

import dev.frazil.config.ConnectionConfig;

/**
 * A database opened: catalog, caches and clients, shared between the sessions of one configuration.
 * Thread-safe.
 */
public interface Engine extends AutoCloseable {

  Session openSession();

  ConnectionConfig config();

  /**
   * No session is open, and the next one may take a while: what was seen of the state of the
   * database is forgotten, as if it were opened anew, while clients and files that never change are
   * kept. The next session wakes it.
   */
  void rest();

  @Override
  void close();
}
