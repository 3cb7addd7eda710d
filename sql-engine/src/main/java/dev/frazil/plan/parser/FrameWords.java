package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.List;
import java.util.Set;

/** The units of a window's frame: names unless a frame or a number of rows stands there. */
final class FrameWords {
  private static final Set<String> WORDS = Set.of("rows", "range", "groups");

  private FrameWords() {}

  static boolean contains(String word) {
    return WORDS.contains(word);
  }

  /**
   * Not in {@code ORDER BY a ROWS BETWEEN ...}, {@code ROWS 2 PRECEDING}, {@code OFFSET 2 ROWS}.
   */
  static boolean isName(List<SqlToken> tokens, int index, SqlToken previous) {
    if (previous.is("as") || previous.isSymbol(".")) {
      return true;
    }
    SqlToken next = tokens.get(index + 1);
    boolean counted = previous.kind() == Kind.NUMBER || previous.kind() == Kind.PARAMETER;
    return !counted
        && !next.isSymbol("(")
        && !next.is("between")
        && !next.is("unbounded")
        && !next.is("current")
        && !isBound(tokens, index + 1);
  }

  /** Whether what begins here ends with PRECEDING or FOLLOWING, as the bound of a frame does. */
  private static boolean isBound(List<SqlToken> tokens, int index) {
    for (int i = index; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (token.is("preceding") || token.is("following")) {
        return true;
      }
      boolean ends =
          token.kind() == Kind.END
              || token.isSymbol(",")
              || token.isSymbol(")")
              || (token.kind() == Kind.WORD && contains(token.value()));
      if (ends) {
        return false;
      }
    }
    return false;
  }
}
