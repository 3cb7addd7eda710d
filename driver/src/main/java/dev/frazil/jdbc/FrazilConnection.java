package dev.frazil.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * What a connection can do beyond {@code java.sql.Connection}; {@code
 * connection.unwrap(FrazilConnection.class)} gives it. Thread-safe as the connection is.
 */
public interface FrazilConnection {

  /**
   * Names the next commit of this connection: however often, and from however many processes, a
   * unit of work is committed under one token, it is applied once. The same as the client info
   * {@code IdempotencyToken} and {@code SET IDEMPOTENCY_TOKEN}.
   *
   * @param token null for none
   */
  void setIdempotencyToken(@Nullable String token) throws SQLException;

  /**
   * Who is told how far the statements of this connection are that have no listener of their own;
   * {@link FrazilStatement#setProgressListener}.
   *
   * @param listener null for none
   */
  void setProgressListener(@Nullable ProgressListener listener) throws SQLException;

  /**
   * A table as this connection sees it now, in its transaction if one is open. It never moves; ask
   * again to see more. To be read: what is changed through it is refused or of no effect, SQL and
   * {@link #icebergCatalog} change tables. In the driver jar Iceberg's classes have the prefix
   * {@code dev.frazil.shaded.}; a program that uses the modules instead has the plain ones.
   *
   * @param schema with dots between its levels
   * @throws SQLException 42P01 without such a table
   */
  Table table(String schema, String name) throws SQLException;

  /**
   * The same database as a standard Iceberg catalog, also by {@code connection.unwrap(Catalog
   * .class)}. What is committed through it is committed at once, beside the transaction of this
   * connection. Good while a connection to the database is open; failures are unchecked, as
   * Iceberg's are. Thread-safe.
   */
  Catalog icebergCatalog() throws SQLException;

  /**
   * Whether a commit under a token is in the database, for sure: when none is found, the root of
   * the database is moved on, so that one that is still on its way through the network cannot land
   * later. Meant to be asked after an {@link UnknownCommitOutcomeException}. Also as SQL: {@code
   * SHOW COMMIT STATE OF 'token'}. In a catalog of another system there is no root to move on: the
   * answer is of now.
   *
   * @return the id of the commit, empty if nothing was applied under the token
   * @throws SQLException 25006 over a read-only connection that finds nothing, 08001 if the store
   *     does not answer
   */
  Optional<String> findCommit(String token) throws SQLException;
}
