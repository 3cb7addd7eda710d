package dev.frazil.exec.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;

/** A column of the type unknown: nothing but nulls. */
final class UnknownColumn extends TextColumn {
  private final String name;
  private final FilePlace place;
  private int rows;

  UnknownColumn(String name, FilePlace place) {
    this.name = name;
    this.place = place;
  }

  @Override
  void appendNull() {
    rows++;
  }

  @Override
  void append(JsonParser parser) {
    if (parser.currentToken() != JsonToken.VALUE_NULL) {
      append("a value");
    }
    rows++;
  }

  @Override
  void append(String text) {
    throw place.malformed(name, "a value where the type unknown has nothing but nulls");
  }

  @Override
  ColumnVector build() {
    ColumnVector nulls = ConstantVectors.nulls(Primitive.UNKNOWN, rows);
    rows = 0;
    return nulls;
  }
}
