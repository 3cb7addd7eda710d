package dev.frazil.jdbc;

import dev.frazil.engine.Session;
import dev.frazil.engine.Session.TableDescription;
import dev.frazil.error.SqlState;
import dev.frazil.txn.CommitState;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** The part of a connection around transactions: commit, isolation, savepoints, tokens. */
abstract class ConnectionTransactions extends ConnectionExtras implements FrazilConnection {

  private volatile @Nullable ProgressListener progressListener;
  private volatile @Nullable Execution lastExecution;

  @Override
  public void setProgressListener(@Nullable ProgressListener listener) throws SQLException {
    checkOpen();
    progressListener = listener;
  }

  /** The listener of statements that have none of their own. */
  final @Nullable ProgressListener progressListener() {
    return progressListener;
  }

  /** A statement of the connection is executed. */
  final void lastExecution(Execution execution) {
    lastExecution = execution;
  }

  @Override
  public @Nullable QueryProfile lastProfile() {
    Execution last = lastExecution;
    return last == null ? null : last.profile();
  }

  @Override
  public Table table(String schema, String name) throws SQLException {
    if (schema == null || name == null) {
      throw SqlExceptions.invalid("the name of the schema or of the table is null");
    }
    TableIdentifier identifier = TableIdentifier.of(SchemaNames.parse(schema), name);
    return ask(() -> session().describe(identifier))
        .map(TableDescription::table)
        .orElseThrow(
            () ->
                SqlExceptions.of(
                    SqlState.UNDEFINED_TABLE, "the table " + identifier + " does not exist"));
  }

  @Override
  public Catalog icebergCatalog() throws SQLException {
    return ask(session()::icebergCatalog);
  }

  @Override
  public <T> T unwrap(@Nullable Class<T> type) throws SQLException {
    return type == Catalog.class ? type.cast(icebergCatalog()) : super.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> type) {
    return type == Catalog.class || super.isWrapperFor(type);
  }

  /** The session, for use inside {@link #ask}. */
  abstract Session session();

  /** Asks the session, alone on the connection. */
  abstract <T> T ask(Supplier<T> question) throws SQLException;

  final void tell(Runnable order) throws SQLException {
    ask(
        () -> {
          order.run();
          return true;
        });
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    return ask(session()::autoCommit);
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    tell(() -> session().setAutoCommit(autoCommit));
  }

  @Override
  public void commit() throws SQLException {
    rejectInAutoCommit("commit");
    tell(session()::commit);
  }

  @Override
  public void rollback() throws SQLException {
    rejectInAutoCommit("rollback");
    tell(session()::rollback);
  }

  private void rejectInAutoCommit(String call) throws SQLException {
    // START TRANSACTION opens one by SQL while autocommit is on.
    if (ask(() -> session().autoCommit() && !session().inTransaction())) {
      throw SqlExceptions.of(
          SqlState.INVALID_TRANSACTION_STATE,
          call + "() needs a transaction; call setAutoCommit(false) first");
    }
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return ask(session()::readOnly);
  }

  /** In a transaction only what it is already, as pools and frameworks set it once more. */
  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    tell(
        () -> {
          if (readOnly != session().readOnly()) {
            session().setReadOnly(readOnly);
          }
        });
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    return ask(session()::serializable) ? TRANSACTION_SERIALIZABLE : TRANSACTION_REPEATABLE_READ;
  }

  /** Weaker levels than snapshot isolation are raised to it, as JDBC allows. */
  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    boolean serializable =
        switch (level) {
          case TRANSACTION_SERIALIZABLE -> true;
          case TRANSACTION_REPEATABLE_READ,
              TRANSACTION_READ_COMMITTED,
              TRANSACTION_READ_UNCOMMITTED ->
              false;
          default -> throw SqlExceptions.unsupported("the isolation level " + level);
        };
    tell(
        () -> {
          if (serializable != session().serializable()) {
            session().setSerializable(serializable);
          }
        });
  }

  // ---- savepoints

  @Override
  public Savepoint setSavepoint() throws SQLException {
    return new JdbcSavepoint(ask(() -> session().setSavepoint(null)), null);
  }

  @Override
  public Savepoint setSavepoint(@Nullable String name) throws SQLException {
    if (name == null || name.isEmpty()) {
      throw SqlExceptions.invalid("the savepoint's name is empty");
    }
    return new JdbcSavepoint(ask(() -> session().setSavepoint(name)), name);
  }

  @Override
  public void rollback(@Nullable Savepoint savepoint) throws SQLException {
    ask(this::session);
    long id = JdbcSavepoint.id(savepoint);
    tell(() -> session().rollbackTo(id));
  }

  @Override
  public void releaseSavepoint(@Nullable Savepoint savepoint) throws SQLException {
    ask(this::session);
    long id = JdbcSavepoint.id(savepoint);
    tell(() -> session().releaseSavepoint(id));
  }

  // ---- tokens

  @Override
  public void setIdempotencyToken(@Nullable String token) throws SQLException {
    setClientInfo(IDEMPOTENCY_TOKEN, token);
  }

  @Override
  public Optional<String> findCommit(String token) throws SQLException {
    if (token == null) {
      throw SqlExceptions.invalid("the idempotency token is null");
    }
    CommitState state = ask(() -> session().commitState(token));
    return Optional.ofNullable(state.commitId());
  }

  @Override
  void applyIdempotencyToken(@Nullable String token) throws SQLException {
    tell(() -> session().setIdempotencyToken(token));
  }

  @Override
  @Nullable String idempotencyToken() throws SQLException {
    return ask(() -> Optional.ofNullable(session().idempotencyToken())).orElse(null);
  }

  @Override
  void applyApplicationName(@Nullable String name) throws SQLException {
    tell(() -> session().setApplicationName(name));
  }
}
