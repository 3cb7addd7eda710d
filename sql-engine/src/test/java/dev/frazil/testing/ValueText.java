package dev.frazil.testing;

import dev.frazil.geometry.WellKnownText;
import dev.frazil.type.SqlType;
import dev.frazil.variant.VariantText;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values as text, the same for every engine: numbers by value (floating point to 10 digits, for
 * sums may run in another order), times by field.
 */
public final class ValueText {
  private static final MathContext FLOATING = new MathContext(10);
  private static final MathContext SINGLE = new MathContext(6);

  private ValueText() {}

  /** Row {@code row} of a vector. */
  public static String of(ColumnVector vector, int row) {
    return of(toJava(VectorValues.read(vector, row), vector.type()));
  }

  /** Values as the engine holds them to values of java.time and java.util. */
  static @Nullable Object toJava(@Nullable Object value, SqlType type) {
    if (value == null) {
      return null;
    }
    if (type instanceof SqlType.Primitive primitive) {
      return switch (primitive) {
        case DATE -> LocalDate.ofEpochDay((Integer) value);
        case TIME -> LocalTime.ofNanoOfDay((Long) value * 1000);
        case TIMESTAMP -> LocalDateTime.ofInstant(instant((Long) value), ZoneOffset.UTC);
        case TIMESTAMP_WITH_TIME_ZONE -> instant((Long) value);
        case TIMESTAMP_NANO ->
            LocalDateTime.ofInstant(
                Instant.EPOCH.plus((Long) value, ChronoUnit.NANOS), ZoneOffset.UTC);
        case TIMESTAMP_NANO_WITH_TIME_ZONE -> Instant.EPOCH.plus((Long) value, ChronoUnit.NANOS);
        case UUID -> {
          ByteBuffer bytes = ByteBuffer.wrap((byte[]) value);
          yield new UUID(bytes.getLong(), bytes.getLong());
        }
        case VARIANT -> VariantText.json((byte[]) value, 0);
        case BOOLEAN, INTEGER, BIGINT, REAL, DOUBLE, VARCHAR, VARBINARY, UNKNOWN -> value;
      };
    } else if (type instanceof SqlType.ArrayType array) {
      List<@Nullable Object> elements = new ArrayList<>();
      ((List<?>) value).forEach(element -> elements.add(toJava(element, array.element())));
      return elements;
    } else if (type instanceof SqlType.RowType struct) {
      List<@Nullable Object> fields = new ArrayList<>();
      for (int i = 0; i < struct.fields().size(); i++) {
        fields.add(toJava(((List<?>) value).get(i), struct.fields().get(i).type()));
      }
      return fields;
    } else if (type instanceof SqlType.MapType map) {
      Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach((key, entry) -> entries.put(toJava(key, map.key()), toJava(entry, map.value())));
      return entries;
    }
    return type instanceof SqlType.GeospatialType
        ? WellKnownText.of((byte[]) value, 0, ((byte[]) value).length)
        : value;
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** A value of Java. */
  public static String of(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    } else if (value instanceof Double number) {
      return Double.isFinite(number)
          ? plain(new BigDecimal(number).round(FLOATING))
          : number.toString();
    } else if (value instanceof Float number) {
      return Float.isFinite(number)
          ? plain(new BigDecimal(number).round(SINGLE))
          : number.toString();
    } else if (value instanceof BigDecimal number) {
      return plain(number);
    } else if (value instanceof BigInteger number) {
      return plain(new BigDecimal(number));
    } else if (value instanceof Number number) {
      return plain(BigDecimal.valueOf(number.longValue()));
    } else if (value instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    } else if (value instanceof List<?> list) {
      return list.stream().map(ValueText::of).toList().toString();
    } else if (value instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((key, entry) -> sorted.put(of(key), of(entry)));
      return sorted.toString();
    }
    return value.toString();
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
