package dev.frazil.engine;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseMoment;
import dev.frazil.catalog.SchemaName;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.maintenance.StagedFileCleanup;
import dev.frazil.plan.HistoryPlanner;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.storage.RequestScope;
import dev.frazil.txn.CommitResult;
import dev.frazil.txn.IsolationLevel;
import java.time.ZoneId;
import java.util.Set;
import org.apache.iceberg.catalog.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of a session, one after the other, and what the next one begins with. Errors:
 * 25000, 25001, 3B001 for what does not fit the state. One thread at a time.
 */
final class SessionTransactions {
  private final DatabaseSession session;
  private final DatabaseCatalog catalog;
  private final SessionToken token;
  private final boolean alwaysReadOnly;
  private final @Nullable String firstApplicationName;
  private boolean autoCommit = true;
  private @Nullable SessionMoment asOf;
  private boolean readOnly;
  private boolean serializable;
  private Namespace schema;
  private @Nullable String applicationName;
  private @Nullable SessionTransaction current;

  SessionTransactions(DatabaseSession session, ConnectionConfig config) {
    this.session = session;
    this.catalog = session.catalog();
    this.token = session.token();
    ZoneId zone = session.planSettings().timeZone();
    this.alwaysReadOnly = config.flag(ConnectionProperty.READ_ONLY) || catalog.readOnly();
    this.firstApplicationName = config.text(ConnectionProperty.APPLICATION_NAME).orElse(null);
    this.applicationName = firstApplicationName;
    this.readOnly = alwaysReadOnly;
    this.serializable =
        config.text(ConnectionProperty.ISOLATION).orElse("serializable").equals("serializable");
    this.asOf =
        config
            .text(ConnectionProperty.AS_OF)
            .map(text -> new SessionMoment(HistoryPlanner.moment(text, zone)))
            .orElse(null);
    this.schema = SchemaName.parse(config.text(ConnectionProperty.SCHEMA).orElse("main"));
  }

  // ---- the one that is open

  /** Whether every statement is a transaction of its own at this moment. */
  boolean statementCommits() {
    return autoCommit && current == null;
  }

  /** Whether one has read or written since the last commit. */
  boolean active() {
    SessionTransaction open = current;
    return open != null && (open.begun() || autoCommit);
  }

  /** The transaction of the next statement; a new one, not kept, in autocommit. */
  SessionTransaction ofStatement() {
    SessionTransaction open = current;
    if (open != null) {
      return open;
    }
    SessionTransaction begun = begin(readOnly, serializable, asOf);
    if (autoCommit) {
      begun.endWithStatement();
    } else {
      current = begun;
    }
    return begun;
  }

  /** The open one, or one for a single look at definitions. */
  SessionTransaction forLooking() {
    SessionTransaction open = current;
    return open != null ? open : begin(true, false, asOf);
  }

  private SessionTransaction begin(
      boolean onlyReads, boolean isSerializable, @Nullable SessionMoment moment) {
    return new SessionTransaction(
        catalog,
        isSerializable ? IsolationLevel.SERIALIZABLE : IsolationLevel.SNAPSHOT,
        onlyReads,
        moment,
        applicationName,
        schema);
  }

  /** START TRANSACTION. */
  void start(PlannedStatement.StartTransaction start) {
    SessionTransaction open = current;
    if (open != null && (open.begun() || autoCommit)) {
      throw new EngineException(
          SqlState.ACTIVE_TRANSACTION,
          "a transaction is open already; COMMIT or ROLLBACK it first");
    }
    Boolean onlyReads = start.readOnly();
    Boolean isSerializable = start.serializable();
    DatabaseMoment moment = start.moment();
    if (moment != null && Boolean.FALSE.equals(onlyReads)) {
      throw new EngineException(
          SqlState.READ_ONLY_TRANSACTION,
          "READ WRITE does not go with an earlier state of the database, which nothing changes");
    }
    SessionMoment earlier = moment == null ? asOf : new SessionMoment(moment);
    SessionTransaction begun =
        begin(
            onlyReads != null ? onlyReads : readOnly,
            isSerializable != null ? isSerializable : serializable,
            earlier);
    if (moment != null) {
      begun.transaction(); // tells now what is not known of that moment
    }
    current = begun;
  }

