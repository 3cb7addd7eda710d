package dev.frazil.engine;

import dev.frazil.exec.CancellationToken;
import dev.frazil.plan.TableLayout;
import dev.frazil.txn.CommitState;
import dev.frazil.type.SqlType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * One connection's state: schema, transaction, settings. One thread at a time, except that a {@code
 * CancellationToken} may be cancelled from any.
 */
public interface Session extends AutoCloseable {

  PreparedQuery prepare(String sql);

  /**
   * A statement that also returns columns of the rows that it changes, all if none are named; the
   * statement itself if it changes no rows or says what it returns.
   */
  PreparedQuery prepareReturning(String sql, List<String> columns);

  /**
   * The rows of a cursor of this session, to be read in any order; closes the cursor when closed.
   *
   * @param limit the most rows that it gives
   */
  ScrollableCursor scrollable(ResultCursor rows, long limit, CancellationToken cancellation);

  boolean autoCommit();

  /** Turning it on commits an open transaction. */
  void setAutoCommit(boolean autoCommit);

  /**
   * Commits what the transaction changed; 40001 on a conflict, 08007 when the outcome is unknown.
   */
  void commit();

  /** Drops what the transaction changed. */
  void rollback();

  /**
   * Marks the state of the transaction, which it begins if need be; 25000 in autocommit.
   *
   * @param name for SQL; a savepoint of the same name is replaced
   * @return names the savepoint in the two calls below
   */
  long setSavepoint(@Nullable String name);

  /** Drops what the transaction changed since; 3B001 for a savepoint that it does not have. */
  void rollbackTo(long savepoint);

  /** Forgets a savepoint and those set after it; 3B001 as above. */
  void releaseSavepoint(long savepoint);

  /** Whether a transaction has read or written since the last commit. */
  boolean inTransaction();

  boolean readOnly();

  void setReadOnly(boolean readOnly);

  /** Whether transactions are serializable (the default) rather than snapshot-isolated. */
  boolean serializable();

  void setSerializable(boolean serializable);

  Namespace currentSchema();

  void setCurrentSchema(Namespace schema);

  /** The name under which the next commits are applied at most once; null for none. */
  void setIdempotencyToken(@Nullable String token);

  /** That name, however it was set: by the configuration, by a call or by SQL. */
  @Nullable String idempotencyToken();

  /**
   * Does work, the run of one statement, whose commit has a name of its own; afterwards that of the
   * session counts again. 25000 within a transaction, which commits later.
   */
  <T extends @Nullable Object> T underToken(String token, Supplier<T> work);

  /**
   * Whether a commit under a token is in the database, for sure: one request, and if none is found
   * a swap of the root that keeps those out that are still on their way.
   */
  CommitState commitState(String token);

  /**
   * The name in the summary of the snapshots of the transactions that begin from now on; null for
   * the one of the configuration.
   */
  void setApplicationName(@Nullable String name);

  /** The database as a standard Iceberg catalog, outside of the transactions of the session. */
  Catalog icebergCatalog();

  /** All schemas, sorted. */
  List<Namespace> schemas();

  /** The tables of a schema, sorted. */
  List<TableIdentifier> tables(Namespace schema);

  /** The columns of a table, in order; empty where there is no such table. */
  Optional<TableDescription> describe(TableIdentifier identifier);

  /**
   * The tables that satisfy a test and behind them the views that satisfy another, both sorted by
   * schema and name, seen at one point of time: one request, and none in a transaction that has
   * begun.
   *
   * @param readComments whether the metadata of those tables and views is read for their comments;
   *     else only comments are told that are in memory
   */
  List<TableListing> list(
      Predicate<TableIdentifier> tables, Predicate<TableIdentifier> views, boolean readComments);

  /**
   * The columns of the tables and views that satisfy a test, sorted by schema and name, seen at one
   * point of time; read as in {@link #describe(Predicate, Consumer)}.
   */
  List<ColumnsOf> columns(Predicate<TableIdentifier> wanted);

  /**
   * Describes the tables that satisfy a test, sorted by schema and name, seen at one point of time.
   * The metadata of no other table is read. It comes side by side, of some tables at a time.
   */
  void describe(Predicate<TableIdentifier> wanted, Consumer<TableDescription> each);

  /** Rolls back and frees. */
  @Override
  void close();

  /** A table or view in a list; the comment is null where there is none, or was not read. */
  record TableListing(TableIdentifier identifier, @Nullable String comment, boolean isView) {
    /** A table. */
    public TableListing(TableIdentifier identifier, @Nullable String comment) {
      this(identifier, comment, false);
    }
  }

  /** A table for metadata calls; {@code primaryKey} need not be enforced. */
  record TableDescription(
      TableIdentifier identifier,
      Table table,
      @Nullable String comment,
      List<ColumnDescription> columns,
      List<String> primaryKey,
      TableLayout layout) {}

  /** The columns of a table or view, in order. */
  record ColumnsOf(TableIdentifier identifier, List<ColumnDescription> columns) {}

  /** A column for metadata calls; {@code defaultValue} as SQL, null where it has none. */
  record ColumnDescription(
      String name,
      SqlType type,
      boolean nullable,
      @Nullable String comment,
      @Nullable String defaultValue,
      int position) {}
}
