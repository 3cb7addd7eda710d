package dev.frazil.txn;

import dev.frazil.catalog.CommitTurns;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The turn of a transaction to commit: one that {@link Transaction#giveWay gives way} stands in no
 * queue, passes over nobody who does, and stays back (40001) where another transaction is at one of
 * its tables. One thread.
 */
final class GivingWay {
  private static final int MAX_LOSSES = 3;

  private final DatabaseCatalog catalog;
  private final Transaction transaction;
  private final Set<TableIdentifier> tables;

  GivingWay(DatabaseCatalog catalog, Transaction transaction, List<TableWork> changed) {
    this.catalog = catalog;
    this.transaction = transaction;
    this.tables = changed.stream().map(TableWork::identifier).collect(Collectors.toSet());
  }

  CommitTurns.Turn turn(List<CommitTurns.Wanted> wanted) {
    if (!transaction.maintenance().givesWay()) {
      return catalog.turns().take(wanted);
    }
    CommitTurns.Turn free = catalog.turns().takeIfFree(tables);
    if (free == null) {
      throw keptBack(0);
    }
    return free;
  }

  /**
   * To be asked before each attempt.
   *
   * @param losses attempts that were in vain
   */
  void requireFree(DatabaseRoot root, int losses) {
    if (!transaction.maintenance().givesWay()) {
      return;
    }
    boolean othersWait =
        catalog.turns().queues() && catalog.turns().queue().ahead(root, tables, null) > 0;
    if (othersWait
        || catalog.turns().openTables().holdAny(tables)
        || losses > MAX_LOSSES
        || transaction.maintenance().isOver()) {
      throw keptBack(losses);
    }
  }

  private EngineException keptBack(int losses) {
    if (losses == 0) {
      transaction.keptBack();
    }
    return new EngineException(
        SqlState.SERIALIZATION_FAILURE,
        "other writers are at work, and this transaction gives way: nothing of it was applied");
  }
}
