package dev.frazil.exec.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.FileRows;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.vector.RowBatch;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows from JSON objects, one after the other, each usually on a line (JSON Lines). */
final class JsonRows implements RowReader {
  private final FilePlace place;
  private final JsonParser parser;
  private final JsonMembers members;
  private final BatchMemory memory;

  JsonRows(FileRows rows, String location, Reader text, QueryContext context) throws IOException {
    this.place = new FilePlace(location);
    List<TextColumn> columns = new ArrayList<>();
    for (Column column : rows.columns()) {
      columns.add(TextColumn.of(column.name(), column.type(), place, context));
    }
    this.members = new JsonMembers(rows.columns(), columns, rows.listed(), place);
    this.parser = FilePlace.JSON.createParser(text);
    this.memory = new BatchMemory(context.memory());
  }

  @Override
  public @Nullable RowBatch next() throws IOException {
    int count = 0;
    memory.begin();
    long start = parser.currentLocation().getCharOffset();
    while (memory.hasRoom(count)) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        break;
      }
      place.moveTo(parser.currentTokenLocation().getLineNr());
      if (token != JsonToken.START_OBJECT) {
        throw place.malformed("a JSON object is wanted, one for each row");
      }
      members.append(parser);
      long end = parser.currentLocation().getCharOffset();
      memory.add(end - start);
      start = end;
      count++;
    }
    if (count == 0) {
      return null;
    }
    RowBatch batch = new RowBatch(members.build(), count);
    memory.end(batch);
    return batch;
  }

  @Override
  public void close() throws IOException {
    memory.close();
    parser.close();
  }
}
