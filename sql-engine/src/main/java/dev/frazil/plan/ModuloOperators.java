package dev.frazil.plan;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * MOD and {@code %} of floating point too, where Calcite's cast it to decimals of 15 digits after
 * the point, which most doubles are not. Thread-safe.
 */
final class ModuloOperators {
  static final SqlFunction MOD =
      new SqlFunction(
          "MOD",
          SqlKind.MOD,
          ModuloOperators::resultType,
          null,
          OperandTypes.NUMERIC_NUMERIC,
          SqlFunctionCategory.NUMERIC);

  /** Of a class of its own, since Calcite's conversion of {@code %} takes only its own operator. */
  static final SqlBinaryOperator SYMBOL =
      new SqlBinaryOperator(
          "%",
          SqlKind.MOD,
          60,
          true,
          ModuloOperators::resultType,
          null,
          OperandTypes.NUMERIC_NUMERIC) {};

  private ModuloOperators() {}

  private static RelDataType resultType(SqlOperatorBinding binding) {
    boolean isApproximate =
        binding.collectOperandTypes().stream().anyMatch(SqlTypeUtil::isApproximateNumeric);
    return (isApproximate ? ReturnTypes.LEAST_RESTRICTIVE : ReturnTypes.NULLABLE_MOD)
        .inferReturnType(binding);
  }
}
