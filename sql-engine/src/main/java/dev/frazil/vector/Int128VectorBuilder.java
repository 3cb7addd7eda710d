package dev.frazil.vector;

import dev.frazil.error.EngineException;
import dev.frazil.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

final class Int128VectorBuilder extends VectorBuilder {
  private long[] high = new long[FIRST_CAPACITY];
  private long[] low = new long[FIRST_CAPACITY];

  Int128VectorBuilder(SqlType type) {
    super(type);
  }

  /** The unscaled digits of a decimal that fits the type. */
  static BigInteger unscaled(BigDecimal value, SqlType.DecimalType type) {
    if (value.scale() != type.scale()) {
      if (value.stripTrailingZeros().scale() > type.scale()) {
        throw EngineException.internal(value + " has more digits than " + type.sqlName());
      }
      value = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
    }
    if (value.precision() > type.precision() && value.signum() != 0) {
      throw EngineException.internal(value + " does not fit " + type.sqlName());
    }
    return value.unscaledValue();
  }

  @Override
  public void appendInt128(long highBits, long lowBits) {
    ensureRoom();
    high[rowCount()] = highBits;
    low[rowCount()] = lowBits;
    rowAppended();
  }

  @Override
  public void appendDecimal(BigDecimal value) {
    BigInteger unscaled = unscaled(value, (SqlType.DecimalType) type());
    appendInt128(Int128Values.high(unscaled), Int128Values.low(unscaled));
  }

  @Override
  void appendNullRow() {
    ensureRoom();
  }

  @Override
  void appendObject(Object value) {
    if (!(value instanceof BigDecimal decimal)) {
      throw mismatch(value.getClass().getSimpleName());
    }
    appendDecimal(decimal);
  }

  @Override
  void copyRow(ColumnVector source, int row) {
    if (!(source instanceof Int128Vector vector)) {
      throw mismatch(source.type().sqlName());
    }
    appendInt128(vector.high()[row], vector.low()[row]);
  }

  @Override
  ColumnVector finish(int rows, boolean @Nullable [] mask) {
    Int128Vector built = new Int128Vector(type(), rows, high, low, mask);
    high = new long[FIRST_CAPACITY];
    low = new long[FIRST_CAPACITY];
    return built;
  }

  private void ensureRoom() {
    if (rowCount() == high.length) {
      int capacity = grown(high.length, rowCount() + 1);
      high = Arrays.copyOf(high, capacity);
      low = Arrays.copyOf(low, capacity);
    }
  }
}
