package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Arrays, rows and maps as parameters, in the form of {@link dev.frazil.vector.VectorValues}. An
 * array is a {@code java.sql.Array}, a collection or a Java array of any class; a row a {@code
 * Struct}, a list or array of its fields in order, or a map by their names; a map is a {@code Map}.
 */
final class NestedParameters {
  private NestedParameters() {}

  static List<?> toArray(Object value, SqlType.ArrayType type, int index) throws SQLException {
    List<?> elements = elements(value);
    if (elements == null || value instanceof Struct) {
      throw ParameterConversion.misfit(value, type, index);
    }
    return convertAll(elements, type.element(), index);
  }

  static List<?> toRow(Object value, SqlType.RowType type, int index) throws SQLException {
    List<?> fields = value instanceof Map<?, ?> map ? byName(map, type, index) : elements(value);
    if (fields == null || value instanceof Array) {
      throw ParameterConversion.misfit(value, type, index);
    }
    if (fields.size() != type.fields().size()) {
      throw SqlExceptions.of(
          SqlState.INVALID_CAST,
          ParameterConversion.marker(index)
              + " has "
              + fields.size()
              + " fields, but its type is "
              + type.sqlName());
    }
    List<@Nullable Object> converted = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      converted.add(convert(fields.get(i), type.fields().get(i).type(), index));
    }
    return converted;
  }

  static Map<?, ?> toMap(Object value, SqlType.MapType type, int index) throws SQLException {
    if (!(value instanceof Map<?, ?> map)) {
      throw ParameterConversion.misfit(value, type, index);
    }
    Map<@Nullable Object, @Nullable Object> converted = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = convert(entry.getKey(), type.key(), index);
      if (key == null) {
        throw SqlExceptions.of(
            SqlState.INVALID_CAST, ParameterConversion.marker(index) + " is a map with a null key");
      }
      if (converted.containsKey(key)) {
        throw SqlExceptions.of(
            SqlState.INVALID_CAST,
            ParameterConversion.marker(index) + " is a map with the key " + key + " twice");
      }
      converted.put(key, convert(entry.getValue(), type.value(), index));
    }
    return converted;
  }

  /** Of values of one type. */
  static List<?> convertAll(List<?> values, SqlType type, int index) throws SQLException {
    List<@Nullable Object> converted = new ArrayList<>(values.size());
    for (Object value : values) {
      converted.add(convert(value, type, index));
    }
    return converted;
  }

  private static @Nullable Object convert(@Nullable Object value, SqlType type, int index)
      throws SQLException {
    return ParameterConversion.convert(ParameterBinder.simplified(value), type, index);
  }

  /** Null for what has no elements. */
  private static @Nullable List<?> elements(Object value) throws SQLException {
    if (value instanceof JdbcArray array) {
      return array.javaTimeElements();
    }
    if (value instanceof Array array) {
      Object elements = array.getArray();
      return elements == null ? null : elements(elements);
    }
    if (value instanceof JdbcStruct struct) {
      return struct.javaTimeAttributes();
    }
    if (value instanceof Struct struct) {
      return Arrays.asList(struct.getAttributes());
    }
    if (value instanceof Collection<?> collection) {
      return new ArrayList<>(collection);
    }
    if (value instanceof Object[] array) {
      return Arrays.asList(array);
    }
    if (!value.getClass().isArray()) {
      return null;
    }
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < java.lang.reflect.Array.getLength(value); i++) {
      elements.add(java.lang.reflect.Array.get(value, i));
    }
    return elements;
  }

  /** The fields in order; those that the map does not name are null. */
  private static List<?> byName(Map<?, ?> map, SqlType.RowType type, int index)
      throws SQLException {
    Map<String, @Nullable Object> given = new HashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      given.put(Objects.toString(entry.getKey()), entry.getValue());
    }
    List<@Nullable Object> fields = new ArrayList<>();
    for (SqlType.Field field : type.fields()) {
      String name = given.containsKey(field.name()) ? field.name() : otherCase(given, field.name());
      fields.add(given.remove(name));
    }
    if (!given.isEmpty()) {
      throw SqlExceptions.of(
          SqlState.INVALID_CAST,
          ParameterConversion.marker(index)
              + " has the fields "
              + new TreeSet<>(given.keySet())
              + ", which its type "
              + type.sqlName()
              + " lacks");
    }
    return fields;
  }

  private static String otherCase(Map<String, ?> given, String name) {
    for (String candidate : given.keySet()) {
      if (candidate.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        return candidate;
      }
    }
    return name;
  }
}
