package dev.frazil.plan.parser;

import java.util.Locale;

/**
 * A token of SQL text.
 *
 * @param kind what it is
 * @param start offset of its first character
 * @param end offset after its last character
 * @param value a word in lower case; an identifier or string without its quotes; else the text
 */
public record SqlToken(Kind kind, int start, int end, String value) {

  /** The kinds of token. */
  public enum Kind {
    /** An unquoted identifier or a keyword. */
    WORD,
    /** A "quoted" identifier. */
    QUOTED,
    /** A 'string'. */
    STRING,
    NUMBER,
    /** A {@code ?}. */
    PARAMETER,
    /** An operator or a separator. */
    SYMBOL,
    /** After the last token. */
    END
  }

  /** Whether it is this keyword (lower case). */
  public boolean is(String keyword) {
    return kind == Kind.WORD && value.equals(keyword);
  }

  /** Whether it is this operator or separator. */
  public boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && value.equals(symbol);
  }

  /** Whether it can be a name. */
  public boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }

  /** As a message shows it. */
  public String describe() {
    return switch (kind) {
      case WORD -> value.toUpperCase(Locale.ROOT);
      case QUOTED -> '"' + value + '"';
      case STRING -> '\'' + value + '\'';
      case NUMBER, PARAMETER, SYMBOL -> '"' + value + '"';
      case END -> "the end of the statement";
    };
  }
}
