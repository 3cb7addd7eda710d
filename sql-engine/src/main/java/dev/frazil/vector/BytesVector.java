package dev.frazil.vector;

import dev.frazil.type.SqlType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Byte strings back to back: row {@code i} is {@code data[offsets[i]..offsets[i + 1])}. Text is
 * UTF-8.
 *
 * @param offsets at least {@code rowCount + 1} ascending offsets; a null row has length 0
 * @param nulls see {@link ColumnVector#nulls()}
 */
public record BytesVector(
    SqlType type, int rowCount, byte[] data, int[] offsets, boolean @Nullable [] nulls)
    implements ColumnVector {

  /** Bytes of row {@code row}. */
  public int lengthBytes(int row) {
    return offsets[row + 1] - offsets[row];
  }

  /** Row {@code row} as text; the row must not be null. */
  public String text(int row) {
    return new String(data, offsets[row], lengthBytes(row), StandardCharsets.UTF_8);
  }
}
