package dev.frazil.exec.expression;

import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.Int128Values;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.LongVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** A vector of decimals in the making, written at any rows in any order. */
final class DecimalWriter {
  private final DecimalType type;
  private final BigInteger greatest;
  private final long[] low;
  private final long @Nullable [] high;

  DecimalWriter(DecimalType type, int rows) {
    this.type = type;
    this.greatest = DecimalScaling.greatest(type.precision());
    this.low = new long[rows];
    this.high = type.kind() == PhysicalKind.INT128 ? new long[rows] : null;
  }

  /** Rounds half up (away from zero) to the scale; false if the precision cannot hold it. */
  boolean write(int row, BigDecimal value) {
    BigInteger unscaled = value.setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue();
    if (unscaled.abs().compareTo(greatest) > 0) {
      return false;
    }
    low[row] = Int128Values.low(unscaled);
    if (high != null) {
      high[row] = Int128Values.high(unscaled);
    }
    return true;
  }

  ColumnVector finish(boolean @Nullable [] nulls) {
    return high == null
        ? new LongVector(type, low.length, low, nulls)
        : new Int128Vector(type, low.length, high, low, nulls);
  }
}
