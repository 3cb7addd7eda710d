package dev.frazil.jdbc;

import dev.frazil.config.ConnectionProperty;
import dev.frazil.engine.PreparedQuery;
import dev.frazil.engine.Session;
import java.sql.CallableStatement;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session on a database. Calls from several threads wait for each other; {@code Statement.cancel}
 * and {@link #abort} do not wait.
 */
final class JdbcConnection extends ConnectionTransactions {
  private final JdbcUrl url;
  private final ConnectionResources resources;
  private final ConnectionOwner connectionOwner;
  private final Session session;
  private final SessionLock lock;

  /** Weak: a statement that was never closed can be collected before the connection. */
  private final Set<JdbcStatement> statements =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final int defaultTimeoutSeconds;
  private final ReportedTypes types;
  private volatile boolean closed;
  private @Nullable SQLWarning warnings;

  /**
   * @param owner told when this is closed
   */
  JdbcConnection(JdbcUrl url, ConnectionResources resources, ConnectionOwner owner) {
    this.url = url;
    this.resources = resources;
    this.connectionOwner = owner;
    this.session = resources.session();
    this.types = ReportedTypes.of(url.config());
    this.lock = resources.lock();
    this.defaultTimeoutSeconds = url.config().integer(ConnectionProperty.QUERY_TIMEOUT, 0);
  }

  /** A connection of its own, freed when it is closed, or collected without. */
  static JdbcConnection open(JdbcUrl url, EngineRegistry registry) throws SQLException {
    ConnectionResources resources = ConnectionResources.open(url, registry);
    SoleOwner owner = new SoleOwner(resources);
    JdbcConnection connection = new JdbcConnection(url, resources, owner);
    owner.watch(connection);
    return connection;
  }

  // ---- statements

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    checkOpen();
    return register(new JdbcStatement(this, kind(type, concurrency, holdability)));
  }

  /** JDBC 15.1: who creates a statement that gives less than was asked for is warned here. */
  private ResultSetKind kind(int type, int concurrency, int holdability) throws SQLException {
    ResultSetKind kind = ResultSetKind.of(type, concurrency, holdability);
    SQLWarning less = kind.warning();
    if (less != null) {
      warn(new SQLWarning(less.getMessage(), less.getSQLState()));
    }
    return kind;
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    checkOpen();
    ResultSetKind kind = kind(type, concurrency, holdability);
    return register(new JdbcPreparedStatement(this, prepare(sql), null, kind));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    checkOpen();
    ResultSetKind kind = kind(type, concurrency, holdability);
    return register(new JdbcCallableStatement(this, prepare(sql), kind));
  }

  private PreparedQuery prepare(String sql) throws SQLException {
    checkOpen();
    if (sql == null) {
      throw SqlExceptions.invalid("the statement is null");
    }
    String translated = EscapeSyntax.translate(sql);
    return new Execution(lock, defaultTimeoutSeconds).work(() -> session.prepare(translated));
  }

  @Override
  PreparedStatement prepareForKeys(String sql, List<String> columns) throws SQLException {
    checkOpen();
    if (sql == null) {
      throw SqlExceptions.invalid("the statement is null");
    }
    String translated = EscapeSyntax.translate(sql);
    Execution execution = new Execution(lock, defaultTimeoutSeconds);
    PreparedQuery query = execution.work(() -> session.prepare(translated));
    PreparedQuery keyed = execution.work(() -> session.prepareReturning(translated, columns));
    return register(new JdbcPreparedStatement(this, query, keyed, ResultSetKind.FORWARD));
  }

  @Override
  @Nullable List<String> keyNames(String sql, int @Nullable [] positions) throws SQLException {
    checkOpen();
    if (sql == null) {
      throw SqlExceptions.invalid("the statement is null");
    }
    return keyNamesOf(EscapeSyntax.translate(sql), positions);
  }

  /** As above, of a text without escapes. */
  @Nullable List<String> keyNamesOf(String sql, int @Nullable [] positions) throws SQLException {
    return new Execution(lock, defaultTimeoutSeconds)
        .<@Nullable List<String>>work(() -> GeneratedKeys.of(positions, session, sql));
  }

  private <S extends JdbcStatement> S register(S statement) {
    statements.add(statement);
    return statement;
  }

  void forget(JdbcStatement statement) {
    statements.remove(statement);
    if (statement instanceof PreparedStatement prepared) {
      connectionOwner.statementClosed(prepared);
    }
  }

  PreparedQuery prepare(String sql, Execution execution) throws SQLException {
    return execution.work(() -> session.prepare(sql));
  }

  PreparedQuery prepare(String sql, List<String> keys, Execution execution) throws SQLException {
    return execution.work(() -> session.prepareReturning(sql, keys));
  }

  @Override
  SessionLock lock() {
    return lock;
  }

  ConnectionResources resources() {
    return resources;
  }

  int defaultTimeoutSeconds() {
    return defaultTimeoutSeconds;
  }

  // ---- names

  /** Null: there are no catalogs, only schemas. */
  @Override
  public @Nullable String getCatalog() throws SQLException {
    checkOpen();
    return null;
  }

  /** Ignored, as JDBC asks where there are no catalogs. */
  @Override
  public void setCatalog(@Nullable String catalog) throws SQLException {
    checkOpen();
  }

  @Override
  public String getSchema() throws SQLException {
    return SchemaNames.text(ask(session::currentSchema));
  }

  @Override
  public void setSchema(@Nullable String schema) throws SQLException {
    if (schema == null || schema.isEmpty()) {
      throw SqlExceptions.invalid("the schema's name is empty");
    }
    tell(() -> session.setCurrentSchema(SchemaNames.parse(schema)));
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    checkOpen();
    return new JdbcDatabaseMetaData(this);
  }

  JdbcUrl url() {
    return url;
  }

  /** Which types the client is told of. */
  ReportedTypes types() {
    return types;
  }

  // ---- state

  @Override
  <T> T ask(Supplier<T> question) throws SQLException {
    checkOpen();
    lock.lock();
    try {
      return SqlExceptions.call(question);
    } catch (SQLException e) {
      lock.failed(e);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  @Override
  Session session() {
    return session;
  }

  @Override
  void checkOpen() throws SQLException {
    if (isClosed()) {
      throw SqlExceptions.connectionClosed();
    }
  }

  @Override
  public boolean isClosed() {
    return closed || lock.networkTimeout().expired();
  }

  /**
   * Costs nothing: there is no server to ask, and a store that is down shows at the next statement.
   */
  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    if (timeoutSeconds < 0) {
      throw SqlExceptions.invalid("the timeout must not be negative");
    }
    return !isClosed();
  }

  @Override
  public void close() throws SQLException {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      closeStatements();
    } finally {
      lock.unlock();
      connectionOwner.release();
    }
  }

  private void closeStatements() throws SQLException {
    List<JdbcStatement> open;
    synchronized (statements) {
      open = new ArrayList<>(statements);
    }
    SQLException first = null;
    for (JdbcStatement statement : open) {
      try {
        statement.close();
      } catch (SQLException e) {
        if (first == null) {
          first = e;
        } else {
          first.setNextException(e); // put behind those that are there
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  @Override
  public void abort(@Nullable Executor executor) throws SQLException {
    if (executor == null) {
      throw SqlExceptions.invalid("the executor is null");
    }
    if (closed) {
      return;
    }
    synchronized (statements) {
      for (JdbcStatement statement : statements) {
        statement.cancelRunning();
      }
    }
    executor.execute(
        () -> {
          try {
            close();
          } catch (SQLException e) {
            FrazilLog.LOGGER.warn("an aborted connection did not close cleanly", e);
          }
        });
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return warnings;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    warnings = null;
  }

  /** Once of a kind: a connection lives long, and hardly anybody clears its warnings. */
  @Override
  void warn(SQLWarning warning) {
    SQLWarning first = warnings;
    if (first == null) {
      warnings = warning;
      return;
    }
    for (SQLWarning there = first; there != null; there = there.getNextWarning()) {
      if (Objects.equals(there.getMessage(), warning.getMessage())) {
        return;
      }
    }
    first.setNextWarning(warning);
  }

  @Override
  public String toString() {
    return "Frazil connection to " + url.config().warehouse().location();
  }
}
