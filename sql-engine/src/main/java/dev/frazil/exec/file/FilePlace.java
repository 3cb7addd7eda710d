package dev.frazil.exec.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;

/** Where in which file a reader stands, for messages. One thread. */
final class FilePlace {
  /** Numbers keep their digits as written: they are converted as texts. */
  static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String location;
  private long line = 1;

  FilePlace(String location) {
    this.location = location;
  }

  String location() {
    return location;
  }

  long line() {
    return line;
  }

  void moveTo(long newLine) {
    line = newLine;
  }

  /** A 22P04 at the current line. */
  EngineException malformed(String problem) {
    return new EngineException(
        SqlState.BAD_FILE_FORMAT, location + ", line " + line + ": " + problem);
  }

  /** The same for a column. */
  EngineException malformed(String column, String problem) {
    return malformed("column \"" + column + "\": " + problem);
  }

  /** Reads a text as one JSON value into a column. */
  void parse(String text, TextColumn column) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == JsonToken.VALUE_NULL) {
        column.appendNull();
      } else {
        column.append(parser);
      }
      if (parser.nextToken() != null) {
        throw malformed("something follows the JSON value");
      }
    }
  }
}
