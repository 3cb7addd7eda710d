package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.VectorBuilder;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.sql.SQLData;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arrays, rows and maps as the Java collections and arrays that a program asks for. */
final class NestedConversion {
  private NestedConversion() {}

  /**
   * A Java array whose elements are converted to its class, such as {@code int[]} or {@code
   * LocalDate[][]}; the fields of a row only as {@code Object[]}.
   */
  static Object array(Class<?> type, ColumnAccessor accessor, ColumnVector vector, int row)
      throws SQLException {
    if (type == Object[].class && accessor.toObject(vector, row) instanceof Struct struct) {
      return struct.getAttributes();
    }
    if (!(vector instanceof ListVector list)
        || !(accessor.type() instanceof SqlType.ArrayType array)) {
      throw accessor.noConversion(type.getTypeName());
    }
    ColumnAccessor reader = ColumnAccessor.of(array.element());
    Class<?> component = type.getComponentType();
    int from = list.offsets()[row];
    int count = list.offsets()[row + 1] - from;
    Object elements = Array.newInstance(component, count);
    for (int i = 0; i < count; i++) {
      if (!list.elements().isNull(from + i)) {
        Array.set(elements, i, ObjectConversion.to(component, reader, list.elements(), from + i));
      } else if (component.isPrimitive()) {
        throw SqlExceptions.of(
            SqlState.INVALID_CAST,
            "an array with a null in it cannot be read as " + type.getTypeName());
      }
    }
    return elements;
  }

  static List<?> list(ColumnAccessor accessor, ColumnVector vector, int row) throws SQLException {
    if (accessor.toObject(vector, row) instanceof JdbcArray array) {
      return Arrays.asList((Object[]) array.getArray());
    }
    throw accessor.noConversion("a list");
  }

  /** A map, or the fields of a row by their names, in their order. */
  static Map<?, ?> map(ColumnAccessor accessor, ColumnVector vector, int row) throws SQLException {
    Object value = accessor.toObject(vector, row);
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    if (value instanceof Struct struct && accessor.type() instanceof SqlType.RowType type) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      @Nullable Object[] attributes = struct.getAttributes();
      for (int i = 0; i < attributes.length; i++) {
        fields.put(type.fields().get(i).name(), attributes[i]);
      }
      return fields;
    }
    throw accessor.noConversion("a map");
  }

  /**
   * A value in the form of {@link dev.frazil.vector.VectorValues} as an object of the class that a
   * map of types names for its SQL type, and as JDBC has it where the map names none.
   */
  static @Nullable Object mapped(
      @Nullable Object value, SqlType type, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    Class<?> target = target(map, type);
    if (target == null || value == null) {
      return NestedValues.toJdbc(value, type);
    }
    VectorBuilder builder = VectorBuilder.of(type);
    builder.appendValue(value);
    return ObjectConversion.to(target, ColumnAccessor.of(type), builder.build(), 0);
  }

  /**
   * What a map of types names for a type, by its SQL name in either case, with digits and length or
   * without; null for nothing.
   */
  static @Nullable Class<?> target(@Nullable Map<String, Class<?>> map, SqlType type)
      throws SQLException {
    if (map == null) {
      return null;
    }
    for (Map.Entry<String, Class<?>> entry : map.entrySet()) {
      Class<?> target = entry.getValue();
      boolean isNamed =
          type.sqlName().equalsIgnoreCase(entry.getKey())
              || JdbcTypes.name(type).equalsIgnoreCase(entry.getKey());
      if (target != null && isNamed) {
        if (SQLData.class.isAssignableFrom(target)) {
          throw SqlExceptions.unsupported("a class of SQLData");
        }
        return MethodType.methodType(target).wrap().returnType(); // as elements may be null
      }
    }
    return null;
  }
}
