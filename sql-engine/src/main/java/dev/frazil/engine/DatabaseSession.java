package dev.frazil.engine;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.ResourceLimits;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters;
import dev.frazil.exec.scan.SnapshotFiles;
import dev.frazil.maintenance.FileAges;
import dev.frazil.maintenance.StagedFileCleanup;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.plan.PlanSettings;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.SessionZone;
import dev.frazil.plan.parser.ReturnedColumns;
import dev.frazil.storage.OutsideStores;
import dev.frazil.storage.RequestScope;
import dev.frazil.storage.TimeSource;
import dev.frazil.txn.CommitLookup;
import dev.frazil.txn.CommitResult;
import dev.frazil.txn.CommitState;
import dev.frazil.txn.IsolationLevel;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * A session over a shared database. A transaction is open from the first statement, or from START
 * TRANSACTION, to commit or rollback; in autocommit every statement has one of its own.
 */
final class DatabaseSession implements Session {
  private final DatabaseCatalog catalog;
  private final ConnectionConfig config;
  private ConnectionConfig settings;
  private ResourceLimits limits;
  private final MemoryBudget memory;
  private final StatementExecutor executor;
  private final PlanCache plans = new PlanCache();
  private final SessionFiles files;
  private PlanSettings planSettings;
  private final ZoneId firstTimeZone;
  private boolean autoCommit = true;
  private boolean readOnly;
  private boolean serializable;
  private Namespace currentSchema;
  private @Nullable String idempotencyToken;
  private @Nullable String applicationName;
  private boolean tokenUsed;
  private @Nullable SessionTransaction current;
  private boolean closed;
  private FileAges fileAges = FileAges.standard();

