package dev.frazil.engine;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseHistory;
import dev.frazil.catalog.DroppedTable;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.maintenance.EarlierFiles;
import dev.frazil.maintenance.StagedFileCleanup;
import dev.frazil.plan.HistoryRequest;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.storage.RequestScope;
import dev.frazil.txn.DatabaseRestoration;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;

/** Runs the statements about what the database was earlier. One thread. */
final class HistoryStatements {
  private static final List<ResultColumn> HISTORY =
      List.of(
          column("version", Primitive.BIGINT),
          column("made_at", Primitive.TIMESTAMP_WITH_TIME_ZONE),
          column("commit_id", Primitive.VARCHAR),
          column("changes", Primitive.VARCHAR));

  private static final List<ResultColumn> DROPPED =
      List.of(
          column("table_schema", Primitive.VARCHAR),
          column("table_name", Primitive.VARCHAR),
          column("dropped_at", Primitive.TIMESTAMP_WITH_TIME_ZONE),
          column("dropped_in_version", Primitive.BIGINT));

  private final DatabaseSession session;
  private final CancellationToken cancellation;

  HistoryStatements(DatabaseSession session, CancellationToken cancellation) {
    this.session = session;
    this.cancellation = cancellation;
  }

  private static ResultColumn column(String label, SqlType type) {
    return new ResultColumn(label, type, false, null, null);
  }

  static List<ResultColumn> columns(HistoryRequest request) {
    if (request instanceof HistoryRequest.ShowHistory) {
      return HISTORY;
    }
    return request instanceof HistoryRequest.ShowDropped ? DROPPED : List.of();
  }

  /** All but UNDROP, which is part of a transaction: see {@link #undrop}. */
  StatementResult run(HistoryRequest request, SessionTransaction transaction) {
    if (request instanceof HistoryRequest.ShowHistory show) {
      return rows(HISTORY, versions(history(transaction), show.limit()));
    } else if (request instanceof HistoryRequest.ShowDropped show) {
      return rows(DROPPED, dropped(history(transaction), show));
    }
    return new StatementResult.UpdateCount(restore((HistoryRequest.Restore) request));
  }

  private DatabaseHistory history(SessionTransaction transaction) {
    return session.catalog().history(transaction.transaction().snapshot());
  }

  private List<List<Object>> versions(DatabaseHistory history, int limit) {
    List<List<Object>> rows = new ArrayList<>();
    history.visit(
        (version, relations) -> {
          cancellation.check();
          if (rows.size() < limit && (version.changesDatabase() || version.version() == 1)) {
            rows.add(
                List.of(
                    version.version(),
                    version.madeAtMillis() * 1_000,
                    version.commitId(),
                    version.text(relations)));
          }
          return rows.size() < limit;
        });
    return rows;
  }

  private List<List<Object>> dropped(DatabaseHistory history, HistoryRequest.ShowDropped show) {
    List<List<Object>> rows = new ArrayList<>();
    DroppedTable.find(
            history,
            (table, pointer) -> {
              cancellation.check();
              return show.names().test(table.name())
                  && (show.schema() == null || show.schema().equals(table.namespace()));
            },
            Integer.MAX_VALUE)
        .forEach(
            table ->
                rows.add(
                    List.of(
                        table.identifier().namespace().toString(),
                        table.identifier().name(),
                        table.droppedIn().madeAtMillis() * 1_000,
                        table.droppedIn().version())));
    return rows;
  }

  private static StatementResult rows(List<ResultColumn> columns, List<List<Object>> rows) {
    List<ColumnVector> vectors = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      VectorBuilder builder = VectorBuilder.of(columns.get(column).type());
      for (List<Object> row : rows) {
        builder.appendValue(row.get(column));
      }
      vectors.add(builder.build());
    }
    return new StatementResult.Rows(
        new TextCursor(columns, rows.isEmpty() ? null : new RowBatch(vectors, rows.size())));
  }

  private long restore(HistoryRequest.Restore restore) {
    SessionTransactions transactions = session.transactions();
    if (!transactions.statementCommits()) {
      throw new EngineException(
          SqlState.ACTIVE_TRANSACTION,
          "RESTORE DATABASE is a transaction of its own: COMMIT or ROLLBACK the open one, and turn"
              + " autocommit on");
    }
    transactions.ofStatement().prepareWrite("RESTORE DATABASE");
    SessionMoment.requirePast(restore.moment());
    DatabaseCatalog catalog = session.catalog();
    EarlierFiles files =
        new EarlierFiles(
            catalog.store(), catalog.io(), session.context(ParameterValues.none(), cancellation));
    SessionToken token = session.token();
    token.requireUnused();
    DatabaseRestoration restoration =
        new DatabaseRestoration(catalog, restore.moment(), token.name(), files::require);
    try {
      DatabaseRestoration.Result result = RequestScope.outside(restoration::run);
      token.use();
      return result.changes();
    } finally {
      StagedFileCleanup.remove(catalog.store(), restoration.abandonedFiles());
    }
  }

  /**
   * Gives a dropped table a name again. 42P01 for one that the history does not know, 55000 where
   * its files are gone, 42P07, 3F000.
   */
  static void undrop(
      HistoryRequest.Undrop undrop, SessionTransaction transaction, QueryContext context) {
    transaction.prepareWrite("UNDROP TABLE");
    if (transaction.transaction().definitions().undrop(undrop.table(), undrop.newName())) {
      return;
    }
    DatabaseCatalog catalog = transaction.catalog();
    DroppedTable table = find(undrop.table(), catalog, transaction);
    TableMetadata metadata;
    try {
      metadata = catalog.metadata(table.identifier(), table.pointer());
    } catch (EngineException e) {
      throw new EngineException(
          SqlState.OBJECT_NOT_IN_STATE,
          "the table "
              + table.identifier()
              + " was dropped by version "
              + table.droppedIn().version()
              + " of the database, and its files have expired since: "
              + e.getMessage(),
          e);
    }
    List<Snapshot> needed = new ArrayList<>();
    metadata.refs().values().forEach(ref -> needed.add(metadata.snapshot(ref.snapshotId())));
    new EarlierFiles(catalog.store(), catalog.io(), context)
        .require(table.identifier(), metadata, needed);
    transaction
        .transaction()
        .definitions()
        .registerTable(undrop.newName(), table.pointer().metadataLocation());
  }

  private static DroppedTable find(
      TableIdentifier wanted, DatabaseCatalog catalog, SessionTransaction transaction) {
    DatabaseHistory history = catalog.history(transaction.transaction().snapshot());
    List<DroppedTable> found =
        DroppedTable.find(
            history, (table, pointer) -> table.toString().equalsIgnoreCase(wanted.toString()), 1);
    if (found.isEmpty()) {
      throw new EngineException(
          SqlState.UNDEFINED_TABLE,
          "no table "
              + wanted
              + " was dropped, as far back as the history of the database reaches; SHOW DROPPED"
              + " TABLES lists those that were");
    }
    return found.get(0);
  }
}
