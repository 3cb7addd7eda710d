package dev.frazil.exec.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.vector.ColumnVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The members of JSON objects as columns: by name, null where one is missing. One thread. */
final class JsonMembers {
  private final List<Column> fields;
  private final List<TextColumn> columns;
  private final boolean passesOver;
  private final FilePlace place;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final boolean[] seen;

  /**
   * @param passesOver whether members that are no column are left out, instead of an error
   */
  JsonMembers(List<Column> fields, List<TextColumn> columns, boolean passesOver, FilePlace place) {
    this.fields = fields;
    this.columns = columns;
    this.passesOver = passesOver;
    this.place = place;
    this.seen = new boolean[columns.size()];
  }

  void appendNulls() {
    columns.forEach(TextColumn::appendNull);
  }

  /** One row: the parser stands at the begin of an object, and afterwards at its end. */
  void append(JsonParser parser) throws IOException {
    java.util.Arrays.fill(seen, false);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String member = parser.currentName();
      int index = index(member);
      parser.nextToken();
      if (index == ColumnMatch.NONE) {
        if (!passesOver) {
          throw place.malformed(
              "\"" + member + "\" is none of " + fields.stream().map(Column::name).toList());
        }
        parser.skipChildren();
      } else if (seen[index]) {
        throw place.malformed("\"" + member + "\" stands twice, regardless of case");
      } else {
        seen[index] = true;
        columns.get(index).append(parser);
      }
    }
    for (int i = 0; i < seen.length; i++) {
      if (!seen[i]) {
        columns.get(i).appendNull();
      }
    }
  }

  /** Remembers the names of columns only: others may be without end. */
  private int index(String member) {
    Integer known = indexes.get(member);
    if (known != null) {
      return known;
    }
    int index = ColumnMatch.index(member, fields);
    if (index != ColumnMatch.NONE) {
      indexes.put(member, index);
    }
    return index;
  }

  List<ColumnVector> build() {
    List<ColumnVector> built = new ArrayList<>();
    columns.forEach(column -> built.add(column.build()));
    return built;
  }
}
