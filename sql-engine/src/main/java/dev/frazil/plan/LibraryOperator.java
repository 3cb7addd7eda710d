package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.function.LibraryFunction;
import dev.frazil.function.Signature;
import dev.frazil.function.Signature.Binding;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** A function of the library as Calcite sees it. */
final class LibraryOperator extends SqlFunction {
  private final LibraryFunction function;

  LibraryOperator(LibraryFunction function) {
    super(
        function.name(),
        SqlKind.OTHER_FUNCTION,
        binding -> resultType(function, binding),
        (binding, returnType, operandTypes) -> inferOperands(function, binding, operandTypes),
        new Checker(function),
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.function = function;
  }

  LibraryFunction function() {
    return function;
  }

  @Override
  public boolean isDeterministic() {
    return !function.isVolatile();
  }

  /** How a call with operands of these types is made, or null if it does not exist. */
  static @Nullable Binding bind(LibraryFunction function, List<RelDataType> operands) {
    List<SqlType> types = new ArrayList<>(operands.size());
    for (RelDataType operand : operands) {
      if (SqlTypeName.INTERVAL_TYPES.contains(operand.getSqlTypeName())) {
        types.add(Signature.INTERVAL);
      } else {
        ShownIntervals.refuseNested(operand);
        types.add(CalciteTypes.toSql(operand));
      }
    }
    return Signature.bind(function.signatures(), types);
  }

  /** Parameters take the types of the signature that fits the other operands. */
  private static void inferOperands(
      LibraryFunction function, SqlCallBinding binding, RelDataType[] operandTypes) {
    List<SqlType> types = new ArrayList<>();
    for (int i = 0; i < operandTypes.length; i++) {
      boolean unknown = binding.operand(i) instanceof SqlDynamicParam;
      types.add(
          unknown ? SqlType.Primitive.UNKNOWN : CalciteTypes.toSql(binding.getOperandType(i)));
    }
    for (int i = 0; i < operandTypes.length; i++) {
      SqlType type = function.parameterType(i, types);
      if (type != null) {
        operandTypes[i] = CalciteTypes.toCalcite(type, true, binding.getTypeFactory());
      }
    }
  }

  private static RelDataType resultType(LibraryFunction function, SqlOperatorBinding binding) {
    Binding bound = bind(function, binding.collectOperandTypes());
    if (bound == null) {
      throw new IllegalStateException("unchecked operands of " + function.name());
    }
    return bound.isInterval()
        ? MixedIntervals.type(binding.getTypeFactory(), true)
        : CalciteTypes.toCalcite(bound.result(), true, binding.getTypeFactory());
  }

  /** Accepts what a signature fits. */
  private record Checker(LibraryFunction function) implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
      if (bind(function, binding.collectOperandTypes()) != null) {
        return true;
      }
      if (throwOnFailure) {
        List<String> types = new ArrayList<>();
        for (RelDataType type : binding.collectOperandTypes()) {
          types.add(type.toString().toLowerCase(Locale.ROOT));
        }
        throw new EngineException(
            SqlState.UNDEFINED_FUNCTION,
            function.name()
                + " does not take ("
                + String.join(", ", types)
                + "); it is "
                + getAllowedSignatures(binding.getOperator(), function.name()));
      }
      return false;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      int min = Integer.MAX_VALUE;
      int max = 0;
      for (Signature signature : function.signatures()) {
        min = Math.min(min, signature.minArguments());
        max = Math.max(max, signature.maxArguments());
      }
      return max == Integer.MAX_VALUE
          ? SqlOperandCountRanges.from(min)
          : SqlOperandCountRanges.between(min, max);
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String operatorName) {
      List<String> shown = new ArrayList<>();
      for (Signature signature : function.signatures()) {
        shown.add(operatorName + signature);
      }
      return String.join(", ", shown);
    }
  }
}
