package dev.frazil.orc;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.MapVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists, and maps, which have two parts. */
final class RepeatedColumn extends OrcColumn {
  private final SqlType type;
  private final Lengths lengths;
  private final List<OrcColumn> parts;

  /**
   * @param parts the elements; or the keys and the values
   */
  RepeatedColumn(
      @Nullable BooleanRuns present,
      BatchMemory memory,
      SqlType type,
      IntegerReader lengths,
      List<OrcColumn> parts) {
    super(present, memory);
    this.type = type;
    this.lengths = new Lengths(lengths, OrcLimits.MAX_BATCH_ELEMENTS);
    this.parts = parts;
  }

  @Override
  ColumnVector values(int rows, boolean @Nullable [] nulls, int count) {
    memory().take(rows + 1L, Integer.BYTES);
    int[] offsets = new int[rows + 1];
    lengths.read(offsets, rows, nulls);
    ColumnVector first = parts.get(0).read(offsets[rows], null);
    return parts.size() == 1
        ? new ListVector(type, rows, offsets, first, nulls)
        : new MapVector(type, rows, offsets, first, parts.get(1).read(offsets[rows], null), nulls);
  }

  @Override
  void skipValues(long count) {
    long elements = lengths.skip(count);
    for (OrcColumn part : parts) {
      part.skip(elements);
    }
  }
}
