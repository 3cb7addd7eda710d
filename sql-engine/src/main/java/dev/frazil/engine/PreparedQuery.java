package dev.frazil.engine;

import dev.frazil.exec.CancellationToken;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.type.SqlType;
import java.util.List;

/**
 * A statement, parsed and planned, to be executed any number of times. Replans itself when tables
 * changed.
 */
public interface PreparedQuery {

  String sql();

  /** The columns of the result; empty for a statement that gives an update count. */
  List<ResultColumn> columns();

  /** Whether it gives rows. */
  default boolean givesRows() {
    return !columns().isEmpty();
  }

  /** The types of the {@code ?} markers. */
  List<SqlType> parameters();

  /** Runs it, whatever it gives. */
  default StatementResult execute(ParameterValues parameters, CancellationToken cancellation) {
    return execute(parameters, ExpectedResult.ANY, cancellation);
  }

  /**
   * Runs it. A query's work happens while the cursor is pulled.
   *
   * @param expected the kind of result; a statement of another kind is refused before it does
   *     anything
   */
  StatementResult execute(
      ParameterValues parameters, ExpectedResult expected, CancellationToken cancellation);

  /**
   * Runs a DML statement once for each set of values, as one unit: one commit in autocommit.
   *
   * @return one update count a set
   */
  long[] executeBatch(List<ParameterValues> batch, CancellationToken cancellation);

  /** Runs it as {@link #executeBatch} does, and keeps what its RETURNING gives. */
  BatchResult executeReturningBatch(List<ParameterValues> batch, CancellationToken cancellation);
}
