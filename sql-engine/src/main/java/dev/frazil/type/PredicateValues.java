package dev.frazil.type;

import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;

/**
 * Values as Iceberg's expressions take them. A bare number beside a column of nanoseconds is one of
 * microseconds for its library.
 */
public final class PredicateValues {
  private PredicateValues() {}

  /** The value of a column of {@code type}. */
  public static Object of(Object value, SqlType type) {
    return Timestamps.isNano(type) && value instanceof Long nanos
        ? Expressions.nanos(nanos)
        : value;
  }

  /** As above, of a type of Iceberg. */
  public static Object of(Object value, Type type) {
    return type.typeId() == Type.TypeID.TIMESTAMP_NANO && value instanceof Long nanos
        ? Expressions.nanos(nanos)
        : value;
  }
}
