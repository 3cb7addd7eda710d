package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.FixedType;
import dev.frazil.type.SqlType.Primitive;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** What a column gets that an INSERT does not name. */
final class DefaultValues {
  private static final long NANOS_PER_MICRO = 1_000;

  private DefaultValues() {}

  /** The write default of the field as a literal; null without one. */
  static Literal of(Types.NestedField field, SqlType type) {
    Object value = field.writeDefault();
    if (value == null) {
      return new Literal(null, type);
    }
    if (field.type().typeId() == Type.TypeID.TIMESTAMP_NANO) {
      throw unsupported(field, type);
    }
    if (value instanceof CharSequence text && type == Primitive.VARCHAR) {
      return new Literal(text.toString(), type);
    }
    if (value instanceof UUID uuid) {
      return new Literal(
          ByteBuffer.allocate(16)
              .putLong(uuid.getMostSignificantBits())
              .putLong(uuid.getLeastSignificantBits())
              .array(),
          type);
    }
    if (value instanceof ByteBuffer buffer
        && (type == Primitive.VARBINARY || type instanceof FixedType)) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return new Literal(bytes, type);
    }
    if (value instanceof Number || value instanceof Boolean) {
      return new Literal(value, type);
    }
    throw unsupported(field, type);
  }

  private static EngineException unsupported(Types.NestedField field, SqlType type) {
    return EngineException.unsupported(
        "the default value of column \"" + field.name() + "\" (" + type.sqlName() + ")");
  }

  /** Appends the write default of the field as an expression of its type; null without one. */
  static void addTo(QueryText text, Types.NestedField field, SqlType type) {
    Object value = of(field, type).value();
    @Nullable String castType = TargetTable.castType(type);
    if (value == null) {
      Assignments.addNull(text, castType);
    } else if (value instanceof byte[] bytes && type != Primitive.UUID) {
      text.add("CAST(X'" + HexFormat.of().formatHex(bytes) + "' AS " + castType + ")");
    } else {
      String characters = characters(field, type, value).replace("'", "''");
      text.add("CAST('" + characters + "' AS " + castType + ")");
    }
  }

  /** What a cast reads back. */
  private static String characters(Types.NestedField field, SqlType type, Object value) {
    if (value instanceof byte[] && field.writeDefault() instanceof UUID uuid) {
      return uuid.toString();
    }
    if (type == Primitive.DATE) {
      return LocalDate.ofEpochDay(((Number) value).longValue()).toString();
    }
    if (type == Primitive.TIME) {
      return LocalTime.ofNanoOfDay(((Number) value).longValue() * NANOS_PER_MICRO).toString();
    }
    if (type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMP_WITH_TIME_ZONE) {
      String text =
          LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC)
              .plus(((Number) value).longValue(), ChronoUnit.MICROS)
              .toString()
              .replace('T', ' ');
      return type == Primitive.TIMESTAMP ? text : text + "+00:00";
    }
    return value.toString();
  }
}
