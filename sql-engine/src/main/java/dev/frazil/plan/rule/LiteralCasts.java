package dev.frazil.plan.rule;

import dev.frazil.plan.TimeLiterals;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Converts the values of literals between types, where that is exact and cannot surprise. */
final class LiteralCasts {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final ZoneId zone;

  LiteralCasts(ZoneId zone) {
    this.zone = zone;
  }

  /** The value in the other type, or null where the engine must decide at run time. */
  @Nullable Object cast(Object value, SqlType from, SqlType to) {
    if (value instanceof String text) {
      return fromText(text, to);
    }
    if (from == Primitive.INTEGER || from == Primitive.BIGINT) {
      return fromNumber(BigDecimal.valueOf(((Number) value).longValue()), to);
    }
    if (value instanceof BigDecimal number) {
      return fromNumber(number, to);
    }
    if (value instanceof Float number && to == Primitive.DOUBLE) {
      return number.doubleValue();
    }
    if (value instanceof Double number && to == Primitive.REAL) {
      return real(number.floatValue(), Double.isInfinite(number));
    }
    if (Timestamps.isNano(from) || Timestamps.isNano(to)) {
      return nanos(value, from, to);
    }
    if (from == Primitive.DATE) {
      long local = ((Integer) value) * MICROS_PER_DAY;
      if (to == Primitive.TIMESTAMP) {
        return local;
      }
      return to == Primitive.TIMESTAMP_WITH_TIME_ZONE ? TimeLiterals.toInstant(local, zone) : null;
    }
    if (from == Primitive.TIMESTAMP && to == Primitive.TIMESTAMP_WITH_TIME_ZONE) {
      return TimeLiterals.toInstant((Long) value, zone);
    }
    if (from == Primitive.TIMESTAMP && to == Primitive.DATE) {
      return (int) Math.floorDiv((Long) value, MICROS_PER_DAY);
    }
    if (value instanceof byte[] bytes && to == Primitive.VARBINARY) {
      return bytes;
    }
    if (value instanceof byte[] bytes
        && to instanceof SqlType.FixedType fixed
        && bytes.length == fixed.lengthBytes()) {
      return bytes;
    }
    return null;
  }

  /** A date or timestamp from or to nanoseconds; null where it lies outside of their range. */
  private @Nullable Object nanos(Object value, SqlType from, SqlType to) {
    boolean isTime = from == Primitive.DATE || Timestamps.isTimestamp(from);
    if (!isTime || !(value instanceof Number number)) {
      return null;
    }
    long given = number.longValue();
    long micros = from == Primitive.DATE ? given * MICROS_PER_DAY : Timestamps.micros(given, from);
    if (Timestamps.hasZone(to) && !Timestamps.hasZone(from)) {
      micros = TimeLiterals.toInstant(micros, zone);
    } else if (Timestamps.hasZone(from) && !Timestamps.hasZone(to)) {
      return null;
    }
    if (to == Primitive.DATE) {
      return (int) Math.floorDiv(micros, MICROS_PER_DAY);
    } else if (!Timestamps.isTimestamp(to)) {
      return null;
    } else if (!Timestamps.isNano(to)) {
      return micros;
    }
    return Timestamps.fitsNanos(micros)
        ? Timestamps.nanos(micros, Timestamps.nanosOfMicro(given, from))
        : null;
  }

  private static @Nullable Object fromNumber(BigDecimal number, SqlType to) {
    if (to instanceof DecimalType decimal) {
      BigDecimal scaled = number.setScale(decimal.scale(), RoundingMode.HALF_UP);
      return scaled.precision() > decimal.precision() ? null : scaled;
    }
    if (to == Primitive.DOUBLE) {
      return number.doubleValue();
    }
    if (to == Primitive.REAL) {
      return real(number.floatValue(), false);
    }
    if (to == Primitive.INTEGER || to == Primitive.BIGINT) {
      BigDecimal whole = number.setScale(0, RoundingMode.HALF_UP);
      if (whole.precision() > 19 || whole.unscaledValue().bitLength() > 63) {
        return null;
      }
      long value = whole.longValueExact();
      if (to == Primitive.BIGINT) {
        return value;
      }
      return value == (int) value ? Integer.valueOf((int) value) : null;
    }
    return null;
  }

  /** A real; null where a finite number became infinite, which fails when it is executed. */
  private static @Nullable Float real(float value, boolean wasInfinite) {
    return Float.isInfinite(value) && !wasInfinite ? null : Float.valueOf(value);
  }

  private @Nullable Object fromText(String text, SqlType to) {
    if (!(to instanceof Primitive primitive)) {
      return null;
    }
    return switch (primitive) {
      case VARCHAR -> text;
      case DATE -> TimeLiterals.date(text);
      case TIME -> TimeLiterals.timeMicros(text);
      case TIMESTAMP -> TimeLiterals.timestampMicros(text);
      case TIMESTAMP_WITH_TIME_ZONE -> TimeLiterals.instantMicros(text, zone);
      case TIMESTAMP_NANO -> TimeLiterals.timestampNanos(text);
      case TIMESTAMP_NANO_WITH_TIME_ZONE -> TimeLiterals.instantNanos(text, zone);
      case UUID -> uuid(text);
      case BOOLEAN, INTEGER, BIGINT, REAL, DOUBLE, VARBINARY, VARIANT, UNKNOWN -> null;
    };
  }

  private static byte @Nullable [] uuid(String text) {
    try {
      UUID uuid = UUID.fromString(text.trim());
      if (!uuid.toString().equalsIgnoreCase(text.trim())) {
        return null;
      }
      return ByteBuffer.allocate(16)
          .putLong(uuid.getMostSignificantBits())
          .putLong(uuid.getLeastSignificantBits())
          .array();
    } catch (IllegalArgumentException e) {
      // Not a uuid: the cast fails when it is executed, if it is.
      return null;
    }
  }
}
