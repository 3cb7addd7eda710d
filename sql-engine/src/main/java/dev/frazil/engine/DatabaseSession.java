package dev.frazil.engine;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.StatementFigures.Stage;
import dev.frazil.exec.scan.SnapshotFiles;
import dev.frazil.maintenance.FileAges;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.plan.PlanSettings;
import dev.frazil.plan.parser.ReturnedColumns;
import dev.frazil.storage.OutsideStores;
import dev.frazil.storage.RequestScope;
import dev.frazil.storage.TimeSource;
import dev.frazil.txn.CommitLookup;
import dev.frazil.txn.CommitState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * A session over a shared database. A transaction is open from the first statement, or from START
 * TRANSACTION, to commit or rollback; in autocommit every statement has one of its own.
 */
final class DatabaseSession implements Session {
  private final DatabaseCatalog catalog;
  private final SessionSettings settings;
  private final SessionToken token;
  private final SessionTransactions transactions;
  private final MemoryBudget memory;
  private final StatementExecutor executor;
  private final PlanCache plans = new PlanCache();
  private final SessionFiles files;
  private FileAges fileAges = FileAges.standard();
  private boolean closed;

  /** With {@code snapshots} that the sessions of the engine share. */
  DatabaseSession(DatabaseCatalog catalog, ConnectionConfig config, SnapshotFiles snapshots) {
    this.catalog = catalog;
    this.settings = new SessionSettings(config);
    this.token = new SessionToken(config.text(ConnectionProperty.IDEMPOTENCY_TOKEN).orElse(null));
    this.transactions = new SessionTransactions(this, config);
    this.memory = new MemoryBudget(settings.limits().memoryBytes());
    this.files = new SessionFiles(catalog.store(), snapshots, new OutsideStores(config));
    this.executor = new StatementExecutor(catalog.store(), settings::wapId);
  }

  @Override
  public PreparedQuery prepare(String sql) {
    open();
    return new SessionQuery(this, sql);
  }

  @Override
  public PreparedQuery prepareReturning(String sql, List<String> columns) {
    return prepare(ReturnedColumns.add(sql, columns));
  }

  // ---- for the statements

  @Override
  public ScrollableCursor scrollable(
      ResultCursor rows, long limit, CancellationToken cancellation) {
    return new ScrollableCursor(rows, limit, context(ParameterValues.none(), cancellation));
  }

  StatementExecutor executor() {
    return executor;
  }

  @Override
  public Catalog icebergCatalog() {
    transactions().requireNewest("Iceberg's own view");
    return catalog.icebergCatalog();
  }

  DatabaseCatalog catalog() {
    return catalog;
  }

  /** Of an open session; 08003 otherwise. */
  SessionSettings settings() {
    open();
    return settings;
  }

  /** Of an open session; 08003 otherwise. */
  SessionToken token() {
    open();
    return token;
  }

  /** Of an open session; 08003 otherwise. */
  SessionTransactions transactions() {
    open();
    return transactions;
  }

  /** What all statements of the session hold of its memory. */
  MemoryBudget memory() {
    return memory;
  }

  PlanCache plans() {
    return plans;
  }

  PlanSettings planSettings() {
    return settings.plan();
  }

  QueryContext context(ParameterValues parameters, CancellationToken cancellation) {
    return new QueryContext(
        memory,
        cancellation,
        parameters.values(),
        ChronoUnit.MICROS.between(Instant.EPOCH, TimeSource.system().now()),
        settings.plan().timeZone(),
        files,
        settings.limits().threads(),
        settings.limits().tempFolder(),
        cancellation.figures().counters());
  }

  /** How old files must be before maintenance deletes them. */
  FileAges fileAges() {
    return fileAges;
  }

  /** For tests, which do not wait for a day. */
  void setFileAges(FileAges ages) {
    fileAges = ages;
  }

  // ---- transactions

  @Override
  public boolean autoCommit() {
    return transactions.autoCommit();
  }

  @Override
  public void setAutoCommit(boolean value) {
    translating(() -> transactions().setAutoCommit(value));
  }

