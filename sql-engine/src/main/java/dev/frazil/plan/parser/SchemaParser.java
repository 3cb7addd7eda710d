package dev.frazil.plan.parser;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Parses CREATE, ALTER and DROP SCHEMA, and COMMENT ON SCHEMA. */
final class SchemaParser {
  /** The property that holds the comment, as in Spark. */
  private static final String COMMENT = "comment";

  private final TokenReader reader;

  SchemaParser(TokenReader reader) {
    this.reader = reader;
  }

  /** Whether the next word says that it is about a schema; it is taken. */
  static boolean accepts(TokenReader reader) {
    return reader.accept("schema") || reader.accept("database") || reader.accept("namespace");
  }

  /**
   * {@code [IF NOT EXISTS] s [COMMENT '...'] [WITH (key = value, ...)]}; Spark: {@code WITH
   * DBPROPERTIES}.
   */
  ParsedStatement create() {
    boolean ifNotExists = reader.accept("if", "not", "exists");
    TableName name = reader.name("schema");
    Map<String, String> properties = new LinkedHashMap<>();
    while (!reader.atEnd()) {
      SqlToken clause = reader.peek();
      Map<String, String> added;
      if (reader.accept("comment")) {
        added = Map.of(COMMENT, reader.string("a comment in quotes"));
      } else if (reader.accept("with")) {
        if (!reader.accept("dbproperties")) {
          reader.accept("properties");
        }
        added = new PropertyListParser(reader).inBrackets();
      } else if (clause.is("authorization") || clause.is("location")) {
        throw unsupported(clause, "CREATE SCHEMA ... ");
      } else {
        throw reader.expected("COMMENT, WITH or the end of the statement");
      }
      for (Map.Entry<String, String> property : added.entrySet()) {
        if (properties.put(property.getKey(), property.getValue()) != null) {
          throw reader
              .source()
              .syntaxError(clause.start(), "the property " + property.getKey() + " is given twice");
        }
      }
    }
    return new ParsedStatement.CreateSchema(name, ifNotExists, properties);
  }

  /** {@code [IF EXISTS] s [CASCADE | RESTRICT]}. */
  ParsedStatement drop() {
    boolean ifExists = reader.accept("if", "exists");
    TableName name = reader.name("schema");
    boolean cascade = reader.accept("cascade");
    if (!cascade) {
      reader.accept("restrict");
    }
    reader.expectEnd();
    return new ParsedStatement.DropSchema(name, ifExists, cascade);
  }

  /** {@code s SET | UNSET PROPERTIES ...}; Spark: {@code DBPROPERTIES}. */
  ParsedStatement alter() {
    TableName name = reader.name("schema");
    Map<String, String> set = Map.of();
    Set<String> removed = Set.of();
    if (reader.accept("set", "properties") || reader.accept("set", "dbproperties")) {
      set = new PropertyListParser(reader).pairs();
    } else if (reader.accept("unset", "properties") || reader.accept("unset", "dbproperties")) {
      removed = new PropertyListParser(reader).keys();
    } else if (reader.peek().isName()) {
      throw unsupported(reader.peek(), "ALTER SCHEMA ... ");
    } else {
      throw reader.expected("SET PROPERTIES or UNSET PROPERTIES");
    }
    reader.expectEnd();
    return new ParsedStatement.AlterSchema(name, set, removed);
  }

  /** {@code s IS '...' | NULL}. */
  ParsedStatement comment() {
    TableName name = reader.name("schema");
    reader.expect("is");
    boolean none = reader.accept("null");
    Map<String, String> set =
        none ? Map.of() : Map.of(COMMENT, reader.string("a comment in quotes, or NULL"));
    reader.expectEnd();
    return new ParsedStatement.AlterSchema(name, set, none ? Set.of(COMMENT) : Set.of());
  }

  private RuntimeException unsupported(SqlToken word, String before) {
    return reader
        .source()
        .unsupported(word.start(), before + word.value().toUpperCase(Locale.ROOT));
  }
}
