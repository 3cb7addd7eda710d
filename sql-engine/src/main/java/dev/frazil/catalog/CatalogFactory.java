package dev.frazil.catalog;

import dev.frazil.catalog.aws.DynamoDbPointers;
import dev.frazil.catalog.aws.GluePointers;
import dev.frazil.catalog.rest.RestOpener;
import dev.frazil.catalog.sql.SqlPointerStore;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.StoreFactory;
import dev.frazil.storage.StoreProbe;
import dev.frazil.storage.TimeSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens the catalog that a connection asks for. */
public final class CatalogFactory {
  /** How long a commit is tried before its outcome is given up. */
  static final long PATIENCE_MILLIS = 60_000;

  private CatalogFactory() {}

  /**
   * Opens the database of a configuration. Reads nothing yet: what is wrong with the place shows at
   * the first {@link DatabaseCatalog#snapshot}.
   */
  public static DatabaseCatalog open(ConnectionConfig config) {
    if (config.warehouse() instanceof Warehouse.RestCatalog catalog) {
      return RestOpener.open(
          config, catalog, TimeSource.system(), Ids.system(), PATIENCE_MILLIS, Set.of());
    }
    return open(config, StoreFactory.open(config), TimeSource.system(), Ids.system());
  }

  /** The same over a given store, already guarded. */
  public static DatabaseCatalog open(
      ConnectionConfig config, ObjectStore store, TimeSource time, Ids ids) {
    if (config.warehouse() instanceof Warehouse.HadoopFolder folder) {
      return new HadoopFolderCatalog(
          store,
          folder.path(),
          config.flag(ConnectionProperty.READ_ONLY),
          time,
          ids,
          PATIENCE_MILLIS,
          Set.of());
    }
    if (config.warehouse() instanceof Warehouse.SingleTable table) {
      return new SingleTableCatalog(store, table, time, ids);
    }
    PointerStore pointers = pointers(config, time, ids);
    if (pointers != null) {
      return new PointerDatabase(
          pointers,
          store,
          config.warehouse().location(),
          config.flag(ConnectionProperty.READ_ONLY),
          time,
          ids,
          PATIENCE_MILLIS,
          Set.of());
    }
    return new BucketDatabase(
        store,
        config.warehouse().location(),
        config.flag(ConnectionProperty.READ_ONLY),
        newDatabase -> check(config, store, ids, newDatabase),
        time,
        ids,
        PATIENCE_MILLIS,
        location -> {}, // what a failed commit leaves behind is collected by maintenance
        Set.of());
  }

  /** The catalog of another system that a configuration names; null for none. */
  private static @Nullable PointerStore pointers(
      ConnectionConfig config, TimeSource time, Ids ids) {
    if (config.warehouse() instanceof Warehouse.JdbcCatalog catalog) {
      return SqlPointerStore.open(config, catalog);
    }
    if (config.warehouse() instanceof Warehouse.DynamoDbCatalog catalog) {
      return DynamoDbPointers.open(config, catalog.table(), time, ids);
    }
    if (config.warehouse() instanceof Warehouse.GlueCatalog catalog) {
      String account = catalog.catalogId();
      return GluePointers.open(config, account.isEmpty() ? null : account, time, ids);
    }
    return null;
  }

  /**
   * A bucket must show that it keeps conditions before a database is created in it. One behind an
   * own endpoint is asked again by every process that writes: the database may have been copied
   * there.
   */
  private static void check(
      ConnectionConfig config, ObjectStore store, Ids ids, boolean newDatabase) {
    boolean asks = newDatabase || config.text(ConnectionProperty.ENDPOINT).isPresent();
    if (asks && config.warehouse() instanceof Warehouse.S3Prefix bucket) {
      StoreProbe.run(store, bucket.location(), ids).requireSafe(bucket.location());
    }
  }
}
