package dev.frazil.vector;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

final class BytesVectorBuilder extends VectorBuilder {
  private byte[] data = new byte[FIRST_CAPACITY];
  private int[] offsets = new int[FIRST_CAPACITY];

  BytesVectorBuilder(SqlType type) {
    super(type);
  }

  @Override
  public void appendBytes(byte[] source, int offset, int length) {
    ensureRow();
    int start = offsets[rowCount()];
    ensureData((long) start + length);
    System.arraycopy(source, offset, data, start, length);
    offsets[rowCount() + 1] = start + length;
    rowAppended();
  }

  @Override
  void appendNullRow() {
    ensureRow();
    offsets[rowCount() + 1] = offsets[rowCount()];
  }

  @Override
  void appendObject(Object value) {
    if (value instanceof String text) {
      appendBytes(text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof byte[] bytes) {
      appendBytes(bytes);
    } else {
      throw mismatch(value.getClass().getSimpleName());
    }
  }

  @Override
  void copyRow(ColumnVector source, int row) {
    if (source instanceof BytesVector vector) {
      appendBytes(vector.data(), vector.offsets()[row], vector.lengthBytes(row));
    } else if (source instanceof DictionaryVector vector) {
      BytesVector dictionary = vector.dictionary();
      int id = vector.ids()[row];
      appendBytes(dictionary.data(), dictionary.offsets()[id], dictionary.lengthBytes(id));
    } else {
      throw mismatch(source.type().sqlName());
    }
  }

  @Override
  ColumnVector finish(int rows, boolean @Nullable [] mask) {
    BytesVector built = new BytesVector(type(), rows, data, offsets, mask);
    data = new byte[FIRST_CAPACITY];
    offsets = new int[FIRST_CAPACITY];
    return built;
  }

  private void ensureRow() {
    if (rowCount() + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, grown(offsets.length, rowCount() + 2));
    }
  }

  private void ensureData(long needed) {
    if (needed <= data.length) {
      return;
    }
    if (needed > VectorGather.MAX_BYTES) {
      throw tooLong(needed);
    }
    long roomy = Math.max(needed, data.length + (data.length >> 1));
    data = Arrays.copyOf(data, (int) Math.min(roomy, VectorGather.MAX_BYTES));
  }

  static EngineException tooLong(long needed) {
    return new EngineException(
        SqlState.LIMIT_EXCEEDED,
        "the strings of one batch take "
            + needed
            + " bytes, above the limit of "
            + VectorGather.MAX_BYTES);
  }
}
