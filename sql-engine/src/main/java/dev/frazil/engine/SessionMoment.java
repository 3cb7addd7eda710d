package dev.frazil.engine;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseMoment;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.TimeSource;
import dev.frazil.txn.Transaction;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.jspecify.annotations.Nullable;

/** The earlier state of the database that a session or a transaction reads. One thread. */
final class SessionMoment {
  private final DatabaseMoment moment;
  private final Set<String> readable = new HashSet<>();
  private @Nullable DatabaseSnapshot found;

  SessionMoment(DatabaseMoment moment) {
    this.moment = moment;
  }

  String text() {
    return moment.text();
  }

  /** Looked for once; 22023 for a moment that the history does not reach. */
  DatabaseSnapshot snapshot(DatabaseCatalog catalog) {
    DatabaseSnapshot known = found;
    if (known == null) {
      known = find(catalog, moment);
      found = known;
    }
    return known;
  }

  /** The state of a moment; 22023 for one of the future, too. */
  static DatabaseSnapshot find(DatabaseCatalog catalog, DatabaseMoment moment) {
    requirePast(moment);
    return catalog.history(catalog.snapshot()).at(moment);
  }

  /** What will have been is not known, and a state that is read twice must not change. */
  static void requirePast(DatabaseMoment moment) {
    if (moment instanceof DatabaseMoment.AtTime time
        && time.micros() / 1_000 > TimeSource.system().nowMillis()) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE, time.text() + " lies in the future");
    }
  }

  /** A table of that state; 22023 where its files have been removed since. */
  Optional<Table> load(Transaction transaction, TableIdentifier identifier, DatabaseCatalog from) {
    try {
      Optional<Table> table = transaction.load(identifier);
      table.ifPresent(found -> requireSnapshot(identifier, found, from));
      return table;
    } catch (EngineException e) {
      if (e.getCause() instanceof NotFoundException) {
        throw removed(identifier, e);
      }
      throw e;
    }
  }

  private void requireSnapshot(TableIdentifier identifier, Table table, DatabaseCatalog from) {
    Snapshot current = table.currentSnapshot();
    String list = current == null ? null : current.manifestListLocation();
    if (list != null && !readable.contains(list)) {
      if (from.store().head(list).isEmpty()) {
        throw removed(identifier, null);
      }
      readable.add(list);
    }
  }

  private EngineException removed(TableIdentifier identifier, @Nullable EngineException cause) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE,
        "the table "
            + identifier
            + " was there at "
            + text()
            + ", but files of that state have been removed since, by expire_snapshots or"
            + " remove_orphan_files",
        cause);
  }
}
