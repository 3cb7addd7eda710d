package dev.frazil.orc;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.StructVector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Structs: their fields have something for each that is not null. */
final class StructColumn extends OrcColumn {
  private final SqlType type;
  private final List<OrcColumn> fields;

  StructColumn(
      @Nullable BooleanRuns present, BatchMemory memory, SqlType type, List<OrcColumn> fields) {
    super(present, memory);
    this.type = type;
    this.fields = fields;
  }

  @Override
  ColumnVector values(int rows, boolean @Nullable [] nulls, int count) {
    List<ColumnVector> vectors = new ArrayList<>();
    for (OrcColumn field : fields) {
      vectors.add(field.read(rows, nulls));
    }
    return new StructVector(type, rows, vectors, nulls);
  }

  @Override
  void skipValues(long count) {
    for (OrcColumn field : fields) {
      field.skip(count);
    }
  }
}
