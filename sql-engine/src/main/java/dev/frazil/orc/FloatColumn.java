package dev.frazil.orc;

import dev.frazil.parquet.encoding.LittleEndian;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/** Floats and doubles, as they lie in memory. */
final class FloatColumn extends OrcColumn {
  private static final int PART = 512;

  private final SqlType type;
  private final StreamInput in;
  private final int width;

  /**
   * @param width of a value in the file, in bytes
   */
  FloatColumn(
      @Nullable BooleanRuns present, BatchMemory memory, SqlType type, StreamInput in, int width) {
    super(present, memory);
    this.type = type;
    this.in = in;
    this.width = width;
  }

  @Override
  ColumnVector values(int rows, boolean @Nullable [] nulls, int count) {
    boolean isFloat = type.kind() == PhysicalKind.FLOAT;
    memory().take(rows, isFloat ? Float.BYTES : Double.BYTES);
    float[] floats = new float[isFloat ? rows : 0];
    double[] doubles = new double[isFloat ? 0 : rows];
    int at = 0;
    int left = 0;
    int unread = count;
    for (int i = 0; i < rows; i++) {
      if (nulls != null && nulls[i]) {
        continue;
      }
      if (left == 0) {
        left = Math.min(PART, unread);
        unread -= left;
        at = in.take(left * width);
      }
      if (isFloat) {
        floats[i] = Float.intBitsToFloat(LittleEndian.int32(in.buffer(), at));
      } else if (width == Float.BYTES) {
        doubles[i] = Float.intBitsToFloat(LittleEndian.int32(in.buffer(), at));
      } else {
        doubles[i] = Double.longBitsToDouble(LittleEndian.int64(in.buffer(), at));
      }
      at += width;
      left--;
    }
    return isFloat
        ? new FloatVector(type, rows, floats, nulls)
        : new DoubleVector(type, rows, doubles, nulls);
  }

  @Override
  void skipValues(long count) {
    in.skip(Math.multiplyExact(count, width));
  }
}
