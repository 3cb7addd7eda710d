package dev.frazil.plan;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's implicit casts, but for two that lose something: an exact number beside a real is
 * compared as a double, and a boolean is not a number. Exact numbers get no casts in the text,
 * where they would keep {@code HAVING d > id} from being found in {@code GROUP BY d > id}: the
 * translation adds them.
 */
final class ComparisonCoercion extends TypeCoercionImpl {
  ComparisonCoercion(RelDataTypeFactory typeFactory, SqlValidator validator) {
    super(typeFactory, validator);
  }

  @Override
  public @Nullable RelDataType commonTypeForBinaryComparison(
      @Nullable RelDataType left, @Nullable RelDataType right) {
    if (left != null
        && right != null
        && SqlTypeUtil.isExactNumeric(left)
        && SqlTypeUtil.isExactNumeric(right)) {
      return null;
    }
    RelDataType common = super.commonTypeForBinaryComparison(left, right);
    boolean narrows =
        common != null
            && common.getSqlTypeName() == SqlTypeName.REAL
            && (SqlTypeUtil.isExactNumeric(left) || SqlTypeUtil.isExactNumeric(right));
    return narrows
        ? factory.createTypeWithNullability(
            factory.createSqlType(SqlTypeName.DOUBLE), common.isNullable())
        : common;
  }

  @Override
  protected boolean booleanEquality(SqlCallBinding binding, RelDataType left, RelDataType right) {
    boolean mixed =
        (SqlTypeUtil.isBoolean(left) && SqlTypeUtil.isNumeric(right))
            || (SqlTypeUtil.isNumeric(left) && SqlTypeUtil.isBoolean(right));
    return !mixed && super.booleanEquality(binding, left, right);
  }
}
