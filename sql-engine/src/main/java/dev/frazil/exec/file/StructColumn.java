package dev.frazil.exec.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.StructVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Rows, from JSON objects; a member that is missing is null, one that is no field an error. */
final class StructColumn extends TextColumn {
  private final String name;
  private final SqlType type;
  private final FilePlace place;
  private final JsonMembers members;
  private final Offsets rows = new Offsets();

  StructColumn(String name, SqlType.RowType type, FilePlace place, QueryContext context) {
    this.name = name;
    this.type = type;
    this.place = place;
    List<Column> fields = new ArrayList<>();
    List<TextColumn> columns = new ArrayList<>();
    for (SqlType.Field field : type.fields()) {
      String path = name + "." + field.name();
      fields.add(new Column(field.name(), field.type(), true));
      columns.add(of(path, field.type(), place, context));
    }
    this.members = new JsonMembers(fields, columns, false, place);
  }

  @Override
  void appendNull() {
    members.appendNulls();
    rows.appendNull();
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
      throw place.malformed(name, "an object is wanted, whose members are the fields of a row");
    }
    members.append(parser);
    rows.append(0);
  }

  @Override
  ColumnVector build() {
    int count = rows.rowCount();
    boolean[] nulls = rows.nulls();
    rows.build();
    return new StructVector(type, count, members.build(), nulls);
  }
}
