package dev.frazil.storage;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;

/** Opens the object store of a connection, behind its {@link LocationGuard}. */
public final class StoreFactory {
  private StoreFactory() {}

  /** With the clock and the ids of the machine. */
  public static ObjectStore open(ConnectionConfig config) {
    return open(config, TimeSource.system(), Ids.system());
  }

  /**
   * The store that holds the warehouse, restricted to it. Sends no request: a bucket that does not
   * exist shows at the first read. Local folders load no class of the AWS SDK.
   */
  public static ObjectStore open(ConnectionConfig config, TimeSource time, Ids ids) {
    boolean readOnly = config.flag(ConnectionProperty.READ_ONLY);
    ObjectStore store = openUnguarded(config, time, ids);
    return new GuardedObjectStore(store, LocationGuard.of(config.warehouse()), readOnly);
  }

  private static ObjectStore openUnguarded(ConnectionConfig config, TimeSource time, Ids ids) {
    if (config.warehouse() instanceof Warehouse.S3Prefix bucket) {
      return S3ObjectStore.open(config, bucket, time, ids);
    }
    if (config.warehouse() instanceof Warehouse.HadoopFolder) {
      // Other programs take tables away there, and files that wait to be forced with them.
      return new FileObjectStore(time, ids);
    }
    return FileObjectStore.ofWarehouse(time, ids);
  }
}
