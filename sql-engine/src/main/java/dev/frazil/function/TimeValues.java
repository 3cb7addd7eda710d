package dev.frazil.function;

import dev.frazil.kernel.CivilTime;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import dev.frazil.vector.VectorBuilder;

/** Dates and timestamps of any type as microseconds, and back. */
final class TimeValues {
  /** Days that microseconds in a long reach, some less for the time of day and the zone. */
  private static final long MAX_DAY = Long.MAX_VALUE / CivilTime.MICROS_PER_DAY - 2;

  private TimeValues() {}

  /**
   * What the clock of the session shows, in microseconds since 1970-01-01 00:00; a time: of day.
   */
  static long local(Arguments in, int index) {
    SqlType type = in.vector(index).type();
    long value = in.integer(index);
    if (type == Primitive.DATE) {
      return midnight(value);
    }
    long micros = Timestamps.micros(value, type);
    return Timestamps.hasZone(type) ? in.zone().toLocal(micros) : micros;
  }

  /** Microseconds since the epoch; without a zone as if in UTC. */
  static long instant(Arguments in, int index) {
    long value = in.integer(index);
    SqlType type = in.vector(index).type();
    return type == Primitive.DATE ? midnight(value) : Timestamps.micros(value, type);
  }

  static long midnight(long day) {
    if (day > MAX_DAY || day < -MAX_DAY) {
      throw FunctionErrors.timeOutOfRange(
          "day " + day + " since 1970 is out of the range of timestamp");
    }
    return day * CivilTime.MICROS_PER_DAY;
  }

  /** The nanoseconds below the microsecond of an argument. */
  static long nanosOfMicro(Arguments in, int index) {
    return Timestamps.nanosOfMicro(in.integer(index), in.vector(index).type());
  }

  /** Appends what the clock of the session shows as a value of the result's type. */
  static void appendLocal(long local, Arguments in, VectorBuilder out) {
    appendLocal(local, 0, in, out);
  }

  /**
   * As above.
   *
   * @param nanosOfMicro what a result in nanoseconds has besides
   */
  static void appendLocal(long local, long nanosOfMicro, Arguments in, VectorBuilder out) {
    if (out.type() == Primitive.DATE) {
      appendDay(CivilTime.epochDayOfMicros(local), out);
    } else {
      boolean hasZone = Timestamps.hasZone(out.type());
      appendInstant(hasZone ? in.zone().toInstant(local) : local, nanosOfMicro, out);
    }
  }

  /** Appends microseconds as a timestamp of the result's type. */
  static void appendInstant(long micros, long nanosOfMicro, VectorBuilder out) {
    if (!Timestamps.isNano(out.type())) {
      out.appendLong(micros);
      return;
    }
    try {
      out.appendLong(Timestamps.nanos(micros, nanosOfMicro));
    } catch (ArithmeticException overflow) {
      throw FunctionErrors.timeOutOfRange("the result is out of the range of nanoseconds");
    }
  }

  static void appendDay(long day, VectorBuilder out) {
    if (day != (int) day) {
      throw FunctionErrors.timeOutOfRange("day " + day + " since 1970 is out of the range of date");
    }
    out.appendInt((int) day);
  }
}
