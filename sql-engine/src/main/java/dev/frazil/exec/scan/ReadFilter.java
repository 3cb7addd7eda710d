package dev.frazil.exec.scan;

import dev.frazil.exec.QueryContext;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScalarExpression;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** Which rows of a table an execution relies on, for the validation of its commit. */
public final class ReadFilter {
  private ReadFilter() {}

  /** In Iceberg's terms, with the values that the parameters have in this execution. */
  public static Expression of(TableScan scan, QueryContext context) {
    ScalarExpression residual = scan.residual();
    if (residual == null
        || (!PruningExpression.holdsParameter(residual)
            && !PruningExpression.holdsOrderOfFloats(residual))) {
      return scan.pruning();
    }
    PruningExpression refinement =
        new PruningExpression(ScanPlan.names(scan, ScanFiles.schema(scan.table())), context);
    return Expressions.and(scan.pruning(), refinement.namingNaN().required(residual));
  }
}
