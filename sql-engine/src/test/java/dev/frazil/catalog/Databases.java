package dev.frazil.catalog;

import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import java.util.EnumSet;
import java.util.Set;

/** Opens databases for tests of other packages, also with guards turned off. */
public final class Databases {
  private Databases() {}

  /** A guard by its name in {@link CommitGuard}. */
  public static Set<String> guardNames() {
    Set<String> names = new java.util.TreeSet<>();
    for (CommitGuard guard : CommitGuard.values()) {
      names.add(guard.name());
    }
    return names;
  }

  public static BucketDatabase open(
      ObjectStore store, String warehouse, long patienceMillis, String... disabledGuards) {
    Set<CommitGuard> disabled = EnumSet.noneOf(CommitGuard.class);
    for (String guard : disabledGuards) {
      disabled.add(CommitGuard.valueOf(guard));
    }
    return new BucketDatabase(
        store,
        warehouse,
        false,
        newDatabase -> {},
        TimeSource.system(),
        Ids.system(),
        patienceMillis,
        disabled);
  }
}
