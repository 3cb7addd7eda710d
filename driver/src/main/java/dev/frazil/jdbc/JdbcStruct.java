package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row value read from a column. {@code toString} is readable. */
final class JdbcStruct implements Struct {
  private final List<?> values;
  private final SqlType.RowType type;

  /**
   * @param values in the form of {@link dev.frazil.vector.VectorValues}
   */
  JdbcStruct(List<?> values, SqlType.RowType type) {
    this.values = values;
    this.type = type;
  }

  @Override
  public String getSQLTypeName() {
    return type.sqlName();
  }

  @Override
  public @Nullable Object[] getAttributes() throws SQLException {
    return getAttributes(null);
  }

  @Override
  public @Nullable Object[] getAttributes(@Nullable Map<String, Class<?>> map) throws SQLException {
    @Nullable Object[] attributes = new @Nullable Object[values.size()];
    for (int i = 0; i < attributes.length; i++) {
      attributes[i] = NestedConversion.mapped(values.get(i), type.fields().get(i).type(), map);
    }
    return attributes;
  }

  /** The attributes, dates and times in the classes of java.time, which hold every one. */
  List<?> javaTimeAttributes() {
    List<@Nullable Object> attributes = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      attributes.add(NestedValues.toJavaTime(values.get(i), type.fields().get(i).type()));
    }
    return attributes;
  }

  @Override
  public String toString() {
    return NestedValues.text(values, type);
  }
}
