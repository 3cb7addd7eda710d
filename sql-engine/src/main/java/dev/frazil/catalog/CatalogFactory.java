package dev.frazil.catalog;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.error.EngineException;

/** Opens the catalog that a connection asks for. */
public final class CatalogFactory {
  private CatalogFactory() {}

  /**
   * Opens the database of a configuration. Reads nothing yet: what is wrong with the place shows at
   * the first {@link DatabaseCatalog#snapshot}.
   */
  @SuppressWarnings("DoNotCallSuggester")
  public static DatabaseCatalog open(ConnectionConfig config) {
    throw EngineException.unsupported("opening " + config.warehouse().location());
  }
}
