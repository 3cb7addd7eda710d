package dev.frazil.plan;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;

/** An interval of any kind as one of months beside days; apart, as few statements need it. */
final class WidenedInterval {
  static final SqlFunction OPERATOR =
      new SqlFunction(
          "INTERVAL_WIDENED",
          SqlKind.OTHER_FUNCTION,
          binding ->
              MixedIntervals.type(binding.getTypeFactory(), binding.getOperandType(0).isNullable()),
          null,
          OperandTypes.INTERVAL,
          SqlFunctionCategory.TIMEDATE);

  private WidenedInterval() {}
}
