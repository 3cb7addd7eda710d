package dev.frazil.plan;

import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;

/**
 * Undoes what Calcite makes of a SUM over a window, {@code CASE WHEN COUNT(x) OVER w > 0 THEN
 * SUM(x) OVER w END}: our SUM over no value is null by itself.
 */
final class NullableSums extends RexShuttle {

  @Override
  public RexNode visitCall(RexCall call) {
    if (call.getKind() == SqlKind.CASE && call.getOperands().size() == 3) {
      List<RexNode> operands = call.getOperands();
      RexNode sum = operands.get(1);
      if (sum instanceof RexCall cast
          && cast.getKind() == SqlKind.CAST
          && cast.getOperands().get(0) instanceof RexOver inner
          && inner.getType().getSqlTypeName() == cast.getType().getSqlTypeName()) {
        sum = inner;
      }
      if (sum instanceof RexOver over
          && over.getAggOperator().getKind() == SqlKind.SUM
          && RexLiteral.isNullLiteral(operands.get(2))
          && operands.get(0) instanceof RexCall comparison
          && comparison.getKind() == SqlKind.GREATER_THAN
          && comparison.getOperands().get(0) instanceof RexOver count
          && count.getAggOperator().getKind() == SqlKind.COUNT
          && count.getOperands().equals(over.getOperands())
          && count.getWindow().equals(over.getWindow())
          && comparison.getOperands().get(1) instanceof RexLiteral literal
          && Long.valueOf(0).equals(literal.getValueAs(Long.class))) {
        return over;
      }
    }
    return super.visitCall(call);
  }
}