  @Override
  public void commit() {
    if (!transactions().active()) {
      translating(transactions::commit);
      return;
    }
    StatementRun run = StatementRun.begin(this, "COMMIT", new CancellationToken());
    try {
      run.<@Nullable Void>step(
          () ->
              run.figures()
                  .<@Nullable Void>during(
                      Stage.COMMITTING,
                      () -> {
                        RequestScope.runOutside(transactions::commit);
                        return null;
                      }));
      run.end(null);
    } catch (EngineException e) {
      run.end(e);
      throw e;
    }
  }

  private static void translating(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      throw EngineFailures.translate(e);
    }
  }

  @Override
  public void rollback() {
    transactions().rollback();
  }

  @Override
  public long setSavepoint(@Nullable String name) {
    return transactions().setSavepoint(name);
  }

  @Override
  public void rollbackTo(long savepoint) {
    transactions().rollbackTo(savepoint);
  }

  @Override
  public void releaseSavepoint(long savepoint) {
    transactions().releaseSavepoint(savepoint);
  }

  @Override
  public boolean inTransaction() {
    return transactions.active();
  }

  @Override
  public boolean readOnly() {
    return transactions.readOnly();
  }

  @Override
  public void setReadOnly(boolean value) {
    transactions().setReadOnly(value);
  }

  @Override
  public boolean serializable() {
    return transactions.serializable();
  }

  @Override
  public void setSerializable(boolean value) {
    transactions().setSerializable(value);
  }

  @Override
  public Namespace currentSchema() {
    return transactions.schema();
  }

  @Override
  public void setCurrentSchema(Namespace schema) {
    transactions().setSchema(schema);
  }

  @Override
  public void setApplicationName(@Nullable String name) {
    transactions().setApplicationName(name);
  }

  // ---- tokens

  @Override
  public void setIdempotencyToken(@Nullable String name) {
    token().set(name);
  }

  @Override
  public @Nullable String idempotencyToken() {
    return token().name();
  }

  @Override
  public <T extends @Nullable Object> T underToken(String name, Supplier<T> work) {
    if (!transactions().statementCommits()) {
      throw new EngineException(
          SqlState.INVALID_TRANSACTION_STATE,
          "the idempotency token of a statement names the commit of that statement, and a"
              + " transaction is open; set the token of the connection");
    }
    return token.under(name, work);
  }

  @Override
  public CommitState commitState(String name) {
    open();
    try {
      return RequestScope.outside(() -> CommitLookup.state(catalog, name));
    } catch (RuntimeException e) {
      throw EngineFailures.translate(e);
    }
  }

  // ---- definitions

  @Override
  public List<Namespace> schemas() {
    return look(SessionTransaction::schemas);
  }

  @Override
  public List<TableIdentifier> tables(Namespace schema) {
    return look(transaction -> transaction.tables(schema));
  }

  @Override
  public Optional<TableDescription> describe(TableIdentifier identifier) {
    return look(transaction -> TableDescriptions.find(identifier, transaction));
  }

  @Override
  public List<TableListing> list(
      Predicate<TableIdentifier> tables, Predicate<TableIdentifier> views, boolean readComments) {
    return look(transaction -> RelationDescriptions.list(tables, views, readComments, transaction));
  }

  @Override
  public List<ColumnsOf> columns(Predicate<TableIdentifier> wanted) {
    return look(transaction -> RelationDescriptions.columns(wanted, transaction));
  }

  @Override
  public void describe(Predicate<TableIdentifier> wanted, Consumer<TableDescription> each) {
    look(transaction -> TableDescriptions.describe(wanted, transaction, each));
  }

  /** Reads definitions in the open transaction, or in one for this call only. */
  private <T> T look(Function<SessionTransaction, T> read) {
    SessionTransaction transaction = transactions().forLooking();
    try {
      return read.apply(transaction);
    } catch (RuntimeException e) {
      throw EngineFailures.translate(e);
    }
  }

  // ---- its end

  private void open() {
    if (closed) {
      throw new EngineException(SqlState.CONNECTION_CLOSED, "the session is closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      try {
        rollback();
      } finally {
        closed = true;
        files.close();
      }
    }
  }
}
