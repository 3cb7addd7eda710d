package dev.frazil.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A statement's text for logs and traces: literals are {@code ?}, since they may be anybody's data,
 * comments are gone, and white space is one blank. Names stay. Works on any text, SQL or not; what
 * does not end, a literal or a comment, is masked to the end.
 */
final class MaskedSql {
  private static final int MAX_LENGTH = 2_000;
  private static final int MAX_SUMMARY_LENGTH = 255;
  private static final Set<String> BEFORE_TABLES =
      Set.of("FROM", "JOIN", "INTO", "UPDATE", "TABLE", "USING", "EXISTS");

  /** What stands between BEFORE_TABLES and a name that is no table. */
  private static final Set<String> NO_TABLES =
      Set.of("SELECT", "VALUES", "LATERAL", "UNNEST", "IF");

  private final String sql;
  private final StringBuilder masked = new StringBuilder();
  private final List<String> words = new ArrayList<>();
  private int position;

  private MaskedSql(String sql) {
    this.sql = sql;
    while (position < sql.length() && masked.length() < MAX_LENGTH) {
      step();
    }
    if (position < sql.length()) {
      masked.append(" ...");
    }
  }

  /** The text, at most about 2,000 characters of it. */
  static String text(String sql) {
    return new MaskedSql(sql).masked.toString().strip();
  }

  /** The first word and the names of tables: {@code SELECT orders customers}. */
  static String summary(String sql) {
    List<String> words = new MaskedSql(sql).words;
    if (words.isEmpty()) {
      return "";
    }
    StringBuilder summary = new StringBuilder(words.get(0).toUpperCase(Locale.ROOT));
    for (int i = 1; i < words.size() && summary.length() < MAX_SUMMARY_LENGTH; i++) {
      String before = words.get(i - 1).toUpperCase(Locale.ROOT);
      String word = words.get(i);
      if (BEFORE_TABLES.contains(before)
          && !BEFORE_TABLES.contains(word.toUpperCase(Locale.ROOT))
          && !NO_TABLES.contains(word.toUpperCase(Locale.ROOT))
          && !word.equals("(")) {
        summary.append(' ').append(word);
      }
    }
    return summary.substring(0, Math.min(summary.length(), MAX_SUMMARY_LENGTH));
  }

  private void step() {
    char c = sql.charAt(position);
    if (c == '\'') {
      position = end("'", position + 1);
      masked.append('?');
      words.add("?");
    } else if (sql.startsWith("--", position)) {
      int end = sql.indexOf('\n', position);
      position = end < 0 ? sql.length() : end;
    } else if (sql.startsWith("/*", position)) {
      int end = sql.indexOf("*/", position + 2);
      position = end < 0 ? sql.length() : end + 2;
      blank();
    } else if (Character.isWhitespace(c)) {
      position++;
      blank();
    } else if (Character.isDigit(c)) {
      number();
    } else if (c == '"' || Character.isJavaIdentifierStart(c)) {
      name();
    } else {
      position++;
      masked.append(c);
      if (c == '(') {
        words.add("(");
      }
    }
  }

  private void blank() {
    if (masked.length() > 0 && masked.charAt(masked.length() - 1) != ' ') {
      masked.append(' ');
    }
  }

  /** Where the quoted text ends, behind its last quote; a doubled quote is part of it. */
  private int end(String quote, int from) {
    int at = from;
    while (true) {
      int end = sql.indexOf(quote, at);
      if (end < 0) {
        return sql.length();
      }
      if (!sql.startsWith(quote, end + 1)) {
        return end + 1;
      }
      at = end + 2;
    }
  }

  private void number() {
    while (position < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(position))
            || sql.charAt(position) == '.'
            || sql.charAt(position) == '_')) {
      position++;
    }
    masked.append('?');
    words.add("?");
  }

  /** A name, qualified or not: one word. */
  private void name() {
    int start = position;
    boolean more = true;
    while (more) {
      if (sql.startsWith("\"", position)) {
        position = end("\"", position + 1);
      } else {
        while (position < sql.length() && Character.isJavaIdentifierPart(sql.charAt(position))) {
          position++;
        }
      }
      more =
          position + 1 < sql.length()
              && sql.charAt(position) == '.'
              && (sql.charAt(position + 1) == '"'
                  || Character.isJavaIdentifierStart(sql.charAt(position + 1)));
      if (more) {
        position++;
      }
    }
    String word = sql.substring(start, position);
    masked.append(word);
    words.add(word);
  }
}
