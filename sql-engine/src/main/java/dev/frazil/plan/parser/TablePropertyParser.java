package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** SET PROPERTIES of Trino, SET and UNSET TBLPROPERTIES of Spark, after these words. */
final class TablePropertyParser {
  private final TokenReader reader;
  private final List<TableAlteration> alterations;

  TablePropertyParser(TokenReader reader, List<TableAlteration> alterations) {
    this.reader = reader;
    this.alterations = alterations;
  }

  /** {@code (key = value, ...)}, or without brackets; DEFAULT takes a property away. */
  void set() {
    boolean inBrackets = reader.acceptSymbol("(");
    Map<String, String> properties = new LinkedHashMap<>();
    List<String> removed = new ArrayList<>();
    do {
      SqlToken token = reader.peek();
      String key = key();
      reader.expectSymbol("=");
      if (properties.containsKey(key) || removed.contains(key)) {
        throw reader.source().syntaxError(token.start(), "the property " + key + " is given twice");
      }
      if (key.equals("partitioning") && reader.peek().is("array")) {
        alterations.add(
            new TableAlteration.SetPartitioning(
                TableLayoutParser.texts(reader, TableLayoutParser::transform)));
      } else if (key.equals("sorted_by") && reader.peek().is("array")) {
        alterations.add(
            new TableAlteration.SetWriteOrder(
                TableLayoutParser.texts(reader, TableLayoutParser::orderField), null));
      } else if (reader.peek().is("default")) {
        reader.next();
        removed.add(key);
      } else {
        properties.put(key, value(key));
      }
    } while ((inBrackets || !anotherAlteration()) && reader.acceptSymbol(","));
    if (inBrackets) {
      reader.expectSymbol(")");
    }
    if (!properties.isEmpty()) {
      alterations.add(new TableAlteration.SetProperties(properties));
    }
    if (!removed.isEmpty()) {
      alterations.add(new TableAlteration.UnsetProperties(removed, true));
    }
  }

  /** {@code [IF EXISTS] (key, ...)}. */
  void unset() {
    boolean ifExists = reader.accept("if", "exists");
    reader.expectSymbol("(");
    List<String> keys = new ArrayList<>();
    do {
      keys.add(key());
    } while (reader.acceptSymbol(","));
    reader.expectSymbol(")");
    alterations.add(new TableAlteration.UnsetProperties(keys, ifExists));
  }

  /** Whether what stands behind the comma is no key. */
  private boolean anotherAlteration() {
    return AlterTableParser.VERBS.contains(reader.peek(1).value())
        && !reader.peek(2).isSymbol("=")
        && !reader.peek(2).isSymbol(".");
  }

  private String key() {
    return reader.peek().kind() == Kind.STRING
        ? reader.next().value()
        : String.join(".", reader.name("property").texts());
  }

  private String value(String key) {
    SqlToken value = reader.next();
    boolean negative = value.isSymbol("-") && reader.peek().kind() == Kind.NUMBER;
    return switch (value.kind()) {
      case STRING, NUMBER, WORD -> value.value();
      case QUOTED, PARAMETER, SYMBOL, END -> {
        if (negative) {
          yield "-" + reader.next().value();
        }
        throw reader
            .source()
            .syntaxError(
                value.start(), "expected the value of " + key + ", found " + value.describe());
      }
    };
  }
}
