package dev.frazil.catalog;

import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Opens databases for tests of other packages, also with guards turned off. */
public final class Databases {
  private Databases() {}

  /** Not one of {@link CommitGuard}: with it turned off, what Iceberg asks to delete is deleted. */
  public static final String NO_DELETES = "NO_DELETES";

  public static BucketDatabase open(
      ObjectStore store, String warehouse, long patienceMillis, String... disabledGuards) {
    return open(
        store, warehouse, patienceMillis, TimeSource.system(), Ids.system(), disabledGuards);
  }

  /** A Hadoop warehouse, also with guards turned off. */
  public static DatabaseCatalog openHadoop(
      ObjectStore store, String folder, long patienceMillis, String... disabledGuards) {
    Set<CommitGuard> disabled = EnumSet.noneOf(CommitGuard.class);
    for (String guard : disabledGuards) {
      disabled.add(CommitGuard.valueOf(guard));
    }
    return new HadoopFolderCatalog(
        store, folder, false, TimeSource.system(), Ids.system(), patienceMillis, disabled);
  }

  /** Tables that another system names, also with guards turned off. */
  public static DatabaseCatalog open(
      PointerStore pointers,
      ObjectStore store,
      String warehouse,
      long patienceMillis,
      String... disabledGuards) {
    Set<CommitGuard> disabled = EnumSet.noneOf(CommitGuard.class);
    for (String guard : disabledGuards) {
      disabled.add(CommitGuard.valueOf(guard));
    }
    return new PointerDatabase(
        pointers,
        store,
        warehouse,
        false,
        TimeSource.system(),
        Ids.system(),
        patienceMillis,
        disabled);
  }

  /** As one process among several that a test moves step by step. */
  public static BucketDatabase open(
      ObjectStore store,
      String warehouse,
      long patienceMillis,
      TimeSource time,
      Ids ids,
      String... disabledGuards) {
    Set<CommitGuard> disabled = EnumSet.noneOf(CommitGuard.class);
    Consumer<String> deleteRequests = location -> {};
    for (String guard : disabledGuards) {
      if (guard.equals(NO_DELETES)) {
        deleteRequests = location -> store.delete(List.of(location));
      } else {
        disabled.add(CommitGuard.valueOf(guard));
      }
    }
    return new BucketDatabase(
        store,
        warehouse,
        false,
        newDatabase -> {},
        time,
        ids,
        patienceMillis,
        deleteRequests,
        disabled);
  }
}
