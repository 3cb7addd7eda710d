package dev.frazil.plan.parser;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code COMMENT ON TABLE | COLUMN | VIEW | SCHEMA name IS 'text' | NULL}. */
final class CommentParser {
  private final TokenReader reader;

  CommentParser(TokenReader reader) {
    this.reader = reader;
  }

  ParsedStatement comment() {
    reader.expect("comment", "on");
    SqlToken what = reader.peek();
    if (reader.accept("table")) {
      TableName table = reader.name("table");
      return new ParsedStatement.AlterTable(
          table, false, List.of(new TableAlteration.CommentTable(text())));
    } else if (reader.accept("column")) {
      TableName path = reader.name("column");
      if (path.parts().size() < 2) {
        throw reader
            .source()
            .syntaxError(path.offset(), "expected the name of a table, a dot and a column");
      }
      return new ParsedStatement.CommentOnColumn(path, text());
    } else if (reader.accept("view")) {
      return new ViewParser(reader).comment();
    } else if (SchemaParser.accepts(reader)) {
      return new SchemaParser(reader).comment();
    } else if (what.isName()) {
      throw reader.source().unsupported(what.start(), "COMMENT ON " + what.describe());
    }
    throw reader.expected("TABLE, COLUMN, VIEW or SCHEMA");
  }

  private @Nullable String text() {
    reader.expect("is");
    @Nullable String text =
        reader.accept("null") ? null : reader.string("a comment in quotes, or NULL");
    reader.expectEnd();
    return text;
  }
}
