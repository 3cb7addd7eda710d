package dev.frazil.plan.parser;

import dev.frazil.config.ConnectionProperty;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.ParsedStatement.Show;
import dev.frazil.plan.parser.ParsedStatement.Shown;
import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** SHOW and DESCRIBE, as Trino writes them, else as Spark does. */
final class ShowParser {
  private final TokenReader reader;

  ShowParser(TokenReader reader) {
    this.reader = reader;
  }

  ParsedStatement show() {
    reader.expect("show");
    SqlToken what = reader.peek();
    if (reader.accept("time", "zone") || reader.accept("timezone")) {
      reader.expectEnd();
      return new ParsedStatement.ShowTimeZone();
    }
    if (reader.accept("commit", "state")) {
      return new SessionParser(reader).showCommitState();
    }
    if (reader.accept("database", "history")) {
      return new HistoryParser(reader).history();
    }
    if (reader.accept("dropped", "tables")) {
      TableName schema = in() ? reader.name("schema") : null;
      String pattern = pattern();
      reader.expectEnd();
      return new ParsedStatement.OfHistory(new HistoryStatement.ShowDropped(schema, pattern));
    }
    if (reader.accept("schemas") || reader.accept("databases") || reader.accept("namespaces")) {
      return like(Shown.SCHEMAS, null);
    } else if (reader.accept("tables")) {
      return like(Shown.TABLES, in() ? reader.name("schema") : null);
    } else if (reader.accept("views")) {
      return like(Shown.VIEWS, in() ? reader.name("schema") : null);
    } else if (reader.accept("columns")) {
      return like(Shown.COLUMNS, of());
    } else if (reader.accept("catalogs")) {
      return like(Shown.CATALOGS, null);
    } else if (reader.accept("functions")) {
      return like(Shown.FUNCTIONS, null);
    } else if (reader.accept("all") || reader.accept("session")) {
      return like(Shown.SETTINGS, null);
    } else if (reader.accept("partitions")) {
      return end(Shown.PARTITIONS, of(), null);
    } else if (reader.accept("tblproperties")) {
      return properties();
    } else if (reader.accept("create", "table")) {
      return end(Shown.CREATE_TABLE, reader.name("table"), null);
    } else if (reader.accept("create", "view")) {
      return end(Shown.CREATE_VIEW, reader.name("view"), null);
    } else if (reader.accept("create", "schema") || reader.accept("create", "database")) {
      return end(Shown.CREATE_SCHEMA, reader.name("schema"), null);
    }
    if (what.kind() != Kind.WORD) {
      throw reader.expected("SCHEMAS, TABLES, COLUMNS or the name of a property");
    }
    for (ConnectionProperty property : ConnectionProperty.values()) {
      if (property.propertyName().equalsIgnoreCase(what.value())) {
        reader.next();
        return end(Shown.SETTING, null, property.propertyName());
      }
    }
    throw reader
        .source()
        .unsupported(what.start(), "SHOW " + what.value().toUpperCase(Locale.ROOT));
  }

  ParsedStatement describe() {
    reader.next();
    SqlToken first = reader.peek();
    boolean isQuery = reader.accept("query");
    if (isQuery
        || first.isSymbol("(")
        || first.is("select")
        || first.is("with")
        || first.is("values")) {
      if (reader.atEnd()) {
        throw reader.expected("a query");
      }
      Slice query = new Slice(reader.index(), reader.end());
      reader.moveTo(reader.end());
      return new ParsedStatement.DescribeQuery(query);
    }
    boolean isSchema = first.is("schema") || first.is("database") || first.is("namespace");
    if (isSchema && reader.peek(1).isName()) {
      reader.next();
      if (reader.peek(1).isName()) {
        reader.accept("extended");
      }
      return end(Shown.SCHEMA, reader.name("schema"), null);
    }
    for (String other : new String[] {"input", "output"}) {
      if (first.is(other) && reader.peek(1).isName()) {
        throw reader
            .source()
            .unsupported(first.start(), "DESCRIBE " + other.toUpperCase(Locale.ROOT));
      }
    }
    if (first.is("function") && reader.peek(1).isName()) {
      reader.next();
      return end(Shown.FUNCTION, null, reader.simpleName("function").value());
    }
    if (reader.peek(1).isName()) {
      reader.accept("table");
    }
    boolean isExtended =
        reader.peek(1).isName() && (reader.accept("extended") || reader.accept("formatted"));
    TableName table = reader.name("table");
    return end(isExtended ? Shown.DETAILS : Shown.COLUMNS, table, null);
  }

  private boolean in() {
    return reader.accept("in") || reader.accept("from");
  }

  /** A table, with or without IN or FROM before it. */
  private TableName of() {
    in();
    return reader.name("table");
  }

  /** {@code SHOW TBLPROPERTIES t [('key')]}. */
  private ParsedStatement properties() {
    TableName table = of();
    String key = null;
    if (reader.acceptSymbol("(")) {
      key =
          reader.peek().kind() == Kind.STRING
              ? reader.next().value()
              : String.join(".", reader.name("property").texts());
      reader.expectSymbol(")");
    }
    return end(Shown.PROPERTIES, table, key);
  }

  private ParsedStatement like(Shown what, @Nullable TableName name) {
    return end(what, name, pattern());
  }

  /** {@code [LIKE 'pattern' [ESCAPE 'character']]}. */
  private @Nullable String pattern() {
    boolean hasWord = reader.accept("like");
    String pattern = null;
    if (hasWord || reader.peek().kind() == Kind.STRING) {
      pattern = reader.string("a pattern in quotes");
    }
    if (pattern == null || !reader.accept("escape")) {
      return pattern;
    }
    int start = reader.peek().start();
    String escape = reader.string("a character in quotes");
    if (escape.length() != 1) {
      throw reader.source().syntaxError(start, "ESCAPE wants one character");
    }
    return escaped(pattern, escape.charAt(0), start);
  }

  /** The pattern with {@link Show#ESCAPE} before what stands for itself. */
  private String escaped(String pattern, char escape, int start) {
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < pattern.length()) {
      char character = pattern.charAt(i++);
      if (character != escape) {
        text.append(character);
        continue;
      }
      if (i == pattern.length()
          || ("%_*".indexOf(pattern.charAt(i)) < 0 && pattern.charAt(i) != escape)) {
        throw new EngineException(
            SqlState.INVALID_ESCAPE_SEQUENCE,
            "behind the escape character of the pattern stands %, _, * or itself ("
                + reader.source().position(start)
                + ")");
      }
      text.append(Show.ESCAPE).append(pattern.charAt(i++));
    }
    return text.toString();
  }

  private ParsedStatement end(Shown what, @Nullable TableName name, @Nullable String argument) {
    reader.expectEnd();
    return new Show(what, name, argument);
  }
}
