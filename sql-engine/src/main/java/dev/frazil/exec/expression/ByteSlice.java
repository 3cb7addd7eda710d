package dev.frazil.exec.expression;

import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of one row, {@code data[from..to)}, without a copy. Not reused, so that it may be a
 * value; escape analysis removes it.
 */
record ByteSlice(byte[] data, int from, int to) {

  /** Row {@code row}, not null, of a vector of kind BYTES. */
  static ByteSlice of(ColumnVector vector, int row) {
    if (vector instanceof DictionaryVector dictionary) {
      return ofBytes(dictionary.dictionary(), dictionary.ids()[row]);
    }
    return ofBytes((BytesVector) vector, row);
  }

  private static ByteSlice ofBytes(BytesVector vector, int row) {
    return new ByteSlice(vector.data(), vector.offsets()[row], vector.offsets()[row + 1]);
  }

  int lengthBytes() {
    return to - from;
  }

  String text() {
    return new String(data, from, to - from, StandardCharsets.UTF_8);
  }

  byte[] copy() {
    return Arrays.copyOfRange(data, from, to);
  }
}
