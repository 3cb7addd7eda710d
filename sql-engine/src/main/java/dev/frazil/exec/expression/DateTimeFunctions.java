package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.kernel.CivilTime;
import dev.frazil.kernel.TimeZoneConversion;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The functions of dates, times and timestamps, a row at a time. A timestamp with time zone is
 * taken by the wall clock of the session's zone.
 */
final class DateTimeFunctions {
  private final TimeZoneConversion zone;

  DateTimeFunctions(TimeZoneConversion zone) {
    this.zone = zone;
  }

  /** The function of that name, if it is one of dates and times. */
  Optional<RowFunction> of(ScalarFunction function, List<SqlType> operands) {
    return switch (function) {
      case EXTRACT_YEAR,
          EXTRACT_QUARTER,
          EXTRACT_MONTH,
          EXTRACT_WEEK,
          EXTRACT_DAY,
          EXTRACT_DAY_OF_WEEK,
          EXTRACT_DAY_OF_YEAR ->
          Optional.of(
              (values, row, result) -> {
                long micros = local(values.get(0), row, operands.get(0));
                long day = CivilTime.epochDayOfMicros(micros);
                appendExact(BigDecimal.valueOf(dateField(function, day)), result);
              });
      case EXTRACT_HOUR, EXTRACT_MINUTE, EXTRACT_SECOND ->
          Optional.of(
              (values, row, result) -> {
                long micros = local(values.get(0), row, operands.get(0));
                appendExact(timeField(function, CivilTime.microsOfDay(micros), result), result);
              });
      case EXTRACT_EPOCH ->
          Optional.of(
              (values, row, result) -> {
                long micros = micros(values.get(0), row, operands.get(0));
                appendExact(seconds(micros, result), result);
              });
      case DATE_TRUNC ->
          Optional.of((values, row, result) -> truncate(values, row, operands.get(1), result));
      case ADD_MONTHS ->
          Optional.of((values, row, result) -> addMonths(values, row, operands.get(0), result));
      // not exhaustive on purpose: the other functions are not of dates
      default -> Optional.empty();
    };
  }

  private static long dateField(ScalarFunction function, long day) {
    long packed = CivilTime.pack(day);
    return switch (function) {
      case EXTRACT_YEAR -> CivilTime.year(packed);
      case EXTRACT_QUARTER -> (CivilTime.month(packed) + 2) / 3;
      case EXTRACT_MONTH -> CivilTime.month(packed);
      case EXTRACT_WEEK -> CivilTime.isoWeek(day);
      case EXTRACT_DAY -> CivilTime.day(packed);
      case EXTRACT_DAY_OF_WEEK -> CivilTime.dayOfWeek(day);
      default -> CivilTime.dayOfYear(day);
    };
  }

  private static BigDecimal timeField(
      ScalarFunction function, long microsOfDay, VectorBuilder result) {
    return switch (function) {
      case EXTRACT_HOUR -> BigDecimal.valueOf(microsOfDay / CivilTime.MICROS_PER_HOUR);
      case EXTRACT_MINUTE -> BigDecimal.valueOf(microsOfDay / CivilTime.MICROS_PER_MINUTE % 60);
      default -> seconds(microsOfDay % CivilTime.MICROS_PER_MINUTE, result);
    };
  }

  /** Whole seconds for an integer result, else with the fraction. */
  private static BigDecimal seconds(long micros, VectorBuilder result) {
    boolean whole = result.type() == Primitive.BIGINT || result.type() == Primitive.INTEGER;
    return whole
        ? BigDecimal.valueOf(Math.floorDiv(micros, CivilTime.MICROS_PER_SECOND))
        : BigDecimal.valueOf(micros, 6);
  }

  private void truncate(List<ColumnVector> values, int row, SqlType type, VectorBuilder result) {
    String unit = ByteSlice.of(values.get(0), row).text().toLowerCase(Locale.ROOT);
    long local = local(values.get(1), row, type);
    append(truncated(unit, local), 0, type, result);
  }

