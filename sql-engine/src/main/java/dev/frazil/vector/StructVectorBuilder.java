package dev.frazil.vector;

import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows: append one value to each of {@link #fields()}, then call {@link #endRow()}. */
public final class StructVectorBuilder extends VectorBuilder {
  private final List<VectorBuilder> fields = new ArrayList<>();

  StructVectorBuilder(SqlType.RowType type) {
    super(type);
    for (SqlType.Field field : type.fields()) {
      fields.add(VectorBuilder.of(field.type()));
    }
  }

  /** One builder a field, in order. */
  public List<VectorBuilder> fields() {
    return List.copyOf(fields);
  }

  /** Ends a row that holds a value. */
  public void endRow() {
    rowAppended();
  }

  @Override
  void appendNullRow() {
    for (VectorBuilder field : fields) {
      field.appendNull();
    }
  }

  @Override
  void appendObject(Object value) {
    if (!(value instanceof List<?> list) || list.size() != fields.size()) {
      throw mismatch(value.getClass().getSimpleName());
    }
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).appendValue(list.get(i));
    }
    endRow();
  }

  @Override
  void copyRow(ColumnVector source, int row) {
    if (!(source instanceof StructVector vector) || vector.fields().size() != fields.size()) {
      throw mismatch(source.type().sqlName());
    }
    for (int i = 0; i < fields.size(); i++) {
      fields.get(i).appendFrom(vector.fields().get(i), row);
    }
    endRow();
  }

  @Override
  ColumnVector finish(int rows, boolean @Nullable [] mask) {
    List<ColumnVector> built = new ArrayList<>();
    for (VectorBuilder field : fields) {
      built.add(field.build());
    }
    return new StructVector(type(), rows, built, mask);
  }
}
