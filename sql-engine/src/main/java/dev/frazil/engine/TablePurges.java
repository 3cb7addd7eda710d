package dev.frazil.engine;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DroppedTable;
import dev.frazil.exec.CancellationToken;
import dev.frazil.maintenance.TablePurge;
import dev.frazil.storage.RequestScope;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of one transaction whose files go with them. One thread. */
final class TablePurges {
  private static final Logger LOG = LoggerFactory.getLogger(TablePurges.class);

  private final Set<String> uuids = new HashSet<>();

  /** Takes note of a table that was dropped. */
  void dropped(UUID table, boolean purge) {
    if (purge) {
      uuids.add(table.toString());
    } else {
      uuids.remove(table.toString());
    }
  }

  /** Those that the transaction is about to drop in the end; others were rolled back. */
  Set<String> among(Set<String> dropped) {
    Set<String> purged = new HashSet<>(uuids);
    purged.retainAll(dropped);
    return purged;
  }

  /**
   * Deletes the files of tables that a commit has dropped, as the last state of each names them.
   * The commit stands whether or not that succeeds.
   */
  static void run(Set<String> uuids, DatabaseSession session) {
    if (uuids.isEmpty()) {
      return;
    }
    DatabaseCatalog catalog = session.catalog();
    attempt(
        () ->
            DroppedTable.find(
                    catalog.history(catalog.snapshot()),
                    (table, pointer) -> uuids.contains(pointer.uuid()),
                    uuids.size())
                .forEach(
                    table ->
                        TablePurge.run(
                            catalog,
                            table,
                            session.context(ParameterValues.none(), new CancellationToken()))));
  }

  /** The commit has succeeded: neither a failure nor a lack of memory may say otherwise. */
  static void attempt(Runnable purge) {
    try {
      RequestScope.runOutside(purge);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      LOG.warn("Files of a dropped table could not be deleted, and stay; the drop stands", e);
    }
  }
}
