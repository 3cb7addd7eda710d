package dev.frazil.plan.parser;

import dev.frazil.plan.parser.ParsedStatement.CopyOption;
import dev.frazil.plan.parser.SqlToken.Kind;
import dev.frazil.plan.parser.TableName.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code COPY t [(columns)] FROM 'location' [[WITH] (option [value], ...)]} and {@code COPY t
 * [(columns)] | (query) TO 'location' ...}, as PostgreSQL writes them.
 */
final class CopyParser {
  private final TokenReader reader;

  CopyParser(TokenReader reader) {
    this.reader = reader;
  }

  ParsedStatement copy() {
    reader.expect("copy");
    if (reader.acceptSymbol("(")) {
      int from = reader.index();
      Slice query = new Slice(from, reader.skipToClosing());
      reader.expect("to");
      return to(null, null, query);
    }
    int first = reader.index();
    TableName name = reader.target();
    Slice table = new Slice(first, reader.index());
    @Nullable Slice columns = null;
    @Nullable List<Part> names = null;
    if (reader.peek().isSymbol("(")) {
      int open = reader.index();
      names = DataChangeParser.columnList(reader);
      columns = new Slice(open + 1, reader.index() - 1);
    }
    if (reader.accept("to")) {
      return to(table, columns, null);
    }
    if (!reader.accept("from")) {
      throw reader.expected("FROM or TO");
    }
    int offset = reader.peek().start();
    String location = location();
    return new ParsedStatement.CopyFrom(name, names, location, offset, options());
  }

  private ParsedStatement to(
      @Nullable Slice table, @Nullable Slice columns, @Nullable Slice query) {
    int offset = reader.peek().start();
    String location = location();
    return new ParsedStatement.CopyTo(table, columns, query, location, offset, options());
  }

  private String location() {
    SqlToken token = reader.peek();
    if (token.is("stdin") || token.is("stdout") || token.is("program")) {
      throw reader
          .source()
          .unsupported(token.start(), "COPY with " + token.value().toUpperCase(Locale.ROOT));
    }
    return reader.string("the location of a file, in single quotes");
  }

  private List<CopyOption> options() {
    List<CopyOption> options = new ArrayList<>();
    boolean with = reader.accept("with");
    if (!with && reader.atEnd()) {
      return options;
    }
    reader.expectSymbol("(");
    do {
      int offset = reader.peek().start();
      String name = reader.simpleName("option").value();
      options.add(new CopyOption(name, value(), offset));
    } while (reader.acceptSymbol(","));
    reader.expectSymbol(")");
    reader.expectEnd();
    return options;
  }

  private @Nullable String value() {
    SqlToken token = reader.peek();
    boolean given =
        token.kind() == Kind.STRING || token.kind() == Kind.NUMBER || token.kind() == Kind.WORD;
    return given ? reader.next().value() : null;
  }
}
