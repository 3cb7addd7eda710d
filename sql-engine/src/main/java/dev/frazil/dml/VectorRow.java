package dev.frazil.dml;

import dev.frazil.error.EngineException;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.StructVector;
import dev.frazil.vector.VectorValues;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.StructLike;
import org.jspecify.annotations.Nullable;

/**
 * One row of a batch in the shape that Iceberg's partition transforms read: values of Iceberg's
 * internal classes (Integer, Long, Float, Double, Boolean, BigDecimal, String, ByteBuffer, UUID,
 * nested StructLike). A cursor: {@link #moveTo} sets the row. One thread.
 */
final class VectorRow implements StructLike {
  private final List<ColumnVector> columns;
  private int row;

  VectorRow(List<ColumnVector> columns) {
    this.columns = columns;
  }

  VectorRow moveTo(int newRow) {
    row = newRow;
    return this;
  }

  @Override
  public int size() {
    return columns.size();
  }

  @Override
  @SuppressWarnings("NullAway") // StructLike answers null for null
  public <T> T get(int position, Class<T> javaClass) {
    // See PartitionKeys for what has no column.
    return javaClass.cast(position < columns.size() ? value(columns.get(position), row) : null);
  }

  @Override
  public <T> void set(int position, T value) {
    throw EngineException.internal("a row of a batch cannot be written");
  }

  private static @Nullable Object value(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    if (vector instanceof StructVector struct) {
      return new VectorRow(struct.fields()).moveTo(row);
    }
    Object value = VectorValues.read(vector, row);
    if (value instanceof byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return vector.type() == SqlType.Primitive.UUID
          ? new UUID(buffer.getLong(0), buffer.getLong(Long.BYTES))
          : buffer;
    }
    return value;
  }
}
