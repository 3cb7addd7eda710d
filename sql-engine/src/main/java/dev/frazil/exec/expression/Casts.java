package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.kernel.CivilTime;
import dev.frazil.kernel.TimeZoneConversion;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.GeospatialType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Finds the conversion between two types. */
final class Casts {
  private final QueryContext context;
  private final TimeZoneConversion zone;

  Casts(QueryContext context) {
    this.context = context;
    this.zone = new TimeZoneConversion(context.timeZone());
  }

  /** The conversion of {@code operand}; 42804 where there is none between the types. */
  Evaluator compile(Evaluator operand, SqlType from, SqlType to, boolean safe) {
    if (from.equals(to)) {
      return operand;
    }
    if (from == Primitive.UNKNOWN) {
      return new NullEvaluator(to);
    }
    if (from == Primitive.VARIANT || to == Primitive.VARIANT) {
      return new CastEvaluator(operand, VariantCasts.of(this, from, to), to, safe);
    }
    Evaluator vectorised = VectorCasts.of(operand, from, to);
    if (vectorised != null) {
      return vectorised;
    }
    if (NestedCasts.isNested(from) || NestedCasts.isNested(to)) {
      return NestedCasts.compile(this, operand, from, to, safe);
    }
    RowConversion conversion = rowConversion(from, to);
    if (conversion == null) {
      throw ConversionErrors.noConversion(from, to);
    }
    return new CastEvaluator(operand, conversion, to, safe);
  }

  /** The conversion between scalars, row by row; null where there is none. */
  @Nullable RowConversion rowConversion(SqlType from, SqlType to) {
    if (from instanceof GeospatialType || to instanceof GeospatialType) {
      return GeometryCasts.of(from, to);
    }
    if (to == Primitive.VARCHAR) {
      return toText(from);
    }
    if (from == Primitive.VARCHAR) {
      return fromText(to);
    }
    if (NumberConversions.isNumber(to)) {
      return toNumber(from);
    }
    if (NumberConversions.isNumber(from) && to == Primitive.BOOLEAN) {
      return (source, row, result) ->
          result.appendBoolean(NumberConversions.readDouble(source, row) != 0);
    }
    if (from instanceof Primitive primitive && to instanceof Primitive target) {
      RowConversion dateTime = dateTime(primitive, target);
      if (dateTime != null) {
        return dateTime;
      }
    }
    return bytes(from, to);
  }

  private @Nullable RowConversion toText(SqlType from) {
    if (NumberConversions.isNumber(from)) {
      return TextFormatting::appendNumber;
    }
    if (!(from instanceof Primitive primitive)) {
      return TextFormatting::appendUtf8;
    }
    return switch (primitive) {
      case BOOLEAN -> TextFormatting::appendBoolean;
      case DATE ->
          (source, row, result) ->
              result.appendText(TextFormatting.date(TextFunctions.integer(source, row)));
      case TIME ->
          (source, row, result) -> result.appendText(TextFormatting.time(micros(source, row)));
      case TIMESTAMP ->
          (source, row, result) -> result.appendText(TextFormatting.timestamp(micros(source, row)));
      case TIMESTAMP_WITH_TIME_ZONE ->
          (source, row, result) ->
              result.appendText(TextFormatting.timestampWithZone(micros(source, row), zone));
      case TIMESTAMP_NANO ->
          (source, row, result) -> result.appendText(TextFormatting.nanos(micros(source, row)));
      case TIMESTAMP_NANO_WITH_TIME_ZONE ->
          (source, row, result) ->
              result.appendText(TextFormatting.nanosWithZone(micros(source, row), zone));
      case UUID -> TextFormatting::appendUuid;
      case VARBINARY -> TextFormatting::appendUtf8;
      case INTEGER, BIGINT, REAL, DOUBLE, VARCHAR, VARIANT, UNKNOWN -> null;
    };
  }

  private @Nullable RowConversion fromText(SqlType to) {
    if (NumberConversions.isNumber(to)) {
      return TextParsing::appendNumber;
    }
    if (!(to instanceof Primitive primitive)) {
      return bytes(Primitive.VARBINARY, to);
    }
    return switch (primitive) {
      case BOOLEAN -> TextParsing::appendBoolean;
      case DATE ->
          (source, row, result) ->
              result.appendInt(DateTimeParser.date(ByteSlice.of(source, row).text()));
      case TIME ->
          (source, row, result) ->
              result.appendLong(DateTimeParser.time(ByteSlice.of(source, row).text()));
      case TIMESTAMP ->
          (source, row, result) ->
              result.appendLong(DateTimeParser.timestamp(ByteSlice.of(source, row).text()));
      case TIMESTAMP_WITH_TIME_ZONE ->
          (source, row, result) ->
              result.appendLong(
                  DateTimeParser.timestampWithZone(ByteSlice.of(source, row).text(), zone));
      case TIMESTAMP_NANO ->
          (source, row, result) ->
              result.appendLong(DateTimeParser.timestampNanos(ByteSlice.of(source, row).text()));
      case TIMESTAMP_NANO_WITH_TIME_ZONE ->
          (source, row, result) ->
              result.appendLong(
                  DateTimeParser.timestampNanosWithZone(ByteSlice.of(source, row).text(), zone));
      case UUID -> TextParsing::appendUuid;
      case VARBINARY -> Casts::copyBytes;
      case INTEGER, BIGINT, REAL, DOUBLE, VARCHAR, VARIANT, UNKNOWN -> null;
    };
  }

