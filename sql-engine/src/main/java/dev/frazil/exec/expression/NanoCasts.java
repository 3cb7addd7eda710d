package dev.frazil.exec.expression;

import dev.frazil.kernel.CivilTime;
import dev.frazil.kernel.TimeZoneConversion;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import dev.frazil.vector.VectorBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Conversions between dates or times and timestamps in nanoseconds. Digits that the result does not
 * hold are cut; what lies outside of its range is 22008.
 */
final class NanoCasts {
  private final TimeZoneConversion zone;
  private final long statementStartMicros;

  NanoCasts(TimeZoneConversion zone, long statementStartMicros) {
    this.zone = zone;
    this.statementStartMicros = statementStartMicros;
  }

  /** The conversion, or null where there is none between the types. */
  @Nullable RowConversion of(Primitive from, Primitive to) {
    boolean isFromTime =
        from == Primitive.DATE || from == Primitive.TIME || Timestamps.isTimestamp(from);
    boolean isToTime = to == Primitive.DATE || to == Primitive.TIME || Timestamps.isTimestamp(to);
    if (!isFromTime || !isToTime) {
      return null;
    }
    return (source, row, result) -> {
      long value = TextFunctions.integer(source, row);
      long micros = micros(value, from, to);
      if (to == Primitive.DATE) {
        result.appendInt((int) CivilTime.epochDayOfMicros(micros));
      } else if (to == Primitive.TIME) {
        result.appendLong(CivilTime.microsOfDay(micros));
      } else if (Timestamps.isNano(to)) {
        append(micros, Timestamps.nanosOfMicro(value, from), result);
      } else {
        result.appendLong(micros);
      }
    };
  }

  /** Microseconds as the result counts them: on the wall clock or as points in time. */
  private long micros(long value, Primitive from, Primitive to) {
    long micros;
    if (from == Primitive.DATE) {
      micros = DateTimeFunctions.midnight(value);
    } else if (from == Primitive.TIME) {
      // ISO 9075: a time becomes a timestamp of the statement's date
      long today = CivilTime.epochDayOfMicros(zone.toLocal(statementStartMicros));
      micros = today * CivilTime.MICROS_PER_DAY + value;
    } else {
      micros = Timestamps.micros(value, from);
    }
    if (Timestamps.hasZone(from) == Timestamps.hasZone(to)) {
      return micros;
    }
    return Timestamps.hasZone(from) ? zone.toLocal(micros) : zone.toInstant(micros);
  }

  /** Appends microseconds, and what lies below them, as nanoseconds. */
  static void append(long micros, long nanosOfMicro, VectorBuilder result) {
    try {
      result.appendLong(Timestamps.nanos(micros, nanosOfMicro));
    } catch (ArithmeticException e) {
      throw NumericErrors.outOfRange(TextFormatting.timestamp(micros), result.type());
    }
  }
}
