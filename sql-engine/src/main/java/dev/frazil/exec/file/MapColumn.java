package dev.frazil.exec.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.MapVector;
import java.io.IOException;

/** Maps, from JSON objects whose names are the texts of the keys. */
final class MapColumn extends TextColumn {
  private final String name;
  private final SqlType type;
  private final FilePlace place;
  private final TextColumn keys;
  private final TextColumn values;
  private final Offsets offsets = new Offsets();

  MapColumn(String name, SqlType.MapType type, FilePlace place, QueryContext context) {
    this.name = name;
    this.type = type;
    this.place = place;
    this.keys = of(name, type.key(), place, context);
    this.values = of(name, type.value(), place, context);
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
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw place.malformed(name, "an object is wanted, whose members are the entries of a map");
    }
    int count = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      keys.append(parser.currentName());
      parser.nextToken();
      values.append(parser);
      count++;
    }
    offsets.append(count);
  }

  @Override
  ColumnVector build() {
    int rows = offsets.rowCount();
    boolean[] nulls = offsets.nulls();
    return new MapVector(type, rows, offsets.build(), keys.build(), values.build(), nulls);
  }
}
