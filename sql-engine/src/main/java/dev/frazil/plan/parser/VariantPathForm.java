package dev.frazil.plan.parser;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path behind a variant: {@code v:a.b[0]['c']}, as Databricks and Snowflake write it. Names are
 * taken as they are written.
 *
 * @param end its last token
 * @param path as {@code variant_path} takes it, from {@code $} on
 */
record VariantPathForm(int end, String path) {

  /** The path that begins with the colon at {@code colon}; null if it is another colon. */
  static @Nullable VariantPathForm read(
      SqlText source, List<SqlToken> tokens, int from, int to, int colon) {
    if (colon <= from || colon + 1 >= to || isOtherColon(tokens, from, colon)) {
      return null;
    }
    StringBuilder path = new StringBuilder("$");
    int at = colon;
    if (tokens.get(at + 1).isSymbol("[")) {
      at = step(source, tokens, at + 1, path);
    } else if (tokens.get(at + 1).isName()) {
      at = name(source, tokens.get(at + 1), at + 1, path);
    } else {
      return null;
    }
    while (at + 1 < to) {
      SqlToken next = tokens.get(at + 1);
      if (next.isSymbol("[") && at + 3 < to) {
        at = step(source, tokens, at + 1, path);
      } else if (next.isSymbol(".") && at + 2 < to && tokens.get(at + 2).isName()) {
        at = name(source, tokens.get(at + 2), at + 2, path);
      } else {
        break;
      }
    }
    return new VariantPathForm(at, path.toString());
  }

  /** The path as a literal of SQL. */
  String literal() {
    return "'" + path.replace("'", "''") + "'";
  }

  /** The colon behind the key of an object that JSON_OBJECT makes. */
  private static boolean isOtherColon(List<SqlToken> tokens, int from, int colon) {
    SqlToken before = tokens.get(colon - 1);
    if (before.kind() == SqlToken.Kind.STRING || before.kind() == SqlToken.Kind.NUMBER) {
      return true;
    }
    int depth = 0;
    for (int i = colon - 1; i > from; i--) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol(")") || token.isSymbol("]")) {
        depth++;
      } else if (token.isSymbol("(") || token.isSymbol("[")) {
        depth--;
        if (depth < 0) {
          SqlToken function = tokens.get(i - 1);
          return token.isSymbol("(")
              && (function.is("json_object") || function.is("json_objectagg"));
        }
      }
    }
    return false;
  }

  private static int name(SqlText source, SqlToken token, int at, StringBuilder path) {
    String name =
        token.kind() == SqlToken.Kind.QUOTED
            ? token.value()
            : source.text().substring(token.start(), token.end());
    append(source, token, name, path);
    return at;
  }

  private static int step(SqlText source, List<SqlToken> tokens, int open, StringBuilder path) {
    SqlToken key = tokens.get(open + 1);
    boolean isKey = key.kind() == SqlToken.Kind.STRING || key.kind() == SqlToken.Kind.NUMBER;
    if (!isKey || !tokens.get(open + 2).isSymbol("]")) {
      throw source.unsupported(
          key.start(), "a key that is no literal in a path (use VARIANT_GET or brackets alone)");
    }
    if (key.kind() == SqlToken.Kind.NUMBER) {
      path.append('[').append(key.value()).append(']');
    } else {
      append(source, key, key.value(), path);
    }
    return open + 2;
  }

  private static void append(SqlText source, SqlToken token, String name, StringBuilder path) {
    char quote = name.indexOf('\'') < 0 ? '\'' : '"';
    if (name.indexOf(quote) >= 0) {
      throw source.unsupported(token.start(), "a name with both kinds of quotes in a path");
    }
    path.append('[').append(quote).append(name).append(quote).append(']');
  }
}
