package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import java.sql.SQLException;
import java.util.Locale;

/**
 * JDBC's escapes in braces, turned into SQL: {@code {d '...'}}, {@code {t '...'}}, {@code {ts
 * '...'}}, {@code {fn f(x)}}, {@code {oj ...}}, {@code {escape '\'}}, {@code {limit n offset m}}.
 * Braces in quotes and comments are left alone, and so is a text without braces. Replacements keep
 * the length of what they replace where they can, so that positions in messages stay right.
 */
final class EscapeSyntax {
  private static final int MAX_DEPTH = 100;

  private final String sql;
  private final StringBuilder out;
  private int at;

  private EscapeSyntax(String sql) {
    this.sql = sql;
    this.out = new StringBuilder(sql.length() + 16);
  }

  static String translate(String sql) throws SQLException {
    if (sql.indexOf('{') < 0) {
      return sql;
    }
    EscapeSyntax escape = new EscapeSyntax(sql);
    escape.copy(0);
    return escape.out.toString();
  }

  /** Copies up to the end, or inside an escape up to its closing brace. */
  private void copy(int depth) throws SQLException {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\'' || c == '"' || c == '`') {
        copyQuoted(c);
      } else if (sql.startsWith("--", at)) {
        copyThrough("\n");
      } else if (sql.startsWith("/*", at)) {
        copyThrough("*/");
      } else if (c == '{') {
        escape(depth);
      } else if (c == '}' && depth > 0) {
        return;
      } else {
        out.append(c);
        at++;
      }
    }
  }

  private void copyQuoted(char quote) {
    int end = sql.indexOf(quote, at + 1);
    int stop = end < 0 ? sql.length() : end + 1;
    out.append(sql, at, stop);
    at = stop;
  }

  private void copyThrough(String mark) {
    int end = sql.indexOf(mark, at + 2);
    int stop = end < 0 ? sql.length() : end + mark.length();
    out.append(sql, at, stop);
    at = stop;
  }

  private void escape(int depth) throws SQLException {
    int start = at;
    if (depth == MAX_DEPTH) {
      throw SqlExceptions.of(
          SqlState.LIMIT_EXCEEDED, "escapes are nested deeper than " + MAX_DEPTH);
    }
    at++;
    while (at < sql.length() && Character.isWhitespace(sql.charAt(at))) {
      at++;
    }
    int wordStart = at;
    while (at < sql.length() && Character.isLetter(sql.charAt(at))) {
      at++;
    }
    if (at < sql.length() && sql.charAt(at) == '?') {
      throw SqlExceptions.unsupported("the escape {? = call ...}: procedures answer result sets;");
    }
    String word = sql.substring(wordStart, at).toLowerCase(Locale.ROOT);
    switch (word) {
      case "d" -> out.append("DATE ");
      case "t" -> out.append("TIME ");
      case "ts" -> out.append("TIMESTAMP ");
      case "fn", "oj" -> out.append("   ");
      case "escape" -> out.append(" ESCAPE");
      case "limit" -> out.append(" LIMIT");
      case "call" -> out.append("CALL ");
      default ->
          throw SqlExceptions.of(
              SqlState.SYNTAX_ERROR,
              "unknown escape '{"
                  + word
                  + "' at position "
                  + (start + 1)
                  + "; there are d, t, ts, fn, oj, call, escape and limit");
    }
    int inner = out.length();
    copy(depth + 1);
    if (at >= sql.length()) {
      throw SqlExceptions.of(
          SqlState.SYNTAX_ERROR, "the escape at position " + (start + 1) + " lacks its '}'");
    }
    at++;
    if (word.equals("fn")) {
      String call = FunctionEscape.translate(out.substring(inner));
      out.setLength(inner);
      out.append(call);
    }
    out.append(' ');
  }
}
