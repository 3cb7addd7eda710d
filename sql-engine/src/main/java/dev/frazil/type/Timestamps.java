package dev.frazil.type;

import dev.frazil.type.SqlType.Primitive;

/**
 * The four types of timestamps: with a zone or without, in microseconds or in nanoseconds. A long
 * of nanoseconds reaches from 1677-09-21 00:12:43.145224192 to 2262-04-11 23:47:16.854775807.
 */
public final class Timestamps {
  public static final long NANOS_PER_MICRO = 1000;

  private Timestamps() {}

  /** Whether it is one of the four. */
  public static boolean isTimestamp(SqlType type) {
    return type == Primitive.TIMESTAMP
        || type == Primitive.TIMESTAMP_WITH_TIME_ZONE
        || isNano(type);
  }

  /** Whether its values are points in time. */
  public static boolean hasZone(SqlType type) {
    return type == Primitive.TIMESTAMP_WITH_TIME_ZONE
        || type == Primitive.TIMESTAMP_NANO_WITH_TIME_ZONE;
  }

  /** Whether its values count nanoseconds. */
  public static boolean isNano(SqlType type) {
    return type == Primitive.TIMESTAMP_NANO || type == Primitive.TIMESTAMP_NANO_WITH_TIME_ZONE;
  }

  /** The one of the four. */
  public static Primitive of(boolean nano, boolean zone) {
    if (nano) {
      return zone ? Primitive.TIMESTAMP_NANO_WITH_TIME_ZONE : Primitive.TIMESTAMP_NANO;
    }
    return zone ? Primitive.TIMESTAMP_WITH_TIME_ZONE : Primitive.TIMESTAMP;
  }

  /** Microseconds of a value of the type; the digits beyond them are cut. */
  public static long micros(long value, SqlType type) {
    return isNano(type) ? Math.floorDiv(value, NANOS_PER_MICRO) : value;
  }

  /** What {@link #micros} cuts: 0 to 999 nanoseconds. */
  public static long nanosOfMicro(long value, SqlType type) {
    return isNano(type) ? Math.floorMod(value, NANOS_PER_MICRO) : 0;
  }

  /** Whether microseconds have a value in nanoseconds, whatever is added below a microsecond. */
  public static boolean fitsNanos(long micros) {
    return micros > Math.floorDiv(Long.MIN_VALUE, NANOS_PER_MICRO)
        && micros < Math.floorDiv(Long.MAX_VALUE, NANOS_PER_MICRO);
  }

  /**
   * Nanoseconds of microseconds and what lies below them.
   *
   * @throws ArithmeticException where a long does not hold them
   */
  public static long nanos(long micros, long nanosOfMicro) {
    if (micros < 0) {
      // near the least value the product alone would overflow
      return Math.addExact(
          Math.multiplyExact(micros + 1, NANOS_PER_MICRO), nanosOfMicro - NANOS_PER_MICRO);
    }
    return Math.addExact(Math.multiplyExact(micros, NANOS_PER_MICRO), nanosOfMicro);
  }
}
