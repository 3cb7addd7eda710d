package dev.frazil.plan.parser;

import dev.frazil.error.EngineException;
import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Walks over tokens {@code index} to {@code end} and tells what was expected when it fails. */
final class TokenReader {
  private final SqlText source;
  private final List<SqlToken> tokens;
  private final int end;
  private int index;

  TokenReader(SqlText source, List<SqlToken> tokens, int index, int end) {
    this.source = source;
    this.tokens = tokens;
    this.index = index;
    this.end = end;
  }

  int index() {
    return index;
  }

  int end() {
    return end;
  }

  List<SqlToken> tokens() {
    return tokens;
  }

  SqlText source() {
    return source;
  }

  void moveTo(int newIndex) {
    index = newIndex;
  }

  boolean atEnd() {
    return index >= end;
  }

  SqlToken peek() {
    return peek(0);
  }

  SqlToken peek(int ahead) {
    int at = Math.min(index + ahead, end);
    return at < end ? tokens.get(at) : endToken();
  }

  private SqlToken endToken() {
    int offset = end < tokens.size() ? tokens.get(end).start() : source.text().length();
    return new SqlToken(Kind.END, offset, offset, "");
  }

  SqlToken next() {
    SqlToken token = peek();
    index = Math.min(index + 1, end);
    return token;
  }

  /** Takes the keywords if they all come next, in this order. */
  boolean accept(String... keywords) {
    for (int i = 0; i < keywords.length; i++) {
      if (!peek(i).is(keywords[i])) {
        return false;
      }
    }
    index += keywords.length;
    return true;
  }

  boolean acceptSymbol(String symbol) {
    if (!peek().isSymbol(symbol)) {
      return false;
    }
    index++;
    return true;
  }

  void expect(String... keywords) {
    for (String keyword : keywords) {
      if (!accept(keyword)) {
        throw expected(keyword.toUpperCase(Locale.ROOT));
      }
    }
  }

  void expectSymbol(String symbol) {
    if (!acceptSymbol(symbol)) {
      throw expected('"' + symbol + '"');
    }
  }

  void expectEnd() {
    if (!atEnd()) {
      throw expected("the end of the statement");
    }
  }

  /** A 42601: what was expected here, and what stands here. */
  EngineException expected(String what) {
    SqlToken found = peek();
    return source.syntaxError(found.start(), "expected " + what + ", found " + found.describe());
  }

  /** A name of one part. */
  SqlToken simpleName(String what) {
    if (!peek().isName()) {
      throw expected("the name of a " + what);
    }
    return next();
  }

  /** A name of parts with dots between. */
  TableName name(String what) {
    TableName name = qualifiedName(what);
    if (peek().isSymbol("@")) {
      throw source.unsupported(peek().start(), "a branch (name @ branch)");
    }
    return name;
  }

  /** The name of a table whose rows are changed, with its branch: {@code t @ audit}. */
  TableName target() {
    TableName name = qualifiedName("table");
    return acceptSymbol("@") ? new TableName(name.parts(), name.offset(), branch()) : name;
  }

  /** The name of a branch or tag: a word, or a text where it looks like none. */
  String branch() {
    return peek().kind() == Kind.STRING ? next().value() : simpleName("branch").value();
  }

  /** As {@link #name}, whatever follows. */
  TableName qualifiedName(String what) {
    int offset = peek().start();
    List<TableName.Part> parts = new ArrayList<>();
    do {
      SqlToken part = simpleName(what);
      parts.add(new TableName.Part(part.value(), part.kind() == Kind.QUOTED));
    } while (acceptSymbol("."));
    return new TableName(parts, offset);
  }

  /** A whole number. */
  int wholeNumber(String what) {
    SqlToken token = peek();
    if (token.kind() != Kind.NUMBER || !token.value().matches("[0-9]{1,9}")) {
      throw expected(what);
    }
    return Integer.parseInt(next().value());
  }

  String string(String what) {
    if (peek().kind() != Kind.STRING) {
      throw expected(what);
    }
    return next().value();
  }

  /** Moves behind the bracket that closes the one just before {@code index}. */
  int skipToClosing() {
    int opened = index - 1;
    int depth = 1;
    while (depth > 0) {
      if (atEnd()) {
        throw source.syntaxError(tokens.get(opened).start(), "this bracket is not closed");
      }
      SqlToken token = next();
      if (token.isSymbol("(") || token.isSymbol("[")) {
        depth++;
      } else if (token.isSymbol(")") || token.isSymbol("]")) {
        depth--;
      }
    }
    return index - 1;
  }

  /**
   * The index of the next token outside of brackets and CASE that is one of the keywords or
   * symbols, or the end.
   */
  int find(String... wanted) {
    int depth = 0;
    for (int i = index; i < end; i++) {
      SqlToken token = tokens.get(i);
      if (depth == 0 && isOneOf(token, wanted)) {
        return i;
      }
      if (token.isSymbol("(") || token.isSymbol("[") || token.is("case")) {
        depth++;
      } else if (token.isSymbol(")") || token.isSymbol("]") || token.is("end")) {
        depth--;
      }
    }
    return end;
  }

  private static boolean isOneOf(SqlToken token, String[] wanted) {
    if (token.kind() != Kind.WORD && token.kind() != Kind.SYMBOL) {
      return false;
    }
    for (String word : wanted) {
      if (token.value().equals(word)) {
        return true;
      }
    }
    return false;
  }

  /** The values up to the bracket that closes the one just before; moves behind it. */
  List<Slice> valuesInBrackets() {
    int first = index;
    int closing = skipToClosing();
    index = first;
    List<Slice> values = commaSeparated(closing);
    index = closing + 1;
    for (Slice value : values) {
      if (value.size() == 0) {
        throw source.syntaxError(tokens.get(value.to()).start(), "a value is missing");
      }
    }
    return values;
  }

  /** Cuts the tokens up to {@code to} at the commas outside of brackets: pairs of indexes. */
  List<Slice> commaSeparated(int to) {
    List<Slice> slices = new ArrayList<>();
    while (true) {
      int comma = Math.min(find(","), to);
      slices.add(new Slice(index, comma));
      if (comma >= to) {
        index = to;
        return slices;
      }
      index = comma + 1;
    }
  }
}
