package dev.frazil.plan.parser;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.SqlToken.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts SQL text into tokens and drops comments (from two hyphens to the end of the line, and
 * blocks, which may nest). Errors: 42601 for what is not closed or not SQL, 54000 for text or
 * nesting beyond the limits.
 */
public final class SqlTokenizer {
  /** The longest statement, in characters. */
  public static final int MAX_LENGTH_CHARACTERS = 16 << 20;

  /** How deeply parentheses may nest; the parser and validator behind recurse. */
  public static final int MAX_NESTING = 200;

  /**
   * How many operators may follow each other in one bracket: Calcite's parser takes time by the
   * square of it, and the trees that come out are that deep.
   */
  public static final int MAX_CHAIN = 2_000;

  private static final String[] LONG_SYMBOLS = {
    "??|", "??&", "<=>", "??", "#-", "^@", "@@", "**", "==", "->>", "#>>", "!~*", "#>", "@>", "<@",
    "&&", "//", "!~", "~*", "::", "<>", "!=", ">=", "<=", "||", "=>", "->", "..", "<<", ">>"
  };

  private final SqlText source;
  private final String text;
  private final List<SqlToken> tokens = new ArrayList<>();
  private int position;
  private int nesting;
  private final int[] chains = new int[MAX_NESTING + 1];

  private SqlTokenizer(SqlText source) {
    this.source = source;
    this.text = source.text();
  }

