package dev.frazil.parquet.prune;

import java.math.BigDecimal;
import org.apache.iceberg.types.Type;
import org.apache.parquet.format.SchemaElement;
import org.jspecify.annotations.Nullable;

/** Hashes of literals as a file's bloom filter would hold the values. Stateless. */
final class BloomHashes {
  private BloomHashes() {}

  /** The hash, null where the file's form of the value is not certain. */
  static @Nullable Long of(Type type, SchemaElement element, Object literal) {
    Object plain = BoundValues.ofLiteral(literal);
    if (plain == null) {
      return null;
    }
    return switch (type.typeId()) {
      case INTEGER, LONG, DATE -> ofNumber(element, (Long) plain);
      case DECIMAL ->
          element.getType() == org.apache.parquet.format.Type.INT32
                  || element.getType() == org.apache.parquet.format.Type.INT64
              ? ofDecimal(element, (BigDecimal) plain)
              : null;
      case STRING, BINARY, FIXED, UUID -> {
        byte[] bytes = (byte[]) plain;
        yield XxHash64.ofBytes(bytes, 0, bytes.length);
      }
      // Timestamps may stand in other units, zeros and NaN in several forms.
      default -> null;
    };
  }

  private static @Nullable Long ofDecimal(SchemaElement element, BigDecimal literal) {
    return literal.precision() > 18 ? null : ofNumber(element, literal.unscaledValue().longValue());
  }

  private static @Nullable Long ofNumber(SchemaElement element, long value) {
    return switch (element.getType()) {
      case INT32 -> (int) value == value ? XxHash64.ofInt((int) value) : null;
      case INT64 -> XxHash64.ofLong(value);
      default -> null;
    };
  }
}
