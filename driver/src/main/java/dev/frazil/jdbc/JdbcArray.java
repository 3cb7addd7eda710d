package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorBuilder;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An array read from a column: detached from the result set. {@code toString} is readable. */
final class JdbcArray implements Array {
  private final SqlType element;
  private @Nullable List<?> values;

  /**
   * @param values in the form of {@link dev.frazil.vector.VectorValues}
   */
  JdbcArray(List<?> values, SqlType element) {
    this.values = values;
    this.element = element;
  }

  @Override
  public String getBaseTypeName() {
    return element.sqlName();
  }

  @Override
  public int getBaseType() {
    return JdbcTypes.code(element);
  }

  /**
   * An {@code Object[]} whose component type is that of the elements, such as {@code Integer[]}.
   */
  @Override
  public Object getArray() throws SQLException {
    return slice(0, alive().size(), null);
  }

  @Override
  public Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
    return slice(0, alive().size(), map);
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    return getArray(index, count, null);
  }

  /** Up to {@code count} elements: fewer where the array ends before. */
  @Override
  public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    int available = checkRange(index, count);
    return slice((int) index - 1, available, map);
  }

  /** How many of the elements that are asked for are there. */
  private int checkRange(long index, int count) throws SQLException {
    int size = alive().size();
    if (index < 1 || count < 0 || index > size + 1L) {
      throw SqlExceptions.invalid("the array has " + size + " elements");
    }
    return (int) Math.min(count, size - (index - 1));
  }

  private Object slice(int from, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    List<?> all = alive();
    Class<?> target = NestedConversion.target(map, element);
    Object slice =
        java.lang.reflect.Array.newInstance(
            target == null ? JdbcTypes.javaClass(element) : target, count);
    for (int i = 0; i < count; i++) {
      java.lang.reflect.Array.set(
          slice, i, NestedConversion.mapped(all.get(from + i), element, map));
    }
    return slice;
  }

  /** Rows of INDEX and VALUE. */
  @Override
  public ResultSet getResultSet() throws SQLException {
    return getResultSet(1, alive().size());
  }

  @Override
  public ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
    rejectMap(map);
    return getResultSet();
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    List<?> all = alive();
    int available = checkRange(index, count);
    VectorBuilder indexes = VectorBuilder.of(SqlType.Primitive.BIGINT);
    VectorBuilder elements = VectorBuilder.of(element);
    for (int i = 0; i < available; i++) {
      indexes.appendLong(index + i);
      elements.appendValue(all.get((int) index - 1 + i));
    }
    List<ColumnVector> columns = List.of(indexes.build(), elements.build());
    return FixedRows.labelled(List.of("INDEX", "VALUE"), columns, available);
  }

  @Override
  public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    rejectMap(map);
    return getResultSet(index, count);
  }

  @Override
  public void free() {
    values = null;
  }

  /** The elements, dates and times in the classes of java.time, which hold every one. */
  List<?> javaTimeElements() throws SQLException {
    List<@Nullable Object> elements = new ArrayList<>();
    for (Object value : alive()) {
      elements.add(NestedValues.toJavaTime(value, element));
    }
    return elements;
  }

  @Override
  public String toString() {
    List<?> all = values;
    return all == null ? "[freed]" : NestedValues.text(all, new SqlType.ArrayType(element));
  }

  /** The elements, in the form of {@link dev.frazil.vector.VectorValues}. */
  List<?> alive() throws SQLException {
    List<?> all = values;
    if (all == null) {
      throw SqlExceptions.closed("array");
    }
    return all;
  }

  private void rejectMap(@Nullable Map<String, Class<?>> map) throws SQLException {
    if (NestedConversion.target(map, element) != null) {
      throw SqlExceptions.unsupported("a map of types for the rows of an array");
    }
  }
}
