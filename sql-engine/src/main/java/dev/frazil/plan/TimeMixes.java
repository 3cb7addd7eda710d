package dev.frazil.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlCoalesceFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlNullifFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SameOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.jspecify.annotations.Nullable;

/**
 * Dates and timestamps beside each other, which Calcite refuses where it does not compare them: a
 * date is the midnight of a timestamp, a timestamp that of the session's zone where one beside it
 * has a zone.
 */
final class TimeMixes {
  /** Each holds what those before it hold. */
  private static final List<SqlTypeName> TIMES =
      List.of(SqlTypeName.DATE, SqlTypeName.TIMESTAMP, SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);

  static final SqlFunction COALESCE =
      new SqlCoalesceFunction() {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
          MixedIntervals.widen(binding, 0, binding.getValidator());
          return areTimes(binding, 0) || super.checkOperandTypes(binding, throwOnFailure);
        }
      };

  static final SqlFunction NULLIF =
      new SqlNullifFunction() {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
          MixedIntervals.widen(binding, 0, binding.getValidator());
          return areTimes(binding, 0) || super.checkOperandTypes(binding, throwOnFailure);
        }
      };

  static final SqlFunction GREATEST = extreme(SqlKind.GREATEST);
  static final SqlFunction LEAST = extreme(SqlKind.LEAST);

  private static final SqlReturnTypeInference NULLABLE_BY_ALL =
      ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.TO_NULLABLE_ALL);

  static final SqlFunction NVL = otherwise("NVL");
  static final SqlFunction IFNULL = otherwise("IFNULL");

  static final SqlFunction IF =
      new SqlFunction(
          "IF",
          SqlKind.IF,
          SqlLibraryOperators.IF.getReturnTypeInference(),
          null,
          OperandTypes.family(SqlTypeFamily.BOOLEAN, SqlTypeFamily.ANY, SqlTypeFamily.ANY)
              .and(new Same(3, 1)),
          SqlFunctionCategory.SYSTEM);

  private TimeMixes() {}

  private static SqlFunction extreme(SqlKind kind) {
    return new SqlFunction(
        kind.name(),
        kind,
        ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.TO_NULLABLE),
        null,
        new Same(-1, 0),
        SqlFunctionCategory.SYSTEM) {
      /** Calcite swaps the operands of this kind, and asks for the operator of the swapped ones. */
      @Override
      public SqlOperator reverse() {
        return this;
      }
    };
  }

  private static SqlFunction otherwise(String name) {
    return new SqlFunction(
        name, SqlKind.NVL, NULLABLE_BY_ALL, null, new Same(2, 0), SqlFunctionCategory.SYSTEM);
  }

  /** The operator of Calcite's whose translation a call of ours takes. */
  static @Nullable SqlFunction original(SqlOperator operator) {
    return operator.equals(IF)
        ? SqlLibraryOperators.IF
        : operator.equals(NVL) || operator.equals(IFNULL) ? SqlLibraryOperators.NVL : null;
  }

  /** Operands from one on have one type, or are times. */
  private static final class Same extends SameOperandTypeChecker {
    private final int first;

    Same(int count, int first) {
      super(count);
      this.first = first;
    }

    @Override
    protected List<Integer> getOperandList(int operandCount) {
      return super.getOperandList(operandCount).stream().skip(first).toList();
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
      MixedIntervals.widen(binding, first, binding.getValidator());
      return areTimes(binding, first) || super.checkOperandTypes(binding, throwOnFailure);
    }
  }

  private static boolean areTimes(SqlOperatorBinding binding, int first) {
    List<RelDataType> types = new ArrayList<>(binding.collectOperandTypes());
    return widest(types.subList(first, types.size()), binding.getTypeFactory()) != null;
  }

  /** The type that holds values of all, where they are of several types of time; else null. */
  static @Nullable RelDataType widest(List<RelDataType> types, RelDataTypeFactory factory) {
    RelDataType widest = null;
    RelDataType least = null;
    boolean nullable = false;
    boolean nano = false;
    for (RelDataType type : types) {
      nullable |= type.isNullable();
      if (type.getSqlTypeName() == SqlTypeName.NULL) {
        continue;
      } else if (rank(type) < 0) {
        return null;
      }
      nano |= type.getPrecision() > FrazilTypeSystem.MICROSECONDS;
      widest = widest == null || rank(type) > rank(widest) ? type : widest;
      least = least == null || rank(type) < rank(least) ? type : least;
    }
    if (widest == null || least == null || rank(widest) == rank(least)) {
      return null;
    }
    RelDataType common =
        nano
            ? factory.createSqlType(widest.getSqlTypeName(), FrazilTypeSystem.NANOSECONDS)
            : widest;
    return factory.createTypeWithNullability(common, nullable);
  }

  private static int rank(RelDataType type) {
    return TIMES.indexOf(type.getSqlTypeName());
  }
}
