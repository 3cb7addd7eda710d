package dev.frazil.plan;

import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlCoalesceFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/**
 * COALESCE, GREATEST and LEAST that take dates and timestamps beside each other, of which Calcite's
 * say that they have no type in common. Thread-safe.
 */
final class CommonTypeOperators {
  static final SqlFunction COALESCE =
      new SqlCoalesceFunction() {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
          return areTimes(binding) || super.checkOperandTypes(binding, throwOnFailure);
        }
      };

  static final SqlFunction GREATEST = extreme("GREATEST", SqlKind.GREATEST);
  static final SqlFunction LEAST = extreme("LEAST", SqlKind.LEAST);

  private CommonTypeOperators() {}

  private static SqlFunction extreme(String name, SqlKind kind) {
    return new SqlFunction(
        name,
        kind,
        ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.TO_NULLABLE),
        null,
        OperandTypes.SAME_VARIADIC,
        SqlFunctionCategory.SYSTEM) {
      @Override
      public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        return areTimes(binding) || super.checkOperandTypes(binding, throwOnFailure);
      }
    };
  }

  private static boolean areTimes(SqlCallBinding binding) {
    return FrazilTypeFactory.areTimes(binding.collectOperandTypes());
  }
}
