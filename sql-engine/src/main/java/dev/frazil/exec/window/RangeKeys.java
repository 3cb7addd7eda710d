package dev.frazil.exec.window;

import dev.frazil.error.EngineException;
import dev.frazil.kernel.CivilTime;
import dev.frazil.kernel.CompareKernels;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorValues;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * The values of a sort key, compared with other ones that are an offset away. Sums that leave the
 * type saturate. Rows must not be null. Thread-safe.
 */
interface RangeKeys {

  /** The order of row {@code row}'s value and that of {@code base} moved by the offset. */
  int compareToShifted(int row, int base);

  /**
   * @param offset not negative; for times microseconds (Long) or months (Integer)
   * @param down whether the offset is subtracted
   */
  static RangeKeys of(ColumnVector column, Number offset, boolean down) {
    SqlType type = column.type();
    if (type == Primitive.DATE) {
      return dates(((IntVector) column).values(), offset, down);
    } else if (Timestamps.isNano(type)) {
      return nanos(((LongVector) column).values(), offset, down);
    } else if (Timestamps.isTimestamp(type)) {
      return timestamps(((LongVector) column).values(), offset, down);
    } else if (column instanceof DoubleVector doubles) {
      double distance = down ? -offset.doubleValue() : offset.doubleValue();
      double[] values = doubles.values();
      return (row, base) -> CompareKernels.compareDoubles(values[row], values[base] + distance);
    } else if (column instanceof FloatVector floats) {
      double distance = down ? -offset.doubleValue() : offset.doubleValue();
      float[] values = floats.values();
      return (row, base) -> CompareKernels.compareDoubles(values[row], values[base] + distance);
    } else if (isWhole(offset) && column instanceof IntVector ints) {
      long distance = down ? -offset.longValue() : offset.longValue();
      int[] values = ints.values();
      return (row, base) -> Long.compare(values[row], saturated(values[base], distance));
    } else if (isWhole(offset)
        && column instanceof LongVector longs
        && !(type instanceof SqlType.DecimalType)) {
      long distance = down ? -offset.longValue() : offset.longValue();
      long[] values = longs.values();
      return (row, base) -> Long.compare(values[row], saturated(values[base], distance));
    } else if (type instanceof SqlType.DecimalType
        || column instanceof IntVector
        || column instanceof LongVector) {
      BigDecimal size = exact(offset);
      BigDecimal distance = down ? size.negate() : size;
      return (row, base) -> exact(column, row).compareTo(exact(column, base).add(distance));
    }
    throw EngineException.unsupported(
        "a RANGE frame with an offset over a sort key of type " + type.sqlName());
  }

  private static boolean isWhole(Number offset) {
    return offset instanceof Integer || offset instanceof Long;
  }

  private static BigDecimal exact(Number number) {
    return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
  }

  private static BigDecimal exact(ColumnVector column, int row) {
    return exact((Number) Objects.requireNonNull(VectorValues.read(column, row)));
  }

  private static long saturated(long value, long distance) {
    long sum = value + distance;
    boolean overflow = ((value ^ sum) & (distance ^ sum)) < 0;
    return overflow ? (distance < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }

  private static RangeKeys dates(int[] days, Number offset, boolean down) {
    if (offset instanceof Integer months) {
      long distance = down ? -(long) months : (long) months;
      return (row, base) -> Long.compare(days[row], CivilTime.addMonths(days[base], distance));
    }
    long distance = down ? -offset.longValue() : offset.longValue();
    return (row, base) ->
        Long.compare(
            days[row] * CivilTime.MICROS_PER_DAY,
            saturated(days[base] * CivilTime.MICROS_PER_DAY, distance));
  }

  private static RangeKeys nanos(long[] nanos, Number offset, boolean down) {
    if (offset instanceof Integer months) {
      long distance = down ? -(long) months : (long) months;
      return (row, base) -> {
        long micros = Math.floorDiv(nanos[base], Timestamps.NANOS_PER_MICRO);
        long day = CivilTime.addMonths(CivilTime.epochDayOfMicros(micros), distance);
        long moved = day * CivilTime.MICROS_PER_DAY + CivilTime.microsOfDay(micros);
        int byMicros = Long.compare(Math.floorDiv(nanos[row], Timestamps.NANOS_PER_MICRO), moved);
        return byMicros != 0
            ? byMicros
            : Long.compare(
                Math.floorMod(nanos[row], Timestamps.NANOS_PER_MICRO),
                Math.floorMod(nanos[base], Timestamps.NANOS_PER_MICRO));
      };
    }
    long micros = offset.longValue();
    long distance =
        Timestamps.fitsNanos(micros) ? micros * Timestamps.NANOS_PER_MICRO : Long.MAX_VALUE;
    return (row, base) ->
        Long.compare(nanos[row], saturated(nanos[base], down ? -distance : distance));
  }

  private static RangeKeys timestamps(long[] micros, Number offset, boolean down) {
    if (offset instanceof Integer months) {
      long distance = down ? -(long) months : (long) months;
      return (row, base) -> {
        long day = CivilTime.addMonths(CivilTime.epochDayOfMicros(micros[base]), distance);
        return Long.compare(
            micros[row], day * CivilTime.MICROS_PER_DAY + CivilTime.microsOfDay(micros[base]));
      };
    }
    long distance = down ? -offset.longValue() : offset.longValue();
    return (row, base) -> Long.compare(micros[row], saturated(micros[base], distance));
  }
}
