package dev.frazil.exec.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import java.io.IOException;

/** Arrays, from JSON arrays. */
final class ListColumn extends TextColumn {
  private final String name;
  private final SqlType type;
  private final FilePlace place;
  private final TextColumn elements;
  private final Offsets offsets = new Offsets();

  ListColumn(String name, SqlType.ArrayType type, FilePlace place, QueryContext context) {
    this.name = name;
    this.type = type;
    this.place = place;
    this.elements = of(name, type.element(), place, context);
  }

  @Override
  void appendNull() {
    offsets.appendNull();
  }

  @Override
  void append(String text) throws IOException {
    place.parse(text, this);
  }

  @Override
  void append(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      appendNull();
      return;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw place.malformed(name, "an array is wanted");
    }
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.append(parser);
      count++;
    }
    offsets.append(count);
  }

  @Override
  ColumnVector build() {
    int rows = offsets.rowCount();
    boolean[] nulls = offsets.nulls();
    return new ListVector(type, rows, offsets.build(), elements.build(), nulls);
  }
}
