package dev.frazil.plan;

import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.Primitive;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's {@code ||} with what PostgreSQL and Trino add to it: an array and an element, on either
 * side. Thread-safe.
 */
final class ArrayConcatenation {
  private static final SqlBinaryOperator STANDARD = SqlStdOperatorTable.CONCAT;

  /** Equal to Calcite's operator, as its tables of conversions want it. */
  static final SqlBinaryOperator OPERATOR =
      new SqlBinaryOperator(
          STANDARD.getName(),
          SqlKind.OTHER,
          60,
          true,
          binding -> {
            RelDataType type = resultType(binding);
            return type == null
                ? Objects.requireNonNull(STANDARD.getReturnTypeInference()).inferReturnType(binding)
                : type;
          },
          STANDARD.getOperandTypeInference(),
          new Checker(Objects.requireNonNull(STANDARD.getOperandTypeChecker())));

  private ArrayConcatenation() {}

  /** The array of an array and an element; null for anything else. */
  private static @Nullable RelDataType resultType(SqlOperatorBinding binding) {
    RelDataType left = binding.getOperandType(0);
    RelDataType right = binding.getOperandType(1);
    RelDataType array = isArray(left) ? left : right;
    RelDataType element = isArray(left) ? right : left;
    if (isArray(left) == isArray(right) || element.getSqlTypeName() == SqlTypeName.NULL) {
      return null;
    }
    RelDataTypeFactory factory = binding.getTypeFactory();
    RelDataType common =
        factory.leastRestrictive(
            List.of(Objects.requireNonNull(array.getComponentType()), element));
    return common == null
        ? null
        : factory.createTypeWithNullability(
            factory.createArrayType(factory.createTypeWithNullability(common, true), -1),
            array.isNullable());
  }

  private static boolean isArray(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.ARRAY;
  }

  /** The call for operands of which one is no array, or null. */
  static @Nullable ScalarExpression convert(
      List<RexNode> operands, ArrayType type, RexConverter expressions) {
    boolean startsWithArray = isArray(operands.get(0).getType());
    boolean isElement =
        operands.size() == 2 && startsWithArray != isArray(operands.get(1).getType());
    if (!isElement
        || operands.stream()
            .anyMatch(each -> each.getType().getSqlTypeName() == SqlTypeName.NULL)) {
      return null;
    }
    String function = startsWithArray ? "array_append" : "array_prepend";
    return new Call(
        ScalarFunction.LIBRARY,
        List.of(
            new Literal(function, Primitive.VARCHAR),
            expressions.convert(operands.get(0), startsWithArray ? type : type.element()),
            expressions.convert(operands.get(1), startsWithArray ? type.element() : type)),
        type);
  }

  /** Accepts what Calcite's operator accepts, and an array beside an element. */
  private record Checker(SqlOperandTypeChecker others) implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
      return resultType(binding) != null || others.checkOperandTypes(binding, throwOnFailure);
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.of(2);
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String operatorName) {
      return others.getAllowedSignatures(operator, operatorName);
    }
  }
}
