package dev.frazil.vector;

import dev.frazil.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of named fields: one vector a field, each of {@code rowCount} rows (null where the row is).
 *
 * @param nulls see {@link ColumnVector#nulls()}
 */
public record StructVector(
    SqlType type, int rowCount, List<ColumnVector> fields, boolean @Nullable [] nulls)
    implements ColumnVector {
  // spelled out: NullAway does not see array annotations on a compact constructor
  public StructVector(
      SqlType type, int rowCount, List<ColumnVector> fields, boolean @Nullable [] nulls) {
    this.type = type;
    this.rowCount = rowCount;
    this.fields = List.copyOf(fields);
    this.nulls = nulls;
  }
}
