package dev.frazil.jdbc;

import dev.frazil.error.EngineException;
import dev.frazil.type.SqlType;
import dev.frazil.type.Timestamps;
import dev.frazil.variant.VariantText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Values inside arrays, maps and rows, in the form of {@link dev.frazil.vector.VectorValues}, as
 * the objects that JDBC gives and as text: {@code [1, 2]}, {@code {a=1}}, {@code (x: 1, y: null)}.
 */
final class NestedValues {
  private NestedValues() {}

  static @Nullable Object toJdbc(@Nullable Object value, SqlType type) {
    if (value == null) {
      return null;
    }
    if (type instanceof SqlType.ArrayType array) {
      return new JdbcArray((List<?>) value, array.element());
    }
    if (type instanceof SqlType.MapType map) {
      Map<@Nullable Object, @Nullable Object> converted = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach((k, v) -> converted.put(toJdbc(k, map.key()), toJdbc(v, map.value())));
      return converted;
    }
    if (type instanceof SqlType.RowType row) {
      return new JdbcStruct((List<?>) value, row);
    }
    if (type instanceof SqlType.Primitive primitive) {
      return switch (primitive) {
        case DATE -> LegacyDates.date(LocalDate.ofEpochDay((Integer) value), null);
        case TIME -> LegacyDates.time(LocalTime.ofNanoOfDay((Long) value * 1000), null);
        case TIMESTAMP, TIMESTAMP_NANO ->
            LegacyDates.timestamp(TimestampAccessor.of((Long) value, type), null);
        case TIMESTAMP_WITH_TIME_ZONE, TIMESTAMP_NANO_WITH_TIME_ZONE ->
            TextForms.inUtc(InstantAccessor.of((Long) value, type));
        case UUID -> UuidAccessor.toUuid((byte[]) value);
        case VARIANT -> VariantText.json((byte[]) value, 0);
        case BOOLEAN, INTEGER, BIGINT, REAL, DOUBLE, VARCHAR, VARBINARY, UNKNOWN -> value;
      };
    }
    return type instanceof SqlType.GeospatialType ? text(value, type) : value;
  }

  /**
   * As {@link #toJdbc}, but dates and times in the classes of java.time, and what is nested deeper
   * as {@link JdbcArray}, {@link JdbcStruct} and {@code Map}.
   */
  static @Nullable Object toJavaTime(@Nullable Object value, SqlType type) {
    if (value == null) {
      return null;
    }
    if (type instanceof SqlType.MapType map) {
      Map<@Nullable Object, @Nullable Object> converted = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach((k, v) -> converted.put(toJavaTime(k, map.key()), toJavaTime(v, map.value())));
      return converted;
    }
    if (type == SqlType.Primitive.DATE) {
      return LocalDate.ofEpochDay((Integer) value);
    } else if (type == SqlType.Primitive.TIME) {
      return LocalTime.ofNanoOfDay((Long) value * 1000);
    } else if (Timestamps.isTimestamp(type) && !Timestamps.hasZone(type)) {
      return TimestampAccessor.of((Long) value, type);
    }
    return toJdbc(value, type);
  }

  static String text(@Nullable Object value, SqlType type) {
    if (value == null) {
      return "null";
    }
    if (type instanceof SqlType.ArrayType array) {
      StringJoiner text = new StringJoiner(", ", "[", "]");
      ((List<?>) value).forEach(element -> text.add(text(element, array.element())));
      return text.toString();
    }
    if (type instanceof SqlType.MapType map) {
      StringJoiner text = new StringJoiner(", ", "{", "}");
      ((Map<?, ?>) value)
          .forEach((k, v) -> text.add(text(k, map.key()) + "=" + text(v, map.value())));
      return text.toString();
    }
    if (type instanceof SqlType.RowType row) {
      StringJoiner text = new StringJoiner(", ", "(", ")");
      List<?> fields = (List<?>) value;
      for (int i = 0; i < fields.size(); i++) {
        SqlType.Field field = row.fields().get(i);
        text.add(field.name() + ": " + text(fields.get(i), field.type()));
      }
      return text.toString();
    }
    if (type instanceof SqlType.DecimalType) {
      return ((BigDecimal) value).toPlainString();
    }
    if (type instanceof SqlType.FixedType) {
      return HexFormat.of().formatHex((byte[]) value);
    }
    if (type instanceof SqlType.GeospatialType) {
      return GeometryAccessor.text((byte[]) value);
    }
    if (type instanceof SqlType.Primitive primitive) {
      return switch (primitive) {
        case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
        case TIME -> TextForms.time(LocalTime.ofNanoOfDay((Long) value * 1000));
        case TIMESTAMP, TIMESTAMP_NANO ->
            TextForms.timestamp(TimestampAccessor.of((Long) value, type));
        case TIMESTAMP_WITH_TIME_ZONE, TIMESTAMP_NANO_WITH_TIME_ZONE ->
            TextForms.instant(InstantAccessor.of((Long) value, type));
        case UUID -> UuidAccessor.toUuid((byte[]) value).toString();
        case VARIANT -> VariantText.json((byte[]) value, 0);
        case VARBINARY -> HexFormat.of().formatHex((byte[]) value);
        case BOOLEAN, INTEGER, BIGINT, REAL, DOUBLE, VARCHAR, UNKNOWN -> value.toString();
      };
    }
    throw EngineException.internal("a value of type " + type.sqlName());
  }
}
