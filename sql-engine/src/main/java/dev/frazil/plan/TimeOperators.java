package dev.frazil.plan;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlMonotonicBinaryOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's {@code +} and {@code -} with what PostgreSQL adds to them: dates with integers of days,
 * the days between two dates, the interval between two times. Thread-safe.
 */
final class TimeOperators {
  private static final SqlBinaryOperator PLUS =
      operator("+", SqlKind.PLUS, OperandTypes.PLUS_OPERATOR);
  private static final SqlBinaryOperator MINUS =
      operator("-", SqlKind.MINUS, OperandTypes.MINUS_OPERATOR);

  private TimeOperators() {}

  /** The operator of a symbol between two values, or null. */
  static @Nullable SqlOperator find(String symbol, SqlSyntax syntax) {
    if (syntax != SqlSyntax.BINARY) {
      return null;
    }
    return symbol.equals("+") ? PLUS : symbol.equals("-") ? MINUS : null;
  }

  /** Equal to Calcite's operator of the same symbol, as its tables of conversions want it. */
  private static SqlBinaryOperator operator(
      String symbol, SqlKind kind, SqlOperandTypeChecker others) {
    return new SqlMonotonicBinaryOperator(
        symbol,
        kind,
        40,
        true,
        binding -> {
          RelDataType type = resultType(kind, binding);
          return type == null ? ReturnTypes.NULLABLE_SUM.inferReturnType(binding) : type;
        },
        InferTypes.FIRST_KNOWN,
        new Checker(kind, others));
  }

  /** The type of a sum or difference with dates or times and without intervals; else null. */
  private static @Nullable RelDataType resultType(SqlKind kind, SqlOperatorBinding binding) {
    RelDataType right = binding.getOperandType(1);
    boolean isNull = binding.getOperandType(0).getSqlTypeName() == SqlTypeName.NULL;
    RelDataType left =
        isNull && kind == SqlKind.MINUS
            ? binding.getTypeFactory().createTypeWithNullability(right, true)
            : binding.getOperandType(0);
    RelDataTypeFactory factory = binding.getTypeFactory();
    if (MixedIntervals.areTogether(left, right)) {
      return nullable(MixedIntervals.type(factory, false), binding);
    }
    boolean isTimestamp =
        (MixedIntervals.isMixed(right) && left.getSqlTypeName() == SqlTypeName.DATE)
            || (MixedIntervals.isMixed(left)
                && right.getSqlTypeName() == SqlTypeName.DATE
                && kind == SqlKind.PLUS);
    if (isTimestamp) {
      return nullable(factory.createSqlType(SqlTypeName.TIMESTAMP, 6), binding);
    }
    boolean isDate = left.getSqlTypeName() == SqlTypeName.DATE;
    if (isDate && isInteger(right)) {
      return nullable(left, binding);
    }
    if (kind == SqlKind.PLUS) {
      boolean isTimeOfDay =
          (isDate && right.getSqlTypeName() == SqlTypeName.TIME)
              || (left.getSqlTypeName() == SqlTypeName.TIME
                  && right.getSqlTypeName() == SqlTypeName.DATE);
      if (isTimeOfDay) {
        return nullable(factory.createSqlType(SqlTypeName.TIMESTAMP, 6), binding);
      }
      boolean isDayCount = isInteger(left) && right.getSqlTypeName() == SqlTypeName.DATE;
      return isDayCount ? nullable(right, binding) : null;
    }
    if (isDate && right.getSqlTypeName() == SqlTypeName.DATE) {
      return nullable(factory.createSqlType(SqlTypeName.INTEGER), binding);
    }
    boolean areTimes =
        left.getSqlTypeName() == SqlTypeName.TIME && right.getSqlTypeName() == SqlTypeName.TIME;
    return areTimes || (isDated(left) && isDated(right))
        ? nullable(
            factory.createSqlIntervalType(
                new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO)),
            binding)
        : null;
  }

  /** The type, nullable if an operand is. */
  private static RelDataType nullable(RelDataType type, SqlOperatorBinding binding) {
    boolean nullable =
        binding.getOperandType(0).isNullable() || binding.getOperandType(1).isNullable();
    return binding.getTypeFactory().createTypeWithNullability(type, nullable);
  }

  private static boolean isInteger(RelDataType type) {
    return SqlTypeName.INT_TYPES.contains(type.getSqlTypeName());
  }

  /** Dates and timestamps. */
  private static boolean isDated(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case DATE, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> true;
      default -> false;
    };
  }

  /** Accepts what Calcite's operator accepts, and the rest of {@link #resultType}. */
  private record Checker(SqlKind kind, SqlOperandTypeChecker others)
      implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
      return resultType(kind, binding) != null || others.checkOperandTypes(binding, throwOnFailure);
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
