package dev.frazil.avro;

import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.vector.VectorBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Readers of single values, promotions of the table's schema included (Iceberg spec, Appendix A,
 * Avro, and "Schema Evolution"). Stateless.
 */
final class AvroPrimitives {
  private static final long MICROS_A_MILLI = 1000;
  private static final long MICROS_A_DAY = 86_400_000_000L;
  private static final long NANOS_A_MICRO = 1000;

  private AvroPrimitives() {}

  /** Null where the file's type does not fit. */
  static @Nullable AvroReader reader(Type wanted, Schema file, VectorBuilder target) {
    Schema.Type type = file.getType();
    return switch (wanted.typeId()) {
      case BOOLEAN ->
          type == Schema.Type.BOOLEAN ? in -> target.appendBoolean(in.readBoolean()) : null;
      case INTEGER, DATE -> type == Schema.Type.INT ? in -> target.appendInt(in.readInt()) : null;
      case LONG -> isInteger(type) ? in -> target.appendLong(in.readLong()) : null;
      case FLOAT -> type == Schema.Type.FLOAT ? in -> target.appendFloat(in.readFloat()) : null;
      case DOUBLE ->
          switch (type) {
            case FLOAT -> in -> target.appendDouble(in.readFloat());
            case DOUBLE -> in -> target.appendDouble(in.readDouble());
            default -> null;
          };
      case TIME, TIMESTAMP -> isInteger(type) ? micros(file, target) : null;
      case TIMESTAMP_NANO -> isInteger(type) ? nanos(file, target) : null;
      case STRING, BINARY, GEOMETRY, GEOGRAPHY -> text(file, target);
      case FIXED -> fixed(file, ((Types.FixedType) wanted).length(), target);
      case UUID ->
          type == Schema.Type.STRING
              ? in -> target.appendBytes(uuid(in))
              : fixed(file, Long.BYTES * 2, target);
      case DECIMAL -> decimal((Types.DecimalType) wanted, file, target);
      default -> null;
    };
  }

  private static boolean isInteger(Schema.Type type) {
    return type == Schema.Type.INT || type == Schema.Type.LONG;
  }

  private static String unit(Schema file) {
    return file.getLogicalType() == null ? "" : file.getLogicalType().getName();
  }

  /** Also of columns that once were dates. */
  private static AvroReader micros(Schema file, VectorBuilder target) {
    String unit = unit(file);
    if (unit.equals("date")) {
      return in -> target.appendLong(Math.multiplyExact(in.readLong(), MICROS_A_DAY));
    } else if (unit.endsWith("-millis")) {
      return in -> target.appendLong(Math.multiplyExact(in.readLong(), MICROS_A_MILLI));
    } else if (unit.endsWith("-nanos")) {
      return in -> target.appendLong(Math.floorDiv(in.readLong(), MICROS_A_MILLI));
    }
    return in -> target.appendLong(in.readLong());
  }

  private static AvroReader nanos(Schema file, VectorBuilder target) {
    String unit = unit(file);
    long each =
        unit.endsWith("-nanos")
            ? 1
            : unit.equals("date")
                ? NANOS_A_MICRO * MICROS_A_DAY
                : unit.endsWith("-millis") ? NANOS_A_MICRO * MICROS_A_MILLI : NANOS_A_MICRO;
    return in -> target.appendLong(Math.multiplyExact(in.readLong(), each));
  }

  private static @Nullable AvroReader text(Schema file, VectorBuilder target) {
    return switch (file.getType()) {
      case STRING, BYTES ->
          in -> {
            int length = in.readLength();
            target.appendBytes(in.bytes(), in.skip(length), length);
          };
      case FIXED -> fixed(file, file.getFixedSize(), target);
      case ENUM -> {
        byte[][] symbols =
            file.getEnumSymbols().stream()
                .map(symbol -> symbol.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        yield in -> target.appendBytes(symbols[in.readInt()]);
      }
      default -> null;
    };
  }

  private static @Nullable AvroReader fixed(Schema file, int length, VectorBuilder target) {
    return file.getType() == Schema.Type.FIXED && file.getFixedSize() == length
        ? in -> target.appendBytes(in.bytes(), in.skip(length), length)
        : null;
  }

  private static byte[] uuid(AvroInput in) {
    int length = in.readLength();
    String text = new String(in.bytes(), in.skip(length), length, StandardCharsets.US_ASCII);
    try {
      UUID uuid = UUID.fromString(text);
      return ByteBuffer.allocate(Long.BYTES * 2)
          .putLong(uuid.getMostSignificantBits())
          .putLong(uuid.getLeastSignificantBits())
          .array();
    } catch (IllegalArgumentException e) {
      throw new MalformedAvroException("a text of " + length + " bytes that is no UUID", e);
    }
  }

  private static @Nullable AvroReader decimal(
      Types.DecimalType wanted, Schema file, VectorBuilder target) {
    if (!(file.getLogicalType() instanceof LogicalTypes.Decimal stored)
        || stored.getScale() != wanted.scale()
        || stored.getPrecision() > wanted.precision()
        || (file.getType() != Schema.Type.FIXED && file.getType() != Schema.Type.BYTES)) {
      return null;
    }
    boolean isFixed = file.getType() == Schema.Type.FIXED;
    int size = isFixed ? file.getFixedSize() : 0;
    boolean isShort = wanted.precision() <= DecimalType.MAX_LONG_PRECISION;
    return in -> {
      int length = isFixed ? size : in.readLength();
      int start = in.skip(length);
      byte[] bytes = in.bytes();
      long high = length > 0 && bytes[start] < 0 ? -1 : 0;
      long low = high;
      for (int i = start; i < start + length; i++) {
        if (isOverflow(high)) {
          throw new MalformedAvroException("a decimal of " + length + " bytes");
        }
        high = (high << Byte.SIZE) | (low >>> (Long.SIZE - Byte.SIZE));
        low = (low << Byte.SIZE) | (bytes[i] & 0xff);
      }
      if (!isShort) {
        target.appendInt128(high, low);
      } else if (high == low >> (Long.SIZE - 1)) {
        target.appendLong(low);
      } else {
        throw new MalformedAvroException("a decimal that is too long for " + wanted);
      }
    };
  }

  /** Whether another byte would push digits out of 128 bits. */
  private static boolean isOverflow(long high) {
    long top = high >> (Long.SIZE - Byte.SIZE - 1);
    return top != 0 && top != -1;
  }
}