  private static long truncated(String unit, long local) {
    long day = CivilTime.epochDayOfMicros(local);
    long packed = CivilTime.pack(day);
    long year = CivilTime.year(packed);
    int month = CivilTime.month(packed);
    return switch (unit) {
      case "microsecond", "microseconds" -> local;
      case "millisecond", "milliseconds" -> floor(local, 1_000);
      case "second" -> floor(local, CivilTime.MICROS_PER_SECOND);
      case "minute" -> floor(local, CivilTime.MICROS_PER_MINUTE);
      case "hour" -> floor(local, CivilTime.MICROS_PER_HOUR);
      case "day" -> midnight(day);
      case "week" -> midnight(day - CivilTime.dayOfWeek(day) + 1);
      case "month" -> midnight(CivilTime.epochDay(year, month, 1));
      case "quarter" -> midnight(CivilTime.epochDay(year, (month - 1) / 3 * 3 + 1, 1));
      case "year" -> midnight(CivilTime.epochDay(year, 1, 1));
      case "decade" -> midnight(CivilTime.epochDay(floor(year, 10), 1, 1));
      case "century" -> midnight(CivilTime.epochDay(floor(year - 1, 100) + 1, 1, 1));
      case "millennium" -> midnight(CivilTime.epochDay(floor(year - 1, 1000) + 1, 1, 1));
      default ->
          throw new EngineException(
              SqlState.INVALID_PARAMETER_VALUE,
              "DATE_TRUNC does not know the unit '"
                  + unit
                  + "'; it takes microsecond, millisecond, second, minute, hour, day, week, month,"
                  + " quarter, year, decade, century or millennium");
    };
  }

  private void addMonths(List<ColumnVector> values, int row, SqlType type, VectorBuilder result) {
    long local = local(values.get(0), row, type);
    long months = TextFunctions.integer(values.get(1), row);
    long day = CivilTime.epochDayOfMicros(local);
    // beyond any year that a timestamp can hold; also keeps the sum within a long
    if (Math.abs(months) > 12L * 12_000_000) {
      throw NumericErrors.outOfRange(months + " months later", result.type());
    }
    long moved = CivilTime.addMonths(day, months);
    if (type == Primitive.DATE) {
      if (moved != (int) moved) {
        throw NumericErrors.outOfRange(
            TextFormatting.date(day) + " + " + months + " months", result.type());
      }
      result.appendInt((int) moved);
      return;
    }
    if (Math.abs(moved) > Long.MAX_VALUE / CivilTime.MICROS_PER_DAY - 2) {
      throw NumericErrors.outOfRange(
          TextFormatting.timestamp(local) + " + " + months + " months", result.type());
    }
    long nanos = Timestamps.nanosOfMicro(TextFunctions.integer(values.get(0), row), type);
    append(midnight(moved) + CivilTime.microsOfDay(local), nanos, type, result);
  }

  /** Appends a point on the wall clock as a value of {@code type}. */
  private void append(long local, long nanosOfMicro, SqlType type, VectorBuilder result) {
    if (result.type() == Primitive.DATE) {
      result.appendInt((int) CivilTime.epochDayOfMicros(local));
      return;
    }
    long micros = Timestamps.hasZone(type) ? zone.toInstant(local) : local;
    if (Timestamps.isNano(result.type())) {
      NanoCasts.append(micros, nanosOfMicro, result);
    } else {
      result.appendLong(micros);
    }
  }

  private long local(ColumnVector vector, int row, SqlType type) {
    long micros = micros(vector, row, type);
    return Timestamps.hasZone(type) ? zone.toLocal(micros) : micros;
  }

  private static long micros(ColumnVector vector, int row, SqlType type) {
    long value = TextFunctions.integer(vector, row);
    if (type != Primitive.DATE) {
      return Timestamps.micros(value, type);
    }
    if (Math.abs(value) > Long.MAX_VALUE / CivilTime.MICROS_PER_DAY) {
      throw NumericErrors.outOfRange(TextFormatting.date(value), Primitive.TIMESTAMP);
    }
    return value * CivilTime.MICROS_PER_DAY;
  }

  static long midnight(long day) {
    if (Math.abs(day) > Long.MAX_VALUE / CivilTime.MICROS_PER_DAY) {
      throw NumericErrors.outOfRange(TextFormatting.date(day), Primitive.TIMESTAMP);
    }
    return day * CivilTime.MICROS_PER_DAY;
  }

  private static long floor(long value, long unit) {
    return Math.floorDiv(value, unit) * unit;
  }

  private static void appendExact(BigDecimal value, VectorBuilder result) {
    NumberConversions.appendExact(value, result);
  }
}
