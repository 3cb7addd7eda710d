package dev.frazil.jdbc;

import java.lang.ref.Cleaner;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The owner of a connection whose resources are its own: they end with it. Thread-safe. */
final class SoleOwner implements ConnectionOwner {
  private final ConnectionResources resources;
  private volatile Cleaner.@Nullable Cleanable watch;

  SoleOwner(ConnectionResources resources) {
    this.resources = resources;
  }

  /** Frees the resources also if {@code connection} is collected without being closed. */
  void watch(Object connection) {
    watch = Abandoned.watch(connection, resources::abandoned);
  }

  @Override
  public void release() throws SQLException {
    resources.close();
    Cleaner.Cleanable watched = watch;
    if (watched != null) {
      watched.clean();
    }
  }
}
