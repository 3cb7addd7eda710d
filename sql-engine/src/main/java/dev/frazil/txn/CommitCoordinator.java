package dev.frazil.txn;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.error.EngineException;
import org.jspecify.annotations.Nullable;

/** Brings one transaction into the root: writes metadata, swaps, rebases. One thread. */
final class CommitCoordinator {
  private final DatabaseCatalog catalog;
  private final Transaction transaction;
  private final @Nullable String token;

  CommitCoordinator(DatabaseCatalog catalog, Transaction transaction, @Nullable String token) {
    this.catalog = catalog;
    this.transaction = transaction;
    this.token = token;
  }

  @SuppressWarnings("DoNotCallSuggester")
  CommitResult commit() {
    throw EngineException.unsupported(
        "commit of " + transaction.snapshot() + catalog.readOnly() + token);
  }
}
