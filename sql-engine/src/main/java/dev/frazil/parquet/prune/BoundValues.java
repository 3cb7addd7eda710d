package dev.frazil.parquet.prune;

import dev.frazil.parquet.encoding.LittleEndian;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds and literals in one comparable form: Boolean; Long for integers, dates, times and
 * timestamps in microseconds or, where the type has them, nanoseconds; Double; BigDecimal; byte[]
 * for the rest, ordered as unsigned bytes (for text: by code point, as the engine orders it).
 */
final class BoundValues {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private BoundValues() {}

  static int compare(Object left, Object right) {
    if (left instanceof byte[] bytes) {
      return Arrays.compareUnsigned(bytes, (byte[]) right);
    } else if (left instanceof Long number) {
      return number.compareTo((Long) right);
    } else if (left instanceof Double number) {
      return number.compareTo((Double) right);
    } else if (left instanceof BigDecimal number) {
      return number.compareTo((BigDecimal) right);
    }
    return ((Boolean) left).compareTo((Boolean) right);
  }

  /** A literal of a predicate on a column of {@code type}; null when it has no such form. */
  static @Nullable Object ofLiteral(Object value) {
    if (value instanceof Boolean || value instanceof BigDecimal) {
      return value;
    } else if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    } else if (value instanceof Float || value instanceof Double) {
      return plainZero(((Number) value).doubleValue());
    } else if (value instanceof CharSequence text) {
      return text.toString().getBytes(StandardCharsets.UTF_8);
    } else if (value instanceof UUID uuid) {
      return ByteBuffer.allocate(16)
          .putLong(uuid.getMostSignificantBits())
          .putLong(uuid.getLeastSignificantBits())
          .array();
    } else if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    return null;
  }

  /** A plain-encoded bound of a file for a column of {@code type}; null when it tells nothing. */
  static @Nullable Object ofFile(Type type, SchemaElement element, byte[] bytes) {
    byte[] padded = Arrays.copyOf(bytes, bytes.length + LittleEndian.PADDING_BYTES);
    return switch (element.getType()) {
      case BOOLEAN -> bytes.length == 1 ? bytes[0] != 0 : null;
      case INT32 ->
          bytes.length == 4 ? ofInteger(type, element, LittleEndian.int32(padded, 0)) : null;
      case INT64 ->
          bytes.length == 8 ? ofInteger(type, element, LittleEndian.int64(padded, 0)) : null;
      case FLOAT ->
          bytes.length == 4
              ? ofFloating(Float.intBitsToFloat(LittleEndian.int32(padded, 0)))
              : null;
      case DOUBLE ->
          bytes.length == 8
              ? ofFloating(Double.longBitsToDouble(LittleEndian.int64(padded, 0)))
              : null;
      case INT96 -> null;
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> {
        if (type.typeId() != Type.TypeID.DECIMAL) {
          yield bytes;
        }
        yield bytes.length == 0
            ? null
            : new BigDecimal(new BigInteger(bytes), ((Types.DecimalType) type).scale());
      }
    };
  }

  private static @Nullable Object ofInteger(Type type, SchemaElement element, long value) {
    return switch (type.typeId()) {
      case INTEGER, LONG -> isUnsigned(element) ? null : (Object) value;
      case DATE -> value;
      case TIME, TIMESTAMP ->
          isDate(element) ? times(value, MICROS_PER_DAY) : inMicros(element, value);
      case TIMESTAMP_NANO -> inNanos(element, value);
      case DECIMAL ->
          isUnsigned(element)
              ? null
              : (Object) BigDecimal.valueOf(value, ((Types.DecimalType) type).scale());
      default -> null;
    };
  }

  private static boolean isUnsigned(SchemaElement element) {
    return (element.isSetLogicalType() && element.getLogicalType().isSetINTEGER())
        ? !element.getLogicalType().getINTEGER().isIsSigned()
        : element.isSetConverted_type() && element.getConverted_type().name().startsWith("UINT");
  }

  private static @Nullable Object inMicros(SchemaElement element, long value) {
    TimeUnit unit = unit(element);
    if (unit != null && unit.isSetNANOS()) {
      return Math.floorDiv(value, 1000L);
    }
    return isMillis(element, unit) ? times(value, 1000L) : (Object) value;
  }

  private static @Nullable Object inNanos(SchemaElement element, long value) {
    TimeUnit unit = unit(element);
    if (unit != null && unit.isSetNANOS()) {
      return value;
    }
    if (isDate(element)) {
      return times(value, MICROS_PER_DAY * 1000L);
    }
    return times(value, isMillis(element, unit) ? 1_000_000L : 1000L);
  }

  /** Null where the product does not fit: then the bound tells nothing. */
  private static @Nullable Object times(long value, long unit) {
    boolean overflows = Math.multiplyHigh(value, unit) != (value * unit) >> 63;
    return overflows ? null : (Object) (value * unit);
  }

  private static boolean isDate(SchemaElement element) {
    return element.getType() == org.apache.parquet.format.Type.INT32
        && (element.getConverted_type() == ConvertedType.DATE
            || (element.isSetLogicalType() && element.getLogicalType().isSetDATE()));
  }

  private static @Nullable TimeUnit unit(SchemaElement element) {
    if (element.isSetLogicalType()) {
      if (element.getLogicalType().isSetTIME()) {
        return element.getLogicalType().getTIME().getUnit();
      } else if (element.getLogicalType().isSetTIMESTAMP()) {
        return element.getLogicalType().getTIMESTAMP().getUnit();
      }
    }
    return null;
  }

  private static boolean isMillis(SchemaElement element, @Nullable TimeUnit unit) {
    return unit != null
        ? unit.isSetMILLIS()
        : element.getConverted_type() == ConvertedType.TIMESTAMP_MILLIS
            || element.getConverted_type() == ConvertedType.TIME_MILLIS;
  }

  /** NaN is no bound. */
  private static @Nullable Object ofFloating(double value) {
    return Double.isNaN(value) ? null : plainZero(value);
  }

  private static Double plainZero(double value) {
    return value == 0 ? 0.0 : value;
  }
}