  DatabaseSession(DatabaseCatalog catalog, ConnectionConfig config) {
    this.catalog = catalog;
    this.config = config;
    this.settings = config;
    this.limits = ResourceLimits.of(config);
    this.firstTimeZone =
        config
            .text(ConnectionProperty.TIME_ZONE)
            .map(SessionZone::of)
            .orElse(PlanSettings.defaults().timeZone());
    this.planSettings =
        new PlanSettings(
            firstTimeZone,
            config.integer(
                ConnectionProperty.RECURSION_LIMIT, PlanSettings.DEFAULT_RECURSION_LIMIT));
    this.memory = new MemoryBudget(limits.memoryBytes());
    this.files =
        new SessionFiles(
            catalog.store(), new SnapshotFiles(limits.memoryBytes()), new OutsideStores(config));
    this.executor = new StatementExecutor(catalog.store());
    this.readOnly = config.flag(ConnectionProperty.READ_ONLY);
    this.serializable =
        config.text(ConnectionProperty.ISOLATION).orElse("serializable").equals("serializable");
    this.currentSchema =
        Namespace.of(config.text(ConnectionProperty.SCHEMA).orElse("main").split("\\.", -1));
    this.idempotencyToken = config.text(ConnectionProperty.IDEMPOTENCY_TOKEN).orElse(null);
    this.applicationName = config.text(ConnectionProperty.APPLICATION_NAME).orElse(null);
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

  StatementExecutor executor() {
    return executor;
  }

  DatabaseCatalog catalog() {
    return catalog;
  }

  /** What the connection began with. */
  ConnectionConfig initial() {
    return config;
  }

  /** What the connection began with, and what SET changed since. */
  ConnectionConfig settings() {
    return settings;
  }

  /** SET of a property that statements read; null for what the connection began with. */
  void set(ConnectionProperty property, @Nullable String value) {
    open();
    Map<ConnectionProperty, String> values = new EnumMap<>(ConnectionProperty.class);
    values.putAll(settings.values());
    String wanted = value == null ? config.values().get(property) : value;
    if (wanted == null) {
      values.remove(property);
    } else {
      values.put(property, wanted);
    }
    settings = new ConnectionConfig(config.warehouse(), values, config.secrets());
    limits = ResourceLimits.of(settings);
    planSettings =
        new PlanSettings(
            planSettings.timeZone(),
            settings.integer(
                ConnectionProperty.RECURSION_LIMIT, PlanSettings.DEFAULT_RECURSION_LIMIT));
  }

  /** What all statements of the session hold of its memory. */
  MemoryBudget memory() {
    return memory;
  }

  PlanCache plans() {
    return plans;
  }

  PlanSettings planSettings() {
    return planSettings;
  }

  QueryContext context(ParameterValues parameters, CancellationToken cancellation) {
    return new QueryContext(
        memory,
        cancellation,
        parameters.values(),
        ChronoUnit.MICROS.between(Instant.EPOCH, TimeSource.system().now()),
        planSettings.timeZone(),
        files,
        limits.threads(),
        limits.tempFolder(),
        new QueryCounters());
  }

  /** How old files must be before maintenance deletes them. */
  FileAges fileAges() {
    return fileAges;
  }

  /** For tests, which do not wait for a day. */
  void setFileAges(FileAges ages) {
    fileAges = ages;
  }

  ResourceLimits limits() {
    return limits;
  }

  /** Whether every statement is a transaction of its own at this moment. */
  boolean statementCommits() {
    return autoCommit && current == null;
  }

  /** The transaction of the next statement; a new one, not kept, in autocommit. */
  SessionTransaction transactionOfStatement() {
    open();
    SessionTransaction open = current;
    if (open != null) {
      return open;
    }
    SessionTransaction begun = newTransaction(readOnly, serializable);
    if (autoCommit) {
      begun.endWithStatement();
    } else {
      current = begun;
    }
    return begun;
  }

  private SessionTransaction newTransaction(boolean onlyReads, boolean isSerializable) {
    return new SessionTransaction(
        catalog,
        isSerializable ? IsolationLevel.SERIALIZABLE : IsolationLevel.SNAPSHOT,
        onlyReads,
        applicationName,
        currentSchema);
  }

  /** START TRANSACTION. */
  void startTransaction(PlannedStatement.StartTransaction start) {
    SessionTransaction open = current;
    if (open != null && (open.begun() || autoCommit)) {
      throw new EngineException(
          SqlState.ACTIVE_TRANSACTION,
          "a transaction is open already; COMMIT or ROLLBACK it first");
    }
    Boolean onlyReads = start.readOnly();
    Boolean isSerializable = start.serializable();
    current =
        newTransaction(
            onlyReads != null ? onlyReads : readOnly,
            isSerializable != null ? isSerializable : serializable);
  }

  /** SET TRANSACTION and SET SESSION CHARACTERISTICS. */
  void setTransaction(PlannedStatement.SetTransaction set) {
    Boolean onlyReads = set.readOnly();
    Boolean isSerializable = set.serializable();
    if (set.ofSession()) {
      if (isSerializable != null) {
        setSerializable(isSerializable);
      }
      if (onlyReads != null) {
        setReadOnly(onlyReads);
      }
      return;
    }
    if (statementCommits()) {
      throw new EngineException(
          SqlState.INVALID_TRANSACTION_STATE,
          "SET TRANSACTION is about a transaction, and in autocommit none is open; START"
              + " TRANSACTION takes the same words, and SET SESSION CHARACTERISTICS AS TRANSACTION"
              + " sets them for all that follow");
    }
    SessionTransaction open = current;
    if (open != null && open.begun()) {
      throw new EngineException(
          SqlState.ACTIVE_TRANSACTION,
          "SET TRANSACTION comes before the first statement of its transaction; COMMIT or ROLLBACK"
              + " this one first");
    }
    boolean nowReadOnly = open != null ? open.readOnly() : readOnly;
    boolean nowSerializable = open != null ? open.serializable() : serializable;
    current =
        newTransaction(
            onlyReads != null ? onlyReads : nowReadOnly,
            isSerializable != null ? isSerializable : nowSerializable);
  }

  /** Commits one transaction, under the session's token if there is one. */
  CommitResult commit(SessionTransaction transaction) {
    if (!transaction.changed()) {
      transaction.commit(null);
      return new CommitResult(null, false);
    }
    String token = idempotencyToken;
    if (token != null && tokenUsed) {
      rollback(transaction);
      throw new EngineException(
          SqlState.INVALID_TRANSACTION_STATE,
          "the idempotency token '"
              + token
              + "' has already named a commit of this connection, so another change under it would"
              + " be taken for a repetition; set a new token, or do all of it in one transaction");
    }
    CommitResult result = transaction.commit(token);
    tokenUsed = token != null;
    return result;
  }

  private void rollback(SessionTransaction transaction) {
    StagedFileCleanup.remove(catalog.store(), transaction.rollback());
  }

  /** Drops a statement's own transaction, of which nothing was sent. */
  void abandon(SessionTransaction transaction) {
    if (transaction != current) {
      rollback(transaction);
    }
  }

  @Override
  public boolean autoCommit() {
    return autoCommit;
  }

  @Override
  public void setAutoCommit(boolean value) {
    open();
    if (value && !autoCommit) {
      commit();
    }
    autoCommit = value;
  }

  @Override
  public void commit() {
    open();
    SessionTransaction transaction = current;
    current = null;
    if (transaction != null) {
      try {
        commit(transaction);
      } catch (RuntimeException e) {
        throw EngineFailures.translate(e);
      }
    }
  }

  @Override
  public void rollback() {
    open();
    SessionTransaction transaction = current;
    current = null;
    if (transaction != null) {
      rollback(transaction);
    }
  }

  @Override
  public long setSavepoint(@Nullable String name) {
    if (statementCommits()) {
      throw noTransaction("a savepoint needs");
    }
    return transactionOfStatement().setSavepoint(name);
  }

  /** The newest savepoint of a name; 3B001 without one. */
  long savepoint(String name) {
    return savepointTransaction().savepoints().id(name);
  }

  @Override
  public void rollbackTo(long savepoint) {
    StagedFileCleanup.remove(catalog.store(), savepointTransaction().rollbackTo(savepoint));
  }

  @Override
  public void releaseSavepoint(long savepoint) {
    savepointTransaction().savepoints().release(savepoint);
  }

  private SessionTransaction savepointTransaction() {
    open();
    if (statementCommits()) {
      throw noTransaction("savepoints are part of");
    }
    SessionTransaction transaction = current;
    if (transaction == null) {
      throw Savepoints.missing("yet");
    }
    return transaction;
  }

  private static EngineException noTransaction(String what) {
    return new EngineException(
        SqlState.INVALID_TRANSACTION_STATE,
        what + " a transaction, and in autocommit none is open; START TRANSACTION opens one");
  }

  @Override
  public boolean inTransaction() {
    SessionTransaction open = current;
    return open != null && (open.begun() || autoCommit);
  }

  @Override
  public boolean readOnly() {
    return readOnly || catalog.readOnly();
  }

  @Override
  public void setReadOnly(boolean value) {
    betweenTransactions("read-only");
    readOnly = value;
    if (!value && config.flag(ConnectionProperty.READ_ONLY)) {
      readOnly = true;
    }
    current = null;
  }

  @Override
  public boolean serializable() {
    return serializable;
  }

  @Override
  public void setSerializable(boolean value) {
    betweenTransactions("the isolation level");
    serializable = value;
    current = null;
  }

  private void betweenTransactions(String setting) {
    open();
    if (inTransaction()) {
      throw new EngineException(
          SqlState.INVALID_TRANSACTION_STATE,
          setting + " cannot be changed in a transaction; COMMIT or ROLLBACK it first");
    }
  }

  @Override
  public Namespace currentSchema() {
    return currentSchema;
  }

  @Override
  public void setCurrentSchema(Namespace schema) {
    open();
    currentSchema = schema;
    SessionTransaction transaction = current;
    if (transaction != null) {
      transaction.setCurrentSchema(schema);
    }
  }

  /** SET TIME ZONE: not part of a transaction; null for the zone of the configuration. */
  void setTimeZone(@Nullable ZoneId zone) {
    open();
    planSettings = planSettings.in(zone == null ? firstTimeZone : zone);
  }

  @Override
  public void setIdempotencyToken(@Nullable String token) {
    open();
    idempotencyToken = token;
    tokenUsed = false;
  }

  @Override
  public @Nullable String idempotencyToken() {
    open();
    return idempotencyToken;
  }

  @Override
  public <T extends @Nullable Object> T underToken(String token, Supplier<T> work) {
    open();
    if (!statementCommits()) {
      throw new EngineException(
          SqlState.INVALID_TRANSACTION_STATE,
          "the idempotency token of a statement names the commit of that statement, and a"
              + " transaction is open; set the token of the connection");
    }
    String ofSession = idempotencyToken;
    boolean ofSessionUsed = tokenUsed;
    setIdempotencyToken(token);
    try {
      return work.get();
    } finally {
      idempotencyToken = ofSession;
      tokenUsed = ofSessionUsed;
    }
  }

  /** SET IDEMPOTENCY_TOKEN = DEFAULT. */
  void resetIdempotencyToken() {
    setIdempotencyToken(config.text(ConnectionProperty.IDEMPOTENCY_TOKEN).orElse(null));
  }

  @Override
  public CommitState commitState(String token) {
    open();
    try {
      return RequestScope.outside(() -> CommitLookup.state(catalog, token));
    } catch (RuntimeException e) {
      throw EngineFailures.translate(e);
    }
  }

  @Nullable String applicationName() {
    return applicationName;
  }

  @Override
  public void setApplicationName(@Nullable String name) {
    open();
    applicationName =
        name != null ? name : config.text(ConnectionProperty.APPLICATION_NAME).orElse(null);
    SessionTransaction transaction = current;
    if (transaction != null) {
      transaction.setApplicationName(applicationName);
    }
  }

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
  public List<TableDescription> describeAll(Namespace schema) {
    return look(transaction -> TableDescriptions.all(schema, transaction));
  }

  /** Reads definitions in the open transaction, or in one for this call only. */
  private <T> T look(Function<SessionTransaction, T> read) {
    open();
    SessionTransaction open = current;
    try {
      return read.apply(open != null ? open : newTransaction(true, false));
    } catch (RuntimeException e) {
      throw EngineFailures.translate(e);
    }
  }

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
