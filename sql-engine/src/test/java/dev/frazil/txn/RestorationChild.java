package dev.frazil.txn;

import dev.frazil.catalog.BucketDatabase;
import dev.frazil.catalog.DatabaseMoment;
import dev.frazil.catalog.Databases;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.FaultyObjectStore;

/**
 * A process that restores a database until it is killed: {@code warehouse version point part}. It
 * says {@code at} when it passes the point for an object whose location contains the part, and
 * waits there.
 */
final class RestorationChild {
  private RestorationChild() {}

  public static void main(String[] arguments) {
    FaultyObjectStore store =
        new FaultyObjectStore(new FileObjectStore(TimeSource.system(), Ids.system()), 1);
    BucketDatabase database = Databases.open(store, arguments[0], 30_000);
    store.hook(
        FaultyObjectStore.Point.valueOf(arguments[2]),
        location -> {
          if (location.contains(arguments[3])) {
            System.out.println("at");
            System.out.flush();
            TimeSource.system().sleepMillis(600_000);
          }
        });
    restore(database, Long.parseLong(arguments[1]));
    System.out.println("done");
  }

  static DatabaseRestoration.Result restore(BucketDatabase database, long version) {
    return new DatabaseRestoration(
            database, new DatabaseMoment.AtVersion(version), null, (table, metadata, files) -> {})
        .run();
  }
}
