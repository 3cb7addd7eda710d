package dev.frazil.exec;

import dev.frazil.memory.MemoryReservation;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.VectorValues;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows that came already; null equals null, as for DISTINCT. One thread. */
final class SeenRows {
  private static final long BYTES_PER_ROW = 80;
  private static final long BYTES_PER_VALUE = 40;

  private final MemoryReservation reservation;
  private final Set<List<@Nullable Object>> rows = new HashSet<>();

  SeenRows(MemoryReservation reservation) {
    this.reservation = reservation;
  }

  /** The rows of a compact batch that are new, each once; null for none. */
  @Nullable RowBatch unseen(RowBatch batch) {
    int[] positions = new int[batch.rowCount()];
    int count = 0;
    for (int row = 0; row < batch.rowCount(); row++) {
      List<@Nullable Object> key = new ArrayList<>();
      for (ColumnVector column : batch.columns()) {
        key.add(comparable(VectorValues.read(column, row)));
      }
      if (rows.add(key)) {
        positions[count++] = row;
      }
    }
    reservation.grow(
        count * (BYTES_PER_ROW + BYTES_PER_VALUE * batch.columns().size())
            + RowBatches.memoryBytes(batch));
    return count == 0 ? null : RowBatches.gather(batch, positions, count);
  }

  /** A value that equals another when SQL says so: bytes by content, -0.0 as 0.0. */
  static @Nullable Object comparable(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    } else if (value instanceof Double number) {
      return number == 0 ? 0.0 : number;
    } else if (value instanceof Float number) {
      return number == 0 ? 0.0f : number;
    } else if (value instanceof List<?> list) {
      List<@Nullable Object> elements = new ArrayList<>();
      list.forEach(element -> elements.add(comparable(element)));
      return elements;
    }
    return value;
  }
}
