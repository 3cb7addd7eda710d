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
    boolean readOnly =
        config.flag(ConnectionProperty.READ_ONLY)
            || config.warehouse() instanceof Warehouse.SingleTable;
    ObjectStore store = openUnguarded(config, time, ids);
    return new GuardedObjectStore(store, LocationGuard.of(config), readOnly);
  }

  private static ObjectStore openUnguarded(ConnectionConfig config, TimeSource time, Ids ids) {
    boolean elsewhere = config.text(ConnectionProperty.TABLE_LOCATIONS).isPresent();
    if (config.warehouse() instanceof Warehouse.LocalFolder) {
      return FileObjectStore.ofWarehouse(time, ids);
    }
    if (elsewhere) {
      return new PlacedObjectStore(
          LocationGuard.normalise(config.warehouse().location()),
          bucket ->
              bucket.isEmpty()
                  ? new FileObjectStore(time, ids)
                  : S3ObjectStore.open(config, new Warehouse.S3Prefix(bucket, ""), time, ids));
    }
    if (config.warehouse().files() instanceof Warehouse.S3Prefix bucket) {
      return S3ObjectStore.open(config, bucket, time, ids);
    }
    // Files of a bucket-like folder may wait to be forced until its root is put. Elsewhere nothing
    // is put, or other programs take tables away, and files that wait to be forced with them.
    return new FileObjectStore(time, ids);
  }
}
