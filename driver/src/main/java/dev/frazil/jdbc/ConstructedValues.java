package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.TypeText;
import dev.frazil.type.SqlType;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Arrays and rows that a program makes: {@code createArrayOf} and {@code createStruct}. */
final class ConstructedValues {
  private ConstructedValues() {}

  /**
   * @param typeName the type of the elements, as CREATE TABLE takes it, or the name of a constant
   *     of {@link java.sql.JDBCType}; arrays among the elements add a dimension
   */
  static Array array(@Nullable String typeName, @Nullable Object @Nullable [] elements)
      throws SQLException {
    if (elements == null) {
      throw SqlExceptions.invalid("the elements of the array are null");
    }
    SqlType element = type(typeName);
    Object inner = first(elements);
    while (isDimension(inner)
        && !(element instanceof SqlType.ArrayType || element instanceof SqlType.RowType)) {
      element = new SqlType.ArrayType(element); // else the name tells the dimensions itself
      inner = inner instanceof Object[] row ? first(row) : null;
    }
    return new JdbcArray(NestedParameters.convertAll(Arrays.asList(elements), element, 0), element);
  }

  /**
   * @param typeName a row type such as {@code row(x integer, y varchar)}: rows have no other names
   */
  static Struct struct(@Nullable String typeName, @Nullable Object @Nullable [] attributes)
      throws SQLException {
    if (attributes == null) {
      throw SqlExceptions.invalid("the attributes of the row are null");
    }
    if (!(type(typeName) instanceof SqlType.RowType row)) {
      throw SqlExceptions.of(
          SqlState.INVALID_PARAMETER_VALUE,
          "'" + typeName + "' is no row type; write row(name type, ...)");
    }
    return new JdbcStruct(NestedParameters.toRow(attributes, row, 0), row);
  }

  /** Arrays of primitives too, but bytes are a value. */
  private static boolean isDimension(@Nullable Object value) {
    return value != null && value.getClass().isArray() && !(value instanceof byte[]);
  }

  private static @Nullable Object first(@Nullable Object[] elements) {
    for (Object element : elements) {
      if (element != null) {
        return element;
      }
    }
    return null;
  }

  private static SqlType type(@Nullable String name) throws SQLException {
    if (name == null) {
      throw SqlExceptions.invalid("the name of the type is null");
    }
    return switch (name.trim().toUpperCase(Locale.ROOT)) {
      case "BIT" -> SqlType.Primitive.BOOLEAN;
      case "FLOAT" -> SqlType.Primitive.DOUBLE;
      case "NCHAR", "NVARCHAR", "LONGVARCHAR", "LONGNVARCHAR", "CLOB", "NCLOB" ->
          SqlType.Primitive.VARCHAR;
      case "BINARY", "LONGVARBINARY" -> SqlType.Primitive.VARBINARY;
      case "TIMESTAMP_WITH_TIMEZONE" -> SqlType.Primitive.TIMESTAMP_WITH_TIME_ZONE;
      default -> SqlExceptions.call(() -> TypeText.parse(name));
    };
  }
}