  private static @Nullable RowConversion toNumber(SqlType from) {
    if (NumberConversions.isExact(from)) {
      return (source, row, result) ->
          NumberConversions.appendExact(NumberConversions.readExact(source, row), result);
    }
    if (from == Primitive.REAL) {
      return (source, row, result) ->
          NumberConversions.appendReal(((FloatVector) source).values()[row], result);
    }
    if (NumberConversions.isFloating(from)) {
      return (source, row, result) ->
          NumberConversions.appendFloating(NumberConversions.readDouble(source, row), result);
    }
    if (from == Primitive.BOOLEAN) {
      return (source, row, result) -> {
        boolean value = ((BooleanVector) source).values()[row];
        NumberConversions.appendExact(value ? BigDecimal.ONE : BigDecimal.ZERO, result);
      };
    }
    return null;
  }

  private @Nullable RowConversion dateTime(Primitive from, Primitive to) {
    if (Timestamps.isNano(from) || Timestamps.isNano(to)) {
      return new NanoCasts(zone, context.statementStartMicros()).of(from, to);
    }
    if (to == Primitive.DATE) {
      if (from == Primitive.TIMESTAMP) {
        return (source, row, result) ->
            result.appendInt((int) CivilTime.epochDayOfMicros(micros(source, row)));
      } else if (from == Primitive.TIMESTAMP_WITH_TIME_ZONE) {
        return (source, row, result) ->
            result.appendInt((int) CivilTime.epochDayOfMicros(zone.toLocal(micros(source, row))));
      }
    } else if (to == Primitive.TIME) {
      if (from == Primitive.TIMESTAMP) {
        return (source, row, result) ->
            result.appendLong(CivilTime.microsOfDay(micros(source, row)));
      } else if (from == Primitive.TIMESTAMP_WITH_TIME_ZONE) {
        return (source, row, result) ->
            result.appendLong(CivilTime.microsOfDay(zone.toLocal(micros(source, row))));
      }
    } else if (to == Primitive.TIMESTAMP) {
      return toTimestamp(from, false);
    } else if (to == Primitive.TIMESTAMP_WITH_TIME_ZONE) {
      return toTimestamp(from, true);
    }
    return null;
  }

  private @Nullable RowConversion toTimestamp(Primitive from, boolean withZone) {
    if (from == Primitive.DATE) {
      return (source, row, result) -> {
        long day = TextFunctions.integer(source, row);
        if (Math.abs(day) > Long.MAX_VALUE / CivilTime.MICROS_PER_DAY - 2) {
          throw NumericErrors.outOfRange(TextFormatting.date(day), result.type());
        }
        long local = day * CivilTime.MICROS_PER_DAY;
        result.appendLong(withZone ? zone.toInstant(local) : local);
      };
    } else if (from == Primitive.TIMESTAMP) {
      return (source, row, result) -> result.appendLong(zone.toInstant(micros(source, row)));
    } else if (from == Primitive.TIMESTAMP_WITH_TIME_ZONE) {
      return (source, row, result) -> result.appendLong(zone.toLocal(micros(source, row)));
    } else if (from == Primitive.TIME) {
      // ISO 9075: a time becomes a timestamp of the statement's date
      long today =
          CivilTime.epochDayOfMicros(zone.toLocal(context.statementStartMicros()))
              * CivilTime.MICROS_PER_DAY;
      return (source, row, result) -> {
        long local = today + micros(source, row);
        result.appendLong(withZone ? zone.toInstant(local) : local);
      };
    }
    return null;
  }

  private static @Nullable RowConversion bytes(SqlType from, SqlType to) {
    boolean fromBytes =
        from == Primitive.VARBINARY || from == Primitive.UUID || from instanceof SqlType.FixedType;
    if (!fromBytes) {
      return null;
    }
    if (to == Primitive.VARBINARY) {
      return Casts::copyBytes;
    }
    int length =
        to == Primitive.UUID ? 16 : to instanceof SqlType.FixedType f ? f.lengthBytes() : -1;
    if (length < 0) {
      return null;
    }
    return (source, row, result) -> {
      ByteSlice slice = ByteSlice.of(source, row);
      if (slice.lengthBytes() != length) {
        throw new EngineException(
            SqlState.INVALID_CAST, slice.lengthBytes() + " bytes are not a valid " + to.sqlName());
      }
      result.appendBytes(slice.data(), slice.from(), length);
    };
  }

  private static void copyBytes(ColumnVector source, int row, VectorBuilder result) {
    ByteSlice slice = ByteSlice.of(source, row);
    result.appendBytes(slice.data(), slice.from(), slice.lengthBytes());
  }

  private static long micros(ColumnVector source, int row) {
    return ((LongVector) source).values()[row];
  }
}
