package dev.frazil.orc;

import dev.frazil.parquet.encoding.LittleEndian;
import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import org.jspecify.annotations.Nullable;

/** Strings and binaries one after the other. */
final class BytesColumn extends OrcColumn {
  private final SqlType type;
  private final Lengths lengths;
  private final StreamInput in;
  private final int fixedLength;
  private final boolean isPadded;

  /**
   * @param fixedLength that each value must have; negative if any will do
   * @param isPadded whether spaces at the end of values are none of theirs
   */
  BytesColumn(
      @Nullable BooleanRuns present,
      BatchMemory memory,
      SqlType type,
      IntegerReader lengths,
      StreamInput in,
      int fixedLength,
      boolean isPadded) {
    super(present, memory);
    this.type = type;
    this.lengths = new Lengths(lengths, OrcLimits.MAX_VECTOR_BYTES);
    this.in = in;
    this.fixedLength = fixedLength;
    this.isPadded = isPadded;
  }

  @Override
  ColumnVector values(int rows, boolean @Nullable [] nulls, int count) {
    memory().take(rows + 1L, Integer.BYTES);
    int[] offsets = new int[rows + 1];
    lengths.read(offsets, rows, nulls);
    if (fixedLength >= 0) {
      for (int i = 0; i < rows; i++) {
        if (offsets[i + 1] - offsets[i] != fixedLength && (nulls == null || !nulls[i])) {
          throw new MalformedDataException(
              "a value of " + (offsets[i + 1] - offsets[i]) + " bytes, not " + fixedLength);
        }
      }
    }
    byte[] data = read(in, offsets[rows], memory());
    if (isPadded) {
      trim(data, offsets, rows);
    }
    return new BytesVector(type, rows, data, offsets, nulls);
  }

  /** Takes the spaces at the end of strings away. */
  static void trim(byte[] data, int[] offsets, int rows) {
    int to = 0;
    int from = 0;
    for (int i = 0; i < rows; i++) {
      int end = offsets[i + 1];
      int length = end - from;
      while (length > 0 && data[from + length - 1] == ' ') {
        length--;
      }
      System.arraycopy(data, from, data, to, length);
      to += length;
      from = end;
      offsets[i + 1] = to;
    }
  }

  /** So many bytes, of which there must be as many left. */
  static byte[] read(StreamInput in, int length, BatchMemory memory) {
    if (length > in.remainingAtMost()) {
      throw new MalformedDataException(
          "strings of " + length + " bytes where at most " + in.remainingAtMost() + " are left");
    }
    memory.take(length, 1);
    byte[] data = new byte[length + LittleEndian.PADDING_BYTES];
    in.readFully(data, 0, length);
    return data;
  }

  @Override
  void skipValues(long count) {
    in.skip(lengths.skip(count));
  }
}
