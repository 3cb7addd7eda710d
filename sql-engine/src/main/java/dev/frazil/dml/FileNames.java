package dev.frazil.dml;

import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;

/** The locations of files in a column: a batch has few of them, which are read once. One thread. */
final class FileNames {
  private final ColumnVector vector;
  private String last = "";
  private int lastId = -1;

  FileNames(ColumnVector vector) {
    this.vector = vector;
  }

  String at(int row) {
    if (vector instanceof DictionaryVector dictionary) {
      int id = dictionary.ids()[row];
      if (id != lastId) {
        last = dictionary.dictionary().text(id);
        lastId = id;
      }
      return last;
    }
    return ((BytesVector) vector).text(row);
  }
}
