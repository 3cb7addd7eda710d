package dev.frazil.exec.expression;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers to numbers, a row at a time. Exact numbers round half up (away from zero), floating-point
 * numbers half to even on the way to an integer; 22003 out of range.
 */
final class NumberConversions {
  /** No exact type has more digits before the point. */
  private static final int MAX_DIGITS = 40;

  private NumberConversions() {}

  static boolean isExact(SqlType type) {
    return type == SqlType.Primitive.INTEGER
        || type == SqlType.Primitive.BIGINT
        || type instanceof DecimalType;
  }

  static boolean isFloating(SqlType type) {
    return type == SqlType.Primitive.DOUBLE || type == SqlType.Primitive.REAL;
  }

  static boolean isNumber(SqlType type) {
    return isExact(type) || isFloating(type);
  }

  /** An exact number. */
  static BigDecimal readExact(ColumnVector vector, int row) {
    if (vector.type() instanceof DecimalType) {
      return DecimalScaling.read(vector, row);
    }
    return BigDecimal.valueOf(TextFunctions.integer(vector, row));
  }

  /** A number as a double. */
  static double readDouble(ColumnVector vector, int row) {
    if (vector instanceof DoubleVector doubles) {
      return doubles.values()[row];
    } else if (vector instanceof FloatVector floats) {
      return floats.values()[row];
    } else if (vector.type() instanceof DecimalType) {
      return DecimalScaling.read(vector, row).doubleValue();
    } else if (vector instanceof IntVector ints) {
      return ints.values()[row];
    }
    return ((LongVector) vector).values()[row];
  }

  /** Appends an exact number to a column of any numeric type. */
  static void appendExact(BigDecimal value, VectorBuilder result) {
    SqlType type = result.type();
    if (type == SqlType.Primitive.DOUBLE) {
      appendFloating(value.doubleValue(), result);
      return;
    } else if (type == SqlType.Primitive.REAL) {
      float narrow = value.floatValue();
      if (Float.isInfinite(narrow)) {
        throw ConversionErrors.outOfRange(value.toString(), type);
      }
      result.appendFloat(narrow);
      return;
    }
    int scale = type instanceof DecimalType decimal ? decimal.scale() : 0;
    BigDecimal rounded = round(value, scale, type);
    if (type instanceof DecimalType decimal) {
      if (rounded.precision() > decimal.precision() && rounded.signum() != 0) {
        throw ConversionErrors.outOfRange(value.toString(), type);
      }
      result.appendDecimal(rounded);
      return;
    }
    boolean isInt = type == SqlType.Primitive.INTEGER;
    int bits = isInt ? 31 : 63;
    if (rounded.unscaledValue().bitLength() > bits) {
      throw ConversionErrors.outOfRange(value.toString(), type);
    }
    if (isInt) {
      result.appendInt(rounded.intValue());
    } else {
      result.appendLong(rounded.longValue());
    }
  }

  /** Appends a real to a column of any numeric type. */
  static void appendReal(float value, VectorBuilder result) {
    boolean finite = !Float.isNaN(value) && !Float.isInfinite(value);
    if (finite && result.type() instanceof DecimalType) {
      // the shortest decimal of the real; widened to double it would have more digits
      appendExact(new BigDecimal(Float.toString(value)), result);
    } else {
      appendFloating(value, result);
    }
  }

  /** Appends a floating-point number to a column of any numeric type. */
  static void appendFloating(double value, VectorBuilder result) {
    SqlType type = result.type();
    if (type == SqlType.Primitive.DOUBLE) {
      result.appendDouble(value);
    } else if (type == SqlType.Primitive.REAL) {
      float narrow = (float) value;
      if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
        throw ConversionErrors.outOfRange(Double.toString(value), type);
      }
      result.appendFloat(narrow);
    } else if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw ConversionErrors.outOfRange(Double.toString(value), type);
    } else if (type instanceof DecimalType) {
      // the shortest decimal that reads back as this double, not its binary expansion
      appendExact(new BigDecimal(Double.toString(value)), result);
    } else {
      appendExact(new BigDecimal(Math.rint(value)), result);
    }
  }

  /** As {@link BigDecimal#setScale}, half up, but without expanding a huge exponent. */
  private static BigDecimal round(BigDecimal value, int scale, SqlType type) {
    long digitsBeforePoint = (long) value.precision() - value.scale();
    if (value.signum() == 0 || digitsBeforePoint < -(long) scale - 1) {
      return BigDecimal.ZERO.setScale(scale);
    }
    if (digitsBeforePoint > MAX_DIGITS) {
      throw ConversionErrors.outOfRange(value.toString(), type);
    }
    return value.setScale(scale, RoundingMode.HALF_UP);
  }
}
