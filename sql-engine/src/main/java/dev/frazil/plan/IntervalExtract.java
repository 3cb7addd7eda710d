package dev.frazil.plan;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlExtractFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** EXTRACT as Calcite has it, and any field of an interval of months beside days. Thread-safe. */
final class IntervalExtract extends SqlExtractFunction {
  static final IntervalExtract INSTANCE = new IntervalExtract();

  private IntervalExtract() {
    super("EXTRACT", false);
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
    return MixedIntervals.isMixed(binding.getOperandType(1))
        || super.checkOperandTypes(binding, throwOnFailure);
  }

  @Override
  public void validateCall(
      SqlCall call, SqlValidator validator, SqlValidatorScope scope, SqlValidatorScope operands) {
    if (!MixedIntervals.isMixed(validator.deriveType(scope, call.operand(1)))) {
      super.validateCall(call, validator, scope, operands);
      return;
    }
    for (SqlNode operand : call.getOperandList()) {
      operand.validateExpr(validator, operands);
    }
  }
}
