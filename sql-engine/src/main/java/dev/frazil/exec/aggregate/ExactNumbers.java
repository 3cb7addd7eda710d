package dev.frazil.exec.aggregate;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.vector.Int128Values;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Puts 128-bit sums and quotients into the type that SQL asks for, or says 22003. */
final class ExactNumbers {
  private static final long[] POWERS_OF_TEN = new long[19];

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
    }
  }

  private ExactNumbers() {}

  static int scale(SqlType type) {
    return type instanceof SqlType.DecimalType decimal ? decimal.scale() : 0;
  }

  /** Appends {@code (high, low) / 10^scale / divisor} to a column, rounded half up. */
  static void append(VectorBuilder builder, long high, long low, int scale, long divisor) {
    SqlType type = builder.type();
    switch (type.kind()) {
      case DOUBLE -> builder.appendDouble(approximate(high, low, scale) / divisor);
      case FLOAT -> builder.appendFloat((float) (approximate(high, low, scale) / divisor));
      case INT, LONG, INT128 -> appendExact(builder, high, low, scale, divisor);
      case BOOLEAN, BYTES, LIST, MAP, STRUCT ->
          throw EngineException.internal("a sum of type " + type.sqlName());
    }
  }

  private static double approximate(long high, long low, int scale) {
    if (high == low >> 63) {
      return scale == 0 ? low : BigDecimal.valueOf(low, scale).doubleValue();
    }
    return new BigDecimal(Int128Values.toBigInteger(high, low), scale).doubleValue();
  }

  private static void appendExact(
      VectorBuilder builder, long high, long low, int scale, long divisor) {
    SqlType type = builder.type();
    int shift = scale(type) - scale;
    long magnitude = Math.abs(low);
    if (high == low >> 63
        && shift >= 0
        && shift < POWERS_OF_TEN.length
        && magnitude >= 0
        && magnitude <= Long.MAX_VALUE / 4 / POWERS_OF_TEN[shift]) {
      long scaled = magnitude * POWERS_OF_TEN[shift];
      long quotient = scaled / divisor;
      quotient += scaled % divisor >= divisor - scaled % divisor ? 1 : 0;
      appendLong(builder, low < 0 ? -quotient : quotient);
      return;
    }
    BigDecimal value = new BigDecimal(Int128Values.toBigInteger(high, low), scale);
    BigInteger unscaled =
        value
            .divide(BigDecimal.valueOf(divisor), scale(type), RoundingMode.HALF_UP)
            .unscaledValue();
    if (unscaled.bitLength() < Long.SIZE) {
      appendLong(builder, unscaled.longValue());
    } else {
      appendWide(builder, unscaled);
    }
  }

  private static void appendLong(VectorBuilder builder, long unscaled) {
    SqlType type = builder.type();
    if (type instanceof SqlType.DecimalType decimal
        && decimal.precision() < POWERS_OF_TEN.length
        && (unscaled >= POWERS_OF_TEN[decimal.precision()]
            || unscaled <= -POWERS_OF_TEN[decimal.precision()])) {
      throw outOfRange(type);
    }
    switch (type.kind()) {
      case INT -> {
        if (unscaled != (int) unscaled) {
          throw outOfRange(type);
        }
        builder.appendInt((int) unscaled);
      }
      case LONG -> builder.appendLong(unscaled);
      case INT128 -> builder.appendInt128(unscaled >> 63, unscaled);
      case BOOLEAN, FLOAT, DOUBLE, BYTES, LIST, MAP, STRUCT ->
          throw EngineException.internal("an exact sum of type " + type.sqlName());
    }
  }

  private static void appendWide(VectorBuilder builder, BigInteger unscaled) {
    SqlType type = builder.type();
    if (!(type instanceof SqlType.DecimalType decimal)
        || decimal.precision() <= SqlType.DecimalType.MAX_LONG_PRECISION
        || unscaled.abs().compareTo(BigInteger.TEN.pow(decimal.precision())) >= 0) {
      throw outOfRange(type);
    }
    builder.appendInt128(Int128Values.high(unscaled), Int128Values.low(unscaled));
  }

  private static EngineException outOfRange(SqlType type) {
    return new EngineException(
        SqlState.NUMERIC_OUT_OF_RANGE,
        "a sum or average does not fit "
            + type.sqlName()
            + "; cast the argument to a wider decimal or to double");
  }
}
