package dev.frazil.plan.parser;

import dev.frazil.error.EngineException;

/**
 * A query of Spark in the letters of Frazil's: names in backticks get double quotes. What Spark's
 * lexer reads in another way than Frazil's is 0A000: strings in double quotes, strings with a
 * backslash or a doubled quote (an escape or two strings, by Spark's version and settings), strings
 * with a letter in front.
 *
 * <p>Source: Spark's SqlBaseLexer.g4, and its page of literals.
 */
public final class SparkText {
  private final SqlText source;
  private final String text;
  private final StringBuilder changed = new StringBuilder();
  private int position;

  private SparkText(String text) {
    this.source = new SqlText(text);
    this.text = text;
  }

  /** The text as Frazil's parser takes it. */
  public static String convert(String text) {
    return new SparkText(text).run();
  }

  private String run() {
    while (position < text.length()) {
      char character = text.charAt(position);
      if (text.startsWith("--", position)) {
        int end = text.indexOf('\n', position);
        copy(end < 0 ? text.length() : end);
      } else if (text.startsWith("/*", position)) {
        int end = text.indexOf("*/", position + 2);
        copy(end < 0 ? text.length() : end + 2);
      } else if (character == '`') {
        name();
      } else if (character == '\'') {
        string();
      } else if (character == '"') {
        throw refused("a string in double quotes");
      } else {
        copy(position + 1);
      }
    }
    return changed.toString();
  }

  private void copy(int end) {
    changed.append(text, position, end);
    position = end;
  }

  private void name() {
    int start = position++;
    changed.append('"');
    while (position < text.length()) {
      char character = text.charAt(position++);
      if (character != '`') {
        changed.append(character == '"' ? "\"\"" : String.valueOf(character));
      } else if (position < text.length() && text.charAt(position) == '`') {
        changed.append('`');
        position++;
      } else {
        changed.append('"');
        return;
      }
    }
    throw source.syntaxError(start, "this name in backticks is not closed");
  }

  private void string() {
    if (position > 0 && Character.isUnicodeIdentifierPart(text.charAt(position - 1))) {
      throw refused("a string with a letter in front");
    }
    int end = text.indexOf('\'', position + 1);
    if (end < 0) {
      throw source.syntaxError(position, "this string is not closed");
    }
    if (text.substring(position, end).indexOf('\\') >= 0) {
      throw refused("a backslash in a string");
    }
    if (end + 1 < text.length() && text.charAt(end + 1) == '\'') {
      throw refused("a doubled quote in a string");
    }
    copy(end + 1);
  }

  private EngineException refused(String construct) {
    return source.unsupported(position, construct);
  }
}
