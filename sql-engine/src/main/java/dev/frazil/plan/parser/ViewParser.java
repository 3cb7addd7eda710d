package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** CREATE, DROP, ALTER and COMMENT ON of a view, after the word VIEW; as Trino, else Spark. */
final class ViewParser {
  private final TokenReader reader;

  ViewParser(TokenReader reader) {
    this.reader = reader;
  }

  ParsedStatement create(boolean orReplace) {
    int start = reader.peek().start();
    boolean ifNotExists = reader.accept("if", "not", "exists");
    if (orReplace && ifNotExists) {
      throw reader.source().syntaxError(start, "OR REPLACE and IF NOT EXISTS exclude each other");
    }
    TableName name = reader.name("view");
    List<ViewStatement.Column> columns =
        reader.peek().isSymbol("(") ? columns() : new ArrayList<>();
    String comment = null;
    Map<String, String> properties = new LinkedHashMap<>();
    while (!reader.accept("as")) {
      SqlToken option = reader.peek();
      if (reader.accept("comment")) {
        comment = reader.string("a comment in quotes");
      } else if (reader.accept("tblproperties")
          || (option.is("with") && reader.peek(1).isSymbol("(") && reader.accept("with"))) {
        properties.putAll(properties());
      } else if (option.is("security") || option.is("sql")) {
        throw reader.source().unsupported(option.start(), "the security of a view");
      } else {
        throw reader.expected("AS and a query");
      }
    }
    Slice query = query();
    return statement(
        new ViewStatement.Create(
            name, orReplace, ifNotExists, columns, comment, properties, query));
  }

  private List<ViewStatement.Column> columns() {
    List<ViewStatement.Column> columns = new ArrayList<>();
    reader.expectSymbol("(");
    do {
      SqlToken token = reader.simpleName("column");
      String comment = reader.accept("comment") ? reader.string("a comment in quotes") : null;
      if (!reader.peek().isSymbol(",") && !reader.peek().isSymbol(")")) {
        throw reader.expected("COMMENT, \",\" or \")\": a column of a view has the query's type");
      }
      columns.add(
          new ViewStatement.Column(
              new TableName.Part(token.value(), token.kind() == Kind.QUOTED),
              comment,
              token.start()));
    } while (reader.acceptSymbol(","));
    reader.expectSymbol(")");
    return columns;
  }

  /** The rest of the statement. */
  private Slice query() {
    int end = reader.end();
    List<SqlToken> tokens = reader.tokens();
    Slice query = new Slice(reader.index(), end);
    SqlToken first = reader.peek();
    boolean isQuery =
        first.is("select")
            || first.is("with")
            || first.is("values")
            || first.is("table")
            || first.isSymbol("(");
    if (!isQuery) {
      throw reader.expected("a query");
    }
    if (end - 2 > query.from() && tokens.get(end - 1).is("option")) {
      int check = tokens.get(end - 2).is("check") ? end - 2 : end;
      throw reader.source().unsupported(tokens.get(check).start(), "WITH CHECK OPTION");
    }
    for (int i = query.from(); i < end; i++) {
      if (tokens.get(i).kind() == Kind.PARAMETER) {
        throw reader
            .source()
            .unsupported(tokens.get(i).start(), "a parameter in the query of a view");
      }
    }
    reader.moveTo(end);
    return query;
  }

  ParsedStatement drop() {
    boolean ifExists = reader.accept("if", "exists");
    TableName name = reader.name("view");
    if (reader.peek().is("cascade")) {
      throw reader.source().unsupported(reader.peek().start(), "DROP VIEW ... CASCADE");
    }
    reader.accept("restrict");
    reader.expectEnd();
    return statement(new ViewStatement.Drop(name, ifExists));
  }

  ParsedStatement alter() {
    TableName name = reader.name("view");
    if (reader.accept("rename", "to")) {
      TableName newName = reader.name("view");
      reader.expectEnd();
      return statement(new ViewStatement.Rename(name, newName));
    } else if (reader.accept("as")) {
      return statement(new ViewStatement.Redefine(name, query()));
    } else if (reader.accept("set", "properties")) {
      Map<String, String> set = new PropertyListParser(reader).pairs();
      reader.expectEnd();
      return statement(new ViewStatement.ChangeProperties(name, set, Set.of()));
    } else if (reader.accept("set", "tblproperties")) {
      Map<String, String> set = properties();
      reader.expectEnd();
      return statement(new ViewStatement.ChangeProperties(name, set, Set.of()));
    } else if (reader.accept("unset", "properties") || reader.accept("unset", "tblproperties")) {
      return statement(new ViewStatement.ChangeProperties(name, Map.of(), removed()));
    }
    SqlToken what = reader.peek();
    if (what.kind() == Kind.WORD) {
      throw reader
          .source()
          .unsupported(
              what.start(), "ALTER VIEW ... " + what.value().toUpperCase(Locale.ROOT) + " ...");
    }
    throw reader.expected("RENAME TO, AS, SET PROPERTIES or UNSET PROPERTIES");
  }

  ParsedStatement comment() {
    TableName name = reader.name("view");
    reader.expect("is");
    String comment = reader.accept("null") ? null : reader.string("a comment in quotes, or NULL");
    reader.expectEnd();
    return statement(new ViewStatement.Comment(name, comment));
  }

  private Set<String> removed() {
    Set<String> keys = new PropertyListParser(reader).keys();
    reader.expectEnd();
    return keys;
  }

  private Map<String, String> properties() {
    return new PropertyListParser(reader).inBrackets();
  }

  private static ParsedStatement statement(ViewStatement statement) {
    return new ParsedStatement.View(statement);
  }
}