  /** SET TRANSACTION and SET SESSION CHARACTERISTICS. */
  void set(PlannedStatement.SetTransaction set) {
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
      throw TransactionFailures.nothingToSet();
    }
    SessionTransaction open = current;
    if (open != null && open.begun()) {
      throw TransactionFailures.setTooLate();
    }
    boolean nowReadOnly = open != null ? open.readOnly() : readOnly;
    boolean nowSerializable = open != null ? open.serializable() : serializable;
    current =
        begin(
            onlyReads != null ? onlyReads : nowReadOnly,
            isSerializable != null ? isSerializable : nowSerializable,
            open != null ? open.moment() : asOf);
  }

  // ---- its end

  /** Commits one transaction, under the session's token if there is one. */
  CommitResult commit(SessionTransaction transaction) {
    if (!transaction.changed()) {
      transaction.commit(null);
      return new CommitResult(null, false);
    }
    try {
      token.requireUnused();
    } catch (EngineException e) {
      rollback(transaction);
      throw e;
    }
    Set<String> purged = transaction.purged();
    CommitResult result = transaction.commit(token.name());
    token.use();
    if (!result.alreadyApplied()) {
      TablePurges.run(purged, session);
      new AutoMaintenance(session, transaction.transaction()).run();
    }
    return result;
  }

  /** Commits the open one, if there is one. */
  void commit() {
    SessionTransaction transaction = current;
    current = null;
    if (transaction != null) {
      commit(transaction);
    }
  }

  /** Drops what the open one changed. */
  void rollback() {
    SessionTransaction transaction = current;
    current = null;
    if (transaction != null) {
      rollback(transaction);
    }
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

  // ---- savepoints

  long setSavepoint(@Nullable String name) {
    if (statementCommits()) {
      throw TransactionFailures.noneOpen("a savepoint needs");
    }
    return ofStatement().setSavepoint(name);
  }

  /** The newest savepoint of a name. */
  long savepoint(String name) {
    return withSavepoints().savepoints().id(name);
  }

  void rollbackTo(long savepoint) {
    StagedFileCleanup.remove(catalog.store(), withSavepoints().rollbackTo(savepoint));
  }

  void releaseSavepoint(long savepoint) {
    withSavepoints().savepoints().release(savepoint);
  }

  private SessionTransaction withSavepoints() {
    if (statementCommits()) {
      throw TransactionFailures.noneOpen("savepoints are part of");
    }
    SessionTransaction transaction = current;
    if (transaction == null) {
      throw Savepoints.missing("yet");
    }
    return transaction;
  }

  // ---- what they begin with

  boolean autoCommit() {
    return autoCommit;
  }

  /** Turning it on commits an open transaction. */
  void setAutoCommit(boolean value) {
    if (value && !autoCommit) {
      commit();
    }
    autoCommit = value;
  }

  boolean readOnly() {
    return readOnly || asOf != null;
  }

  /** The earlier state of the database that is read; null for the newest. */
  @Nullable SessionMoment asOf() {
    return asOf;
  }

  /** 0A000 while an earlier state is read. */
  void requireNewest(String what) {
    if (asOf != null) {
      throw EngineException.unsupported(what + " of a database that is shown as it was earlier,");
    }
  }

  /** 22023 for a moment that the history does not reach. */
  void setAsOf(@Nullable DatabaseMoment moment) {
    requireBetween("asOf");
    SessionMoment earlier = moment == null ? null : new SessionMoment(moment);
    if (earlier != null) {
      RequestScope.runOutside(() -> earlier.snapshot(catalog));
    }
    asOf = earlier;
    current = null;
  }

  void setReadOnly(boolean value) {
    requireBetween("read-only");
    readOnly = value || alwaysReadOnly;
    current = null;
  }

  boolean serializable() {
    return serializable;
  }

  void setSerializable(boolean value) {
    requireBetween("the isolation level");
    serializable = value;
    current = null;
  }

  private void requireBetween(String setting) {
    if (active()) {
      throw new EngineException(
          SqlState.INVALID_TRANSACTION_STATE,
          setting + " cannot be changed in a transaction; COMMIT or ROLLBACK it first");
    }
  }

  Namespace schema() {
    return schema;
  }

  /** Of the open one, too. */
  void setSchema(Namespace value) {
    schema = value;
    SessionTransaction transaction = current;
    if (transaction != null) {
      transaction.setCurrentSchema(value);
    }
  }

  @Nullable String applicationName() {
    return applicationName;
  }

  /** Null for the name that the connection began with. */
  void setApplicationName(@Nullable String name) {
    applicationName = name != null ? name : firstApplicationName;
    SessionTransaction transaction = current;
    if (transaction != null) {
      transaction.setApplicationName(applicationName);
    }
  }
}
