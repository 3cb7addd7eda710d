package dev.frazil.plan;

import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Calcite's type rules with Frazil's limits: decimals to 38 digits, times to microseconds,
 * timestamps to nanoseconds, sums that do not overflow soon. The rules stand in {@code
 * docs/reference/types.md}.
 */
final class FrazilTypeSystem extends RelDataTypeSystemImpl {
  static final FrazilTypeSystem INSTANCE = new FrazilTypeSystem();

  static final int MAX_DECIMAL = 38;
  static final int MICROSECONDS = 6;
  static final int NANOSECONDS = 9;
  private static final int AVERAGE_DIGITS = 10;
  private static final int FEWEST_AVERAGE_DIGITS = 4;
  private static final int FEWEST_WHOLE_DIGITS = 18;

  private FrazilTypeSystem() {}

  @Override
  public int getMaxPrecision(SqlTypeName type) {
    return switch (type) {
      case DECIMAL -> MAX_DECIMAL;
      case CHAR, VARCHAR, BINARY, VARBINARY -> Integer.MAX_VALUE;
      case TIME -> MICROSECONDS;
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> NANOSECONDS;
      default -> super.getMaxPrecision(type);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? MAX_DECIMAL : super.getMaxScale(type);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName type) {
    return switch (type) {
      case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> MICROSECONDS;
      default -> super.getDefaultPrecision(type);
    };
  }

  @Override
  public RoundingMode roundingMode() {
    return RoundingMode.HALF_UP;
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }

  /** Integers to bigint, decimals to 38 digits of the same scale, floating point to double. */
  @Override
  public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
    RelDataType sum =
        switch (argument.getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER, BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
          case DECIMAL ->
              factory.createSqlType(SqlTypeName.DECIMAL, MAX_DECIMAL, argument.getScale());
          case REAL, FLOAT, DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
          default -> argument;
        };
    return factory.createTypeWithNullability(sum, argument.isNullable());
  }

  /**
   * Ten more digits after the point for decimals, fewer where the whole digits need the space, but
   * four, as sums have 38 digits that their means hardly need; double for all other numbers. Of
   * intervals, an interval.
   */
  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
    RelDataType average;
    if (ShownIntervals.isInterval(argument)) {
      return argument;
    }
    if (argument.getSqlTypeName() == SqlTypeName.DECIMAL) {
      int whole = argument.getPrecision() - argument.getScale();
      int scale = Math.min(argument.getScale() + AVERAGE_DIGITS, MAX_DECIMAL - whole);
      int fewest =
          Math.min(argument.getScale() + FEWEST_AVERAGE_DIGITS, MAX_DECIMAL - FEWEST_WHOLE_DIGITS);
      scale = Math.max(scale, Math.max(fewest, argument.getScale()));
      average =
          factory.createSqlType(SqlTypeName.DECIMAL, Math.min(whole + scale, MAX_DECIMAL), scale);
    } else {
      average = factory.createSqlType(SqlTypeName.DOUBLE);
    }
    return factory.createTypeWithNullability(average, argument.isNullable());
  }

  @Override
  public RelDataType deriveCovarType(
      RelDataTypeFactory factory, RelDataType argument0, RelDataType argument1) {
    return factory.createTypeWithNullability(
        factory.createSqlType(SqlTypeName.DOUBLE), argument0.isNullable());
  }
}
