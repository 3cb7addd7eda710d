package dev.frazil.plan;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * ROUND and TRUNCATE whose decimals have the digits that were asked for, and room for the one that
 * rounding up may add, where Calcite's keep the type of the argument. Thread-safe.
 */
final class RoundingOperators {
  static final SqlFunction ROUND = operator("ROUND", 1);
  static final SqlFunction TRUNCATE = operator("TRUNCATE", 0);

  private RoundingOperators() {}

  private static SqlFunction operator(String name, int carriedDigits) {
    return new SqlFunction(
        name,
        SqlKind.OTHER_FUNCTION,
        binding -> resultType(binding, carriedDigits),
        null,
        OperandTypes.NUMERIC.or(OperandTypes.NUMERIC_INT32),
        SqlFunctionCategory.NUMERIC);
  }

  private static RelDataType resultType(SqlOperatorBinding binding, int carriedDigits) {
    RelDataType argument = binding.getOperandType(0);
    boolean nullable =
        argument.isNullable()
            || (binding.getOperandCount() > 1 && binding.getOperandType(1).isNullable());
    RelDataType type = argument;
    if (argument.getSqlTypeName() == SqlTypeName.DECIMAL) {
      int scale = scale(binding, argument.getScale());
      boolean isUnchanged = scale == argument.getScale() && isConstantScale(binding);
      int whole = argument.getPrecision() - argument.getScale() + carriedDigits;
      int precision = Math.max(1, Math.min(whole + scale, FrazilTypeSystem.MAX_DECIMAL));
      if (!isUnchanged) {
        type = binding.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, precision, scale);
      }
    }
    return binding.getTypeFactory().createTypeWithNullability(type, nullable);
  }

  /** The digits that are left after the point: those of the argument where it is no constant. */
  private static int scale(SqlOperatorBinding binding, int argumentScale) {
    if (binding.getOperandCount() < 2) {
      return 0;
    }
    if (!binding.isOperandLiteral(1, false)) {
      return argumentScale;
    }
    Integer digits = binding.getOperandLiteralValue(1, Integer.class);
    return digits == null ? argumentScale : Math.max(0, Math.min(digits, argumentScale));
  }

  private static boolean isConstantScale(SqlOperatorBinding binding) {
    return binding.getOperandCount() < 2 || binding.isOperandLiteral(1, false);
  }
}
