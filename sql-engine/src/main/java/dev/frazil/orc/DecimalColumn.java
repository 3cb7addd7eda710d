package dev.frazil.orc;

import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.LongVector;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Decimals, each with a scale of its own. */
final class DecimalColumn extends OrcColumn {
  /** More digits than a decimal has. */
  private static final int MAX_SCALE_CHANGE = 76;

  private final DecimalType type;
  private final StreamInput in;
  private final IntegerReader scales;
  private final long[] parts = new long[2];

  DecimalColumn(
      @Nullable BooleanRuns present,
      BatchMemory memory,
      DecimalType type,
      StreamInput in,
      IntegerReader scales) {
    super(present, memory);
    this.type = type;
    this.in = in;
    this.scales = scales;
  }

  @Override
  ColumnVector values(int rows, boolean @Nullable [] nulls, int count) {
    boolean isLong = type.kind() == PhysicalKind.LONG;
    memory().take(rows, isLong ? 2 * Long.BYTES : 3 * Long.BYTES);
    long[] scale = new long[rows];
    scales.read(scale, count);
    long[] low = new long[rows];
    long[] high = new long[isLong ? 0 : rows];
    int next = 0;
    for (int i = 0; i < rows; i++) {
      if (nulls != null && nulls[i]) {
        continue;
      }
      in.readInt128(parts);
      long change = type.scale() - scale[next++];
      if (change != 0) {
        rescale(change);
      }
      low[i] = parts[1];
      if (!isLong) {
        high[i] = parts[0];
      } else if (!isLong()) {
        throw new MalformedDataException("a decimal that is too long for " + type.sqlName());
      }
    }
    return isLong
        ? new LongVector(type, rows, low, nulls)
        : new Int128Vector(type, rows, high, low, nulls);
  }

  private boolean isLong() {
    return parts[0] == parts[1] >> (Long.SIZE - 1);
  }

  private static long power(long exponent) {
    long power = 1;
    for (long i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  /** Old writers left zeros at the end away. */
  private void rescale(long change) {
    if (change > 0 && change <= DecimalType.MAX_LONG_PRECISION && isLong()) {
      long power = power(change);
      parts[0] = Math.multiplyHigh(parts[1], power);
      parts[1] *= power;
      return;
    }
    BigInteger value =
        BigInteger.valueOf(parts[0])
            .shiftLeft(Long.SIZE)
            .add(new BigInteger(Long.toUnsignedString(parts[1])));
    if (value.signum() == 0) {
      return;
    }
    if (Math.abs(change) > MAX_SCALE_CHANGE) {
      throw new MalformedDataException("a decimal of scale " + (type.scale() - change));
    }
    BigInteger power = BigInteger.TEN.pow((int) Math.abs(change));
    if (change > 0) {
      value = value.multiply(power);
    } else {
      BigInteger[] quotient = value.divideAndRemainder(power);
      if (quotient[1].signum() != 0) {
        throw new MalformedDataException(
            "a decimal of " + (type.scale() - change) + " digits behind its point");
      }
      value = quotient[0];
    }
    if (value.bitLength() >= 2 * Long.SIZE) {
      throw new MalformedDataException("a decimal that is too long for " + type.sqlName());
    }
    parts[0] = value.shiftRight(Long.SIZE).longValue();
    parts[1] = value.longValue();
  }

  @Override
  void skipValues(long count) {
    scales.skip(count);
    for (long i = 0; i < count; i++) {
      in.readInt128(parts);
    }
  }
}
