package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.type.SqlType;
import java.util.List;

/** What a planned statement takes and gives. */
final class StatementShape {
  static final List<ResultColumn> EXPLAIN_COLUMNS =
      List.of(new ResultColumn("plan", SqlType.Primitive.VARCHAR, false, null, null));

  private StatementShape() {}

  static List<ResultColumn> columns(PlannedStatement planned) {
    if (planned instanceof PlannedStatement.Query query) {
      return query.results();
    } else if (planned instanceof PlannedStatement.Insert insert) {
      return insert.returned();
    } else if (planned instanceof PlannedStatement.RowChange change) {
      return change.returned();
    }
    if (planned instanceof PlannedStatement.Call call) {
      return call.procedure().results();
    }
    if (planned instanceof PlannedStatement.OfHistory ofHistory) {
      return HistoryStatements.columns(ofHistory.request());
    }
    if (planned instanceof PlannedStatement.ShowCommitState) {
      return SessionStatements.COMMIT_STATE_COLUMNS;
    }
    return planned instanceof PlannedStatement.Explain ? EXPLAIN_COLUMNS : List.of();
  }

  static boolean changesData(PlannedStatement planned) {
    return planned instanceof PlannedStatement.Insert
        || planned instanceof PlannedStatement.RowChange
        || planned instanceof PlannedStatement.Truncate;
  }

  static void checkParameters(PlannedStatement planned, ParameterValues parameters) {
    int expected = planned.parameters().size();
    if (parameters.values().size() != expected) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "the statement has "
              + expected
              + " parameters, but "
              + parameters.values().size()
              + " values were given");
    }
  }
}
