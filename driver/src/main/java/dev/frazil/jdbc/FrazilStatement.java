package dev.frazil.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a statement can do beyond {@code java.sql.Statement}; {@code
 * statement.unwrap(FrazilStatement.class)} gives it. Thread-safe as the connection is.
 */
public interface FrazilStatement {

  /**
   * Names the commit of the next execution of this statement, a batch of a prepared one included,
   * in place of the token of the connection: however often, and from however many processes, it is
   * executed under one token, it is applied once; later it counts 0 rows. The token is good for one
   * execution, also for one that fails. In a transaction that execution is 25000: there the
   * connection has the token.
   *
   * @param token null for none
   */
  void setIdempotencyToken(@Nullable String token) throws SQLException;

  /**
   * Who is told how far the executions of this statement are, from the next one on, in place of the
   * listener of the connection.
   *
   * @param listener null for none
   */
  void setProgressListener(@Nullable ProgressListener listener) throws SQLException;
}
