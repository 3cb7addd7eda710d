package dev.frazil.plan;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.FixedType;
import dev.frazil.type.SqlType.Primitive;
import org.jspecify.annotations.Nullable;

/** To which type two operands are brought. */
final class TypeRules {
  private TypeRules() {}

  /** The type that holds the values of both, or null where there is none. */
  static @Nullable SqlType common(SqlType left, SqlType right) {
    if (left.equals(right)) {
      return left;
    }
    if (left == Primitive.UNKNOWN) {
      return right;
    }
    if (right == Primitive.UNKNOWN) {
      return left;
    }
    if (isNumeric(left) && isNumeric(right)) {
      return commonNumber(left, right);
    }
    int leftRank = timeRank(left);
    int rightRank = timeRank(right);
    if (leftRank > 0 && rightRank > 0) {
      return leftRank > rightRank ? left : right;
    }
    if (isBinary(left) && isBinary(right)) {
      return Primitive.VARBINARY;
    }
    return null;
  }

  private static int timeRank(SqlType type) {
    if (type == Primitive.DATE) {
      return 1;
    }
    if (type == Primitive.TIMESTAMP) {
      return 2;
    }
    return type == Primitive.TIMESTAMP_WITH_TIME_ZONE ? 3 : 0;
  }

  private static boolean isBinary(SqlType type) {
    return type == Primitive.VARBINARY || type instanceof FixedType;
  }

  /** Whether it is a number. */
  static boolean isNumeric(SqlType type) {
    return type instanceof DecimalType || isInteger(type) || isFloating(type);
  }

  static boolean isInteger(SqlType type) {
    return type == Primitive.INTEGER || type == Primitive.BIGINT;
  }

  static boolean isFloating(SqlType type) {
    return type == Primitive.REAL || type == Primitive.DOUBLE;
  }

  private static SqlType commonNumber(SqlType left, SqlType right) {
    if (isFloating(left) || isFloating(right)) {
      // A real beside anything else would lose digits.
      return Primitive.DOUBLE;
    }
    if (isInteger(left) && isInteger(right)) {
      return Primitive.BIGINT;
    }
    DecimalType x = asDecimal(left);
    DecimalType y = asDecimal(right);
    int scale = Math.max(x.scale(), y.scale());
    int whole = Math.max(x.precision() - x.scale(), y.precision() - y.scale());
    return new DecimalType(Math.min(DecimalType.MAX_PRECISION, whole + scale), scale);
  }

  /** A decimal that holds every value of an exact number. */
  static DecimalType asDecimal(SqlType type) {
    if (type instanceof DecimalType decimal) {
      return decimal;
    }
    return new DecimalType(type == Primitive.INTEGER ? 10 : 19, 0);
  }
}
