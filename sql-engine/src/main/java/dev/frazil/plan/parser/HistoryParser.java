package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import dev.frazil.plan.parser.TravelledTable.Version;

/** Parses the statements about what the database was earlier. */
final class HistoryParser {
  /** Versions that SHOW DATABASE HISTORY shows without LIMIT. */
  private static final int SHOWN = 100;

  private final TokenReader reader;

  HistoryParser(TokenReader reader) {
    this.reader = reader;
  }

  /** {@code SHOW DATABASE HISTORY}, up to here, {@code [LIMIT n | ALL]}. */
  ParsedStatement history() {
    Integer limit = SHOWN;
    if (reader.accept("limit")) {
      limit = reader.accept("all") ? null : number();
    }
    return end(new HistoryStatement.ShowHistory(limit));
  }

  private int number() {
    SqlToken token = reader.peek();
    if (token.kind() == Kind.NUMBER && token.value().matches("[0-9]{1,9}")) {
      reader.next();
      return Integer.parseInt(token.value());
    }
    throw reader.expected("a number or ALL");
  }

  /** {@code UNDROP TABLE t [RENAME TO u]}. */
  ParsedStatement undrop() {
    reader.expect("undrop");
    reader.expect("table");
    TableName table = reader.name("table");
    TableName newName = null;
    if (reader.accept("rename")) {
      reader.expect("to");
      newName = reader.name("table");
    }
    return end(new HistoryStatement.Undrop(table, newName));
  }

  /** {@code RESTORE DATABASE TO TIMESTAMP ts | VERSION n}. */
  ParsedStatement restore() {
    SqlToken first = reader.next();
    if (reader.peek().is("table")) {
      throw reader
          .source()
          .unsupported(first.start(), "RESTORE TABLE; a table goes back by RESTORE DATABASE only");
    }
    reader.expect("database");
    reader.expect("to");
    int offset = reader.peek().start();
    Version moment = TimeTravelClause.moment(reader);
    return end(new HistoryStatement.Restore(moment, offset));
  }

  private ParsedStatement end(HistoryStatement statement) {
    reader.expectEnd();
    return new ParsedStatement.OfHistory(statement);
  }
}
