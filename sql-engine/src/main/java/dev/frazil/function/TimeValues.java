package dev.frazil.function;

import dev.frazil.kernel.CivilTime;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
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
    return type == Primitive.TIMESTAMP_WITH_TIME_ZONE ? in.zone().toLocal(value) : value;
  }

  /** Microseconds since the epoch; without a zone as if in UTC. */
  static long instant(Arguments in, int index) {
    long value = in.integer(index);
    return in.vector(index).type() == Primitive.DATE ? midnight(value) : value;
  }

  static long midnight(long day) {
    if (day > MAX_DAY || day < -MAX_DAY) {
      throw FunctionErrors.timeOutOfRange(
          "day " + day + " since 1970 is out of the range of timestamp");
    }
    return day * CivilTime.MICROS_PER_DAY;
  }

  /** Appends what the clock of the session shows as a value of the result's type. */
  static void appendLocal(long local, Arguments in, VectorBuilder out) {
    if (out.type() == Primitive.DATE) {
      appendDay(CivilTime.epochDayOfMicros(local), out);
    } else if (out.type() == Primitive.TIMESTAMP_WITH_TIME_ZONE) {
      out.appendLong(in.zone().toInstant(local));
    } else {
      out.appendLong(local);
    }
  }

  static void appendDay(long day, VectorBuilder out) {
    if (day != (int) day) {
      throw FunctionErrors.timeOutOfRange("day " + day + " since 1970 is out of the range of date");
    }
    out.appendInt((int) day);
  }
}
