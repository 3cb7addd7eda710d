package dev.frazil.jdbc;

import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import java.util.Arrays;

/** Cells of byte strings, plain or by dictionary. */
final class ByteCells {
  private ByteCells() {}

  static String text(ColumnVector vector, int row) {
    if (vector instanceof DictionaryVector dictionary) {
      return dictionary.dictionary().text(dictionary.ids()[row]);
    }
    return ((BytesVector) vector).text(row);
  }

  static byte[] bytes(ColumnVector vector, int row) {
    if (vector instanceof DictionaryVector dictionary) {
      return bytes(dictionary.dictionary(), dictionary.ids()[row]);
    }
    BytesVector bytes = (BytesVector) vector;
    return Arrays.copyOfRange(bytes.data(), bytes.offsets()[row], bytes.offsets()[row + 1]);
  }
}
