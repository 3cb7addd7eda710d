package dev.frazil.plan;

import dev.frazil.type.CommonType;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import org.jspecify.annotations.Nullable;

/** To which type two operands are brought. */
final class TypeRules {
  private TypeRules() {}

  /** The type that holds the values of both, or null where there is none. */
  static @Nullable SqlType common(SqlType left, SqlType right) {
    return CommonType.of(left, right);
  }

  /** Whether it is a number. */
  static boolean isNumeric(SqlType type) {
    return CommonType.isNumeric(type);
  }

  static boolean isInteger(SqlType type) {
    return CommonType.isInteger(type);
  }

  static boolean isFloating(SqlType type) {
    return CommonType.isFloating(type);
  }

  /** A decimal that holds every value of an exact number. */
  static DecimalType asDecimal(SqlType type) {
    return CommonType.asDecimal(type);
  }
}
