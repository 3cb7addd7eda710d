package dev.frazil.engine;

import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.Operator;
import dev.frazil.exec.OperatorFactory;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.ConstantSource;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorValues;
import org.jspecify.annotations.Nullable;

/** Constants of one execution, or of the description of a statement. One thread. */
final class PlanConstants implements ConstantSource {
  private final DatabaseSession session;
  private final @Nullable ParameterValues parameters;
  private boolean asked;

  /**
   * @param parameters null where the statement is only described
   */
  PlanConstants(DatabaseSession session, @Nullable ParameterValues parameters) {
    this.session = session;
    this.parameters = parameters;
  }

  /** Whether the plan depends on one: then it is no plan for the next execution. */
  boolean asked() {
    return asked;
  }

  @Override
  public @Nullable Object value(PlannedStatement.Query query) {
    asked = true;
    ParameterValues known = parameters == null ? ParameterValues.none() : parameters;
    if (known.values().size() != query.parameters().size()) {
      return UNKNOWN; // a wrong number of them is told when the statement runs
    }
    return only(query, session.context(known, new CancellationToken()));
  }

  /** The only value of a query of one row and column. */
  static @Nullable Object only(PlannedStatement.Query query, QueryContext context) {
    try (Operator operator = OperatorFactory.create(query.root(), context)) {
      RowBatch batch = operator.next();
      if (batch == null || batch.rowCount() != 1) {
        throw new IllegalStateException("a constant is one row");
      }
      return VectorValues.read(batch.column(0), 0);
    }
  }
}