  /** The tokens, one of kind END last. */
  public static List<SqlToken> tokens(SqlText source) {
    if (source.text().length() > MAX_LENGTH_CHARACTERS) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "the statement has "
              + source.text().length()
              + " characters; the limit is "
              + MAX_LENGTH_CHARACTERS
              + "; use parameters and batches for bulk data");
    }
    return new SqlTokenizer(source).run();
  }

  private List<SqlToken> run() {
    while (true) {
      skipBlanksAndComments();
      if (position >= text.length()) {
        tokens.add(new SqlToken(Kind.END, text.length(), text.length(), ""));
        return tokens;
      }
      next();
    }
  }

  private void next() {
    int start = position;
    char character = text.charAt(start);
    StringForms.Form form = "eEuU$".indexOf(character) < 0 ? null : StringForms.read(source, start);
    if (form != null) {
      position = form.end();
      add(Kind.STRING, start, form.value());
    } else if (character == '\'') {
      String value = quoted('\'', "string");
      add(Kind.STRING, start, value);
    } else if (character == '"') {
      String value = quoted('"', "quoted identifier");
      if (value.isEmpty()) {
        throw source.syntaxError(start, "an identifier must not be empty");
      }
      add(Kind.QUOTED, start, value);
    } else if (isDigit(character) || (character == '.' && isDigit(at(start + 1)))) {
      add(Kind.NUMBER, start, number());
      if (Character.isUnicodeIdentifierPart(at(position)) && at(position) != '\0') {
        throw source.syntaxError(start, "a name or an operator must not follow a number at once");
      }
    } else if (Character.isUnicodeIdentifierStart(character) || character == '_') {
      while (position < text.length() && isWordPart(text.charAt(position))) {
        position++;
      }
      String word = text.substring(start, position).toLowerCase(Locale.ROOT);
      if (word.equals("and") || word.equals("or") || word.equals("union")) {
        countOperator(start);
      }
      add(Kind.WORD, start, word);
    } else if (character == '?' && at(start + 1) != '?') {
      position++;
      add(Kind.PARAMETER, start, "?");
    } else {
      symbol(start, character);
    }
  }

  private void symbol(int start, char character) {
    for (String symbol : LONG_SYMBOLS) {
      if (text.startsWith(symbol, start)) {
        countOperator(start);
        position += symbol.length();
        add(Kind.SYMBOL, start, symbol);
        return;
      }
    }
    if ("+-*/%()[]{},.;:<>=!@|&^~#".indexOf(character) < 0) {
      throw source.syntaxError(start, "unexpected character '" + character + "'");
    }
    if (character == '(' || character == '[') {
      nesting++;
      if (nesting > MAX_NESTING) {
        throw new EngineException(
            SqlState.LIMIT_EXCEEDED,
            "the statement nests deeper than "
                + MAX_NESTING
                + " levels at "
                + source.position(start));
      }
      chains[nesting] = 0;
    } else if (character == ')' || character == ']') {
      nesting = Math.max(0, nesting - 1);
    } else if (character == ',') {
      chains[nesting] = 0;
    } else if (character != '.' && character != ';') {
      countOperator(start);
    }
    position++;
    add(Kind.SYMBOL, start, String.valueOf(character));
  }

  private void countOperator(int start) {
    chains[nesting]++;
    if (chains[nesting] > MAX_CHAIN) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "more than "
              + MAX_CHAIN
              + " operators in a row at "
              + source.position(start)
              + ": use IN (...), or a table of values to join with");
    }
  }

  private void add(Kind kind, int start, String value) {
    tokens.add(new SqlToken(kind, start, position, value));
  }

  private String quoted(char quote, String what) {
    int start = position;
    StringBuilder value = new StringBuilder();
    position++;
    while (true) {
      if (position >= text.length()) {
        throw source.syntaxError(start, "this " + what + " is not closed");
      }
      char character = text.charAt(position++);
      if (character != quote) {
        value.append(character);
      } else if (at(position) == quote) {
        value.append(quote);
        position++;
      } else {
        return value.toString();
      }
    }
  }

  /** A number in decimal digits, however it is written (ISO 9075-2:2023, 5.3). */
  private String number() {
    int start = position;
    int radix = at(start) == '0' ? radix(at(start + 1)) : 10;
    if (radix != 10) {
      position += 2;
      int digits = position;
      while (Character.digit(at(position), radix) >= 0 || isSeparator(radix)) {
        position++;
      }
      if (digits == position) {
        throw source.syntaxError(start, "this number has no digits");
      }
      return new BigInteger(text.substring(digits, position).replace("_", ""), radix).toString();
    }
    digits();
    if (at(position) == '.' && at(position + 1) != '.') {
      position++;
      digits();
    }
    char exponent = at(position);
    if (exponent == 'e' || exponent == 'E') {
      int digits = position + 1;
      if (at(digits) == '+' || at(digits) == '-') {
        digits++;
      }
      if (isDigit(at(digits))) {
        position = digits;
        digits();
      }
    }
    return text.substring(start, position).replace("_", "");
  }

  private void digits() {
    while (isDigit(at(position)) || isSeparator(10)) {
      position++;
    }
  }

  /** An underscore between digits. */
  private boolean isSeparator(int radix) {
    return at(position) == '_' && position > 0 && Character.digit(at(position + 1), radix) >= 0;
  }

  private static int radix(char mark) {
    return switch (mark) {
      case 'x', 'X' -> 16;
      case 'o', 'O' -> 8;
      case 'b', 'B' -> 2;
      default -> 10;
    };
  }

  private void skipBlanksAndComments() {
    while (position < text.length()) {
      char character = text.charAt(position);
      if (Character.isWhitespace(character) || character == '\u00a0' || character == '\ufeff') {
        position++;
      } else if (character == '-' && at(position + 1) == '-') {
        while (position < text.length() && text.charAt(position) != '\n') {
          position++;
        }
      } else if (character == '/' && at(position + 1) == '*') {
        blockComment();
      } else {
        return;
      }
    }
  }

  private void blockComment() {
    int start = position;
    int depth = 0;
    do {
      if (position + 1 >= text.length()) {
        throw source.syntaxError(start, "this comment is not closed");
      }
      if (text.startsWith("/*", position)) {
        depth++;
        position += 2;
      } else if (text.startsWith("*/", position)) {
        depth--;
        position += 2;
      } else {
        position++;
      }
    } while (depth > 0);
  }

  private char at(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isWordPart(char character) {
    return Character.isUnicodeIdentifierPart(character) || character == '$';
  }
}
