package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Parses the properties of views and schemas: {@code key = value, ...}, and keys alone. */
final class PropertyListParser {
  private final TokenReader reader;

  PropertyListParser(TokenReader reader) {
    this.reader = reader;
  }

  /** {@code (key = value, ...)}. */
  Map<String, String> inBrackets() {
    reader.expectSymbol("(");
    Map<String, String> properties = list();
    reader.expectSymbol(")");
    return properties;
  }

  /** With or without brackets. */
  Map<String, String> pairs() {
    return reader.peek().isSymbol("(") ? inBrackets() : list();
  }

  /** {@code [IF EXISTS] key, ...}, with or without brackets. */
  Set<String> keys() {
    reader.accept("if", "exists");
    boolean inBrackets = reader.acceptSymbol("(");
    Set<String> keys = new LinkedHashSet<>();
    do {
      keys.add(key());
    } while (reader.acceptSymbol(","));
    if (inBrackets) {
      reader.expectSymbol(")");
    }
    return keys;
  }

  private Map<String, String> list() {
    Map<String, String> properties = new LinkedHashMap<>();
    do {
      int start = reader.peek().start();
      String key = key();
      reader.expectSymbol("=");
      SqlToken value = reader.next();
      boolean isValue =
          value.kind() == Kind.STRING || value.kind() == Kind.NUMBER || value.kind() == Kind.WORD;
      if (!isValue) {
        throw reader
            .source()
            .syntaxError(
                value.start(), "expected the value of " + key + ", found " + value.describe());
      }
      if (properties.put(key, value.value()) != null) {
        throw reader.source().syntaxError(start, "the property " + key + " is given twice");
      }
    } while (reader.acceptSymbol(","));
    return properties;
  }

  private String key() {
    return reader.peek().kind() == Kind.STRING
        ? reader.next().value()
        : String.join(".", reader.name("property").texts());
  }
}
