package dev.frazil.dml;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.expression.Evaluator;
import dev.frazil.exec.expression.ExpressionEvaluator;
import dev.frazil.plan.TableCheck;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.List;

/** Refuses rows for which a CHECK of their table is false (23514). One thread. */
public final class CheckedRows {
  private final String table;
  private final List<TableCheck> checks;
  private final List<Evaluator> conditions;

  public CheckedRows(String table, List<TableCheck> checks, QueryContext context) {
    this.table = table;
    this.checks = checks;
    this.conditions =
        checks.stream()
            .map(check -> ExpressionEvaluator.compile(check.condition(), context))
            .toList();
  }

  /** Looks at the rows alive of a batch that begins with the columns of the table. */
  public void verify(RowBatch batch) {
    int[] rows = RowBatches.positions(batch);
    for (int i = 0; i < checks.size(); i++) {
      BooleanVector held = (BooleanVector) conditions.get(i).evaluate(batch);
      for (int k = 0; k < batch.selectedCount(); k++) {
        if (!held.isNull(rows[k]) && !held.values()[rows[k]]) {
          throw new EngineException(
              SqlState.CHECK_VIOLATION,
              "a row does not satisfy the constraint \""
                  + checks.get(i).name()
                  + "\" of table "
                  + table
                  + ": CHECK ("
                  + checks.get(i).text()
                  + ")");
        }
      }
    }
  }
}
