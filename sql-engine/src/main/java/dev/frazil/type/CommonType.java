package dev.frazil.type;

import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.FixedType;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.Primitive;
import org.jspecify.annotations.Nullable;

/** The type to which values of two types are brought, as {@code docs/reference/types.md} says. */
public final class CommonType {
  private CommonType() {}

  /** The type that holds the values of both, or null where there is none. */
  public static @Nullable SqlType of(SqlType left, SqlType right) {
    if (left.equals(right) || right == Primitive.UNKNOWN) {
      return left;
    }
    if (left == Primitive.UNKNOWN) {
      return right;
    }
    if (isNumeric(left) && isNumeric(right)) {
      return number(left, right);
    }
    if (isDated(left) && isDated(right)) {
      return Timestamps.of(
          Timestamps.isNano(left) || Timestamps.isNano(right),
          Timestamps.hasZone(left) || Timestamps.hasZone(right));
    }
    if (isBinary(left) && isBinary(right)) {
      return Primitive.VARBINARY;
    }
    if (left instanceof ArrayType x && right instanceof ArrayType y) {
      SqlType element = of(x.element(), y.element());
      return element == null ? null : new ArrayType(element);
    }
    if (left instanceof MapType x && right instanceof MapType y) {
      SqlType key = of(x.key(), y.key());
      SqlType value = of(x.value(), y.value());
      return key == null || value == null ? null : new MapType(key, value);
    }
    return null;
  }

  /** Whether they are exact numbers, and no decimal type holds every value of both. */
  public static boolean isTooWide(SqlType left, SqlType right) {
    if (!isNumeric(left) || !isNumeric(right) || isFloating(left) || isFloating(right)) {
      return false;
    }
    return digits(asDecimal(left), asDecimal(right)) > DecimalType.MAX_PRECISION;
  }

  private static int digits(DecimalType left, DecimalType right) {
    return Math.max(left.precision() - left.scale(), right.precision() - right.scale())
        + Math.max(left.scale(), right.scale());
  }

  /** Whether it is a number. */
  public static boolean isNumeric(SqlType type) {
    return type instanceof DecimalType || isInteger(type) || isFloating(type);
  }

  /** Whether it is an integer or a bigint. */
  public static boolean isInteger(SqlType type) {
    return type == Primitive.INTEGER || type == Primitive.BIGINT;
  }

  /** Whether it is a real or a double. */
  public static boolean isFloating(SqlType type) {
    return type == Primitive.REAL || type == Primitive.DOUBLE;
  }

  /** A decimal that holds every value of an exact number. */
  public static DecimalType asDecimal(SqlType type) {
    if (type instanceof DecimalType decimal) {
      return decimal;
    }
    return new DecimalType(type == Primitive.INTEGER ? 10 : 19, 0);
  }

  private static boolean isDated(SqlType type) {
    return type == Primitive.DATE || Timestamps.isTimestamp(type);
  }

  private static boolean isBinary(SqlType type) {
    return type == Primitive.VARBINARY || type instanceof FixedType;
  }

  private static SqlType number(SqlType left, SqlType right) {
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
    return new DecimalType(Math.min(DecimalType.MAX_PRECISION, digits(x, y)), scale);
  }
}
