package dev.frazil.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's implicit casts, but for two that lose something: an exact number beside a real is
 * compared as a double, and a boolean is not a number. Exact numbers, doubles and NULL get no casts
 * in the text, where they would keep {@code HAVING d > id} from being found in {@code GROUP BY d >
 * id}: the translation adds them.
 */
final class ComparisonCoercion extends TypeCoercionImpl {
  /** Types without precision or parts. */
  private static final List<SqlTypeName> SIMPLE =
      List.of(SqlTypeName.BOOLEAN, SqlTypeName.DATE, SqlTypeName.REAL, SqlTypeName.DOUBLE);

  ComparisonCoercion(RelDataTypeFactory typeFactory, SqlValidator validator) {
    super(typeFactory, validator);
  }

  @Override
  public @Nullable RelDataType commonTypeForBinaryComparison(
      @Nullable RelDataType left, @Nullable RelDataType right) {
    if (left == null || right == null) {
      return null;
    }
    boolean needsNone =
        left.getSqlTypeName() == SqlTypeName.NULL
            || right.getSqlTypeName() == SqlTypeName.NULL
            || (isExactOrDouble(left) && isExactOrDouble(right));
    if (needsNone) {
      return null;
    }
    ShownIntervals.refuseBeside(left, right);
    RelDataType time = TimeMixes.widest(List.of(left, right), factory);
    if (time != null) {
      return time;
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
  public boolean binaryComparisonCoercion(SqlCallBinding binding) {
    if (MixedIntervals.widen(binding, validator)) {
      return true;
    }
    boolean areRows =
        binding.getOperandCount() == 2
            && binding.operand(0) instanceof SqlCall left
            && binding.operand(1) instanceof SqlCall right
            && left.getKind() == SqlKind.ROW
            && right.getKind() == SqlKind.ROW
            && left.operandCount() == right.operandCount();
    boolean coerced = areRows && timesOfRows(binding);
    return super.binaryComparisonCoercion(binding) || coerced;
  }

  /** Dates beside timestamps in {@code (a, b) = (c, d)}. */
  private boolean timesOfRows(SqlCallBinding binding) {
    boolean coerced = false;
    List<RelDataType> left = fieldTypes(binding.getOperandType(0));
    List<RelDataType> right = fieldTypes(binding.getOperandType(1));
    for (int i = 0; i < left.size(); i++) {
      RelDataType time = TimeMixes.widest(List.of(left.get(i), right.get(i)), factory);
      if (time != null) {
        coerced |= coerceOperandType(binding.getScope(), (SqlCall) binding.operand(0), i, time);
        coerced |= coerceOperandType(binding.getScope(), (SqlCall) binding.operand(1), i, time);
        left.set(i, factory.createTypeWithNullability(time, left.get(i).isNullable()));
        right.set(i, factory.createTypeWithNullability(time, right.get(i).isNullable()));
      }
    }
    if (coerced) {
      List<String> names = binding.getOperandType(0).getFieldNames();
      updateInferredType(binding.operand(0), factory.createStructType(left, names));
      updateInferredType(binding.operand(1), factory.createStructType(right, names));
    }
    return coerced;
  }

  private static List<RelDataType> fieldTypes(RelDataType row) {
    return new ArrayList<>(row.getFieldList().stream().map(RelDataTypeField::getType).toList());
  }

  @Override
  public @Nullable RelDataType getTightestCommonType(
      @Nullable RelDataType left, @Nullable RelDataType right) {
    RelDataType time =
        left == null || right == null ? null : TimeMixes.widest(List.of(left, right), factory);
    return time == null ? super.getTightestCommonType(left, right) : time;
  }

  /** Exact numbers and doubles in a list need no casts in the text either, nor does NULL. */
  @Override
  public boolean inOperationCoercion(SqlCallBinding binding) {
    SqlKind kind = binding.getOperator().getKind();
    if (kind == SqlKind.SOME || kind == SqlKind.ALL) {
      return timesOfQuery(binding);
    }
    RelDataType value = binding.getOperandType(0);
    boolean widens =
        binding.operand(1) instanceof SqlNodeList items
            && items.stream()
                .map(item -> binding.getValidator().deriveType(binding.getScope(), item))
                .allMatch(type -> isWithin(type, value));
    return !widens && super.inOperationCoercion(binding);
  }

  /** A date beside a query of timestamps in {@code a < ANY (query)}, which Calcite refuses. */
  private boolean timesOfQuery(SqlCallBinding binding) {
    RelDataType rows = binding.getOperandType(1);
    if (!binding.operand(1).isA(SqlKind.QUERY) || rows.getFieldCount() != 1) {
      return false;
    }
    RelDataType column = rows.getFieldList().get(0).getType();
    RelDataType time = TimeMixes.widest(List.of(binding.getOperandType(0), column), factory);
    if (time == null) {
      return false;
    }
    boolean operand = coerceOperandType(binding.getScope(), binding.getCall(), 0, time);
    boolean queried = rowTypeCoercion(binding.getScope(), binding.operand(1), 0, time);
    return operand || queried;
  }

  private static boolean isWithin(RelDataType type, RelDataType wider) {
    return type.getSqlTypeName() == SqlTypeName.NULL
        || isSame(type, wider)
        || (isExactOrDouble(type) && isExactOrDouble(wider));
  }

  private static boolean isSame(RelDataType type, RelDataType other) {
    SqlTypeName name = type.getSqlTypeName();
    return SqlTypeUtil.isCharacter(type)
        ? SqlTypeUtil.isCharacter(other)
        : name == other.getSqlTypeName() && SIMPLE.contains(name);
  }

  private static boolean isExactOrDouble(RelDataType type) {
    return SqlTypeUtil.isExactNumeric(type) || type.getSqlTypeName() == SqlTypeName.DOUBLE;
  }

  @Override
  protected boolean booleanEquality(SqlCallBinding binding, RelDataType left, RelDataType right) {
    boolean mixed =
        (SqlTypeUtil.isBoolean(left) && SqlTypeUtil.isNumeric(right))
            || (SqlTypeUtil.isNumeric(left) && SqlTypeUtil.isBoolean(right));
    return !mixed && super.booleanEquality(binding, left, right);
  }

  @Override
  public @Nullable RelDataType getWiderTypeFor(List<RelDataType> types, boolean promotesText) {
    RelDataType mixed = MixedIntervals.common(types, factory);
    return mixed == null ? super.getWiderTypeFor(types, promotesText) : mixed;
  }

  @Override
  protected boolean coerceOperandType(
      @Nullable SqlValidatorScope scope, SqlCall call, int index, RelDataType target) {
    SqlNode widened = widened(scope, call.operand(index), target);
    if (widened == null) {
      return super.coerceOperandType(scope, call, index, target);
    }
    call.setOperand(index, widened);
    return true;
  }

  @Override
  protected boolean coerceColumnType(
      @Nullable SqlValidatorScope scope, SqlNodeList items, int index, RelDataType target) {
    if (index < items.size() && MixedIntervals.isMixed(target)) {
      SqlNode item = items.get(index);
      if (item instanceof SqlCall named && named.getKind() == SqlKind.AS) {
        boolean coerced = coerceOperandType(scope, named, 0, target);
        updateInferredType(named, target);
        return coerced;
      }
      SqlNode widened = widened(scope, item, target);
      if (widened != null) {
        items.set(index, widened);
        return true;
      }
    }
    return super.coerceColumnType(scope, items, index, target);
  }

  /** An interval of another kind as one of months and days where that is wanted; else null. */
  private @Nullable SqlNode widened(
      @Nullable SqlValidatorScope scope, SqlNode value, RelDataType target) {
    if (scope == null
        || !MixedIntervals.isMixed(target)
        || !MixedIntervals.isOther(validator.deriveType(scope, value))) {
      return null;
    }
    SqlNode widened = MixedIntervals.widened(value);
    validator.deriveType(scope, widened);
    return widened;
  }

  /** What cannot be cast is left for the operator to refuse. */
  @Override
  protected boolean needToCast(
      SqlValidatorScope scope, SqlNode node, RelDataType toType, SqlTypeMappingRule rule) {
    RelDataType fromType = validator.deriveType(scope, node);
    if (MixedIntervals.isMixed(toType)) {
      return MixedIntervals.isOther(fromType);
    }
    return (node instanceof SqlDynamicParam || SqlTypeUtil.canCastFrom(toType, fromType, rule))
        && super.needToCast(scope, node, toType, rule);
  }
}
