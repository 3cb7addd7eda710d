package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.maintenance.TablePurge;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.txn.Transaction;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/** Runs DROP TABLE and DROP SCHEMA within a transaction. Stateless. */
final class DropExecution {
  private DropExecution() {}

  /**
   * A table whose files shall go too is remembered: they go when the commit is known to have
   * succeeded. 55000 for one whose files may be those of others.
   */
  static void table(PlannedStatement.DropTable drop, SessionTransaction transaction) {
    transaction.prepareWrite("DROP TABLE");
    Transaction changes = transaction.transaction();
    Optional<Table> table = changes.load(drop.identifier());
    if (table.isEmpty() && drop.ifExists()) {
      return;
    }
    if (table.isPresent() && drop.purge()) {
      if (!transaction.catalog().hasHistory()) {
        throw EngineException.unsupported(
            "DROP TABLE ... PURGE in another catalog than that of a folder or bucket,");
      }
      TablePurge.requireOwn(changes.snapshot().root(), drop.identifier(), table.get());
    }
    changes.definitions().dropTable(drop.identifier());
    table.ifPresent(dropped -> transaction.purges().dropped(dropped.uuid(), drop.purge()));
  }

  /** CASCADE drops the tables and views in it first. */
  static void schema(PlannedStatement.DropSchema drop, SessionTransaction transaction) {
    transaction.prepareWrite("DROP SCHEMA");
    if (drop.ifExists() && !transaction.hasSchema(drop.schema())) {
      return;
    }
    Transaction changes = transaction.transaction();
    if (drop.cascade()) {
      for (TableIdentifier view :
          changes.definitions().views().list(view -> view.namespace().equals(drop.schema()))) {
        changes.definitions().changedViews().drop(view);
      }
      changes.definitions().tables(drop.schema()).forEach(changes.definitions()::dropTable);
    }
    changes.definitions().dropSchema(drop.schema());
  }
}
