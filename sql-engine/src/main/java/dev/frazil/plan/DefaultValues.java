package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.FixedType;
import dev.frazil.type.SqlType.Primitive;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.iceberg.types.Types;

/** What a column gets that an INSERT does not name. */
final class DefaultValues {
  private DefaultValues() {}

  /** The write default of the field as a literal; null without one. */
  static Literal of(Types.NestedField field, SqlType type) {
    Object value = field.writeDefault();
    if (value == null) {
      return new Literal(null, type);
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
    throw EngineException.unsupported(
        "the default value of column \"" + field.name() + "\" (" + type.sqlName() + ")");
  }

  /** DEFAULT as a value among others: only for columns whose default is null. */
  static void requireNone(Types.NestedField field) {
    if (field.writeDefault() != null) {
      throw EngineException.unsupported(
          "DEFAULT for column \""
              + field.name()
              + "\", which has a default value: leave the column out of the list instead, DEFAULT"
              + " there");
    }
  }
}
