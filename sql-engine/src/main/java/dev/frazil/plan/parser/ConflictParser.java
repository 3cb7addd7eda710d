package dev.frazil.plan.parser;

import dev.frazil.plan.parser.ParsedStatement.OnConflict;
import dev.frazil.plan.parser.TableName.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ON CONFLICT of INSERT. */
final class ConflictParser {
  private final TokenReader reader;

  ConflictParser(TokenReader reader) {
    this.reader = reader;
  }

  /** The index of ON CONFLICT, or the end: joins have an ON too. */
  int find() {
    int start = reader.index();
    int at = reader.find("on");
    while (at < reader.end() && !isConflict(at)) {
      reader.moveTo(at + 1);
      at = reader.find("on");
    }
    reader.moveTo(start);
    return at;
  }

  /** A table may be called conflict, too. */
  private boolean isConflict(int on) {
    if (on + 2 >= reader.end() || !reader.tokens().get(on + 1).is("conflict")) {
      return false;
    }
    SqlToken next = reader.tokens().get(on + 2);
    return next.isSymbol("(") || next.is("do") || next.is("on") || next.is("where");
  }

  /** Reads it if it stands here. */
  @Nullable OnConflict conflict() {
    int offset = reader.peek().start();
    if (!reader.accept("on", "conflict")) {
      return null;
    }
    if (reader.peek().is("on")) {
      throw reader.source().unsupported(offset, "ON CONFLICT ON CONSTRAINT");
    }
    List<Part> key = List.of();
    if (reader.peek().isSymbol("(")) {
      key = DataChangeParser.columnList(reader);
    }
    if (reader.peek().is("where")) {
      throw reader.source().unsupported(reader.peek().start(), "ON CONFLICT (...) WHERE");
    }
    reader.expect("do");
    if (reader.accept("nothing")) {
      reader.expectEnd();
      return new OnConflict(key, null, null, offset);
    }
    if (!reader.accept("update")) {
      throw reader.expected("NOTHING or UPDATE");
    }
    reader.expect("set");
    int end = reader.find("where");
    List<ParsedStatement.Assignment> assignments = new AssignmentParser(reader).assignments(end);
    @Nullable Slice where = null;
    if (reader.accept("where")) {
      where = new Slice(reader.index(), reader.end());
      if (where.size() == 0) {
        throw reader.expected("a condition");
      }
    } else {
      reader.expectEnd();
    }
    return new OnConflict(key, assignments, where, offset);
  }
}
