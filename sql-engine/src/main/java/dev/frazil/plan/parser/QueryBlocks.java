package dev.frazil.plan.parser;

import java.util.ArrayDeque;
import java.util.Deque;

/** Follows the tokens of a query to tell which SELECT has a FROM. */
final class QueryBlocks {
  /** What was seen since the last SELECT at this depth of brackets. */
  private enum Seen {
    NOTHING,
    SELECT,
    FROM
  }

  private final Deque<Seen> outer = new ArrayDeque<>();
  private Seen seen = Seen.NOTHING;

  /**
   * Takes the next token, and tells whether it is the WHERE of a SELECT that has no FROM: {@code
   * SELECT 1 WHERE x}, which Calcite does not parse.
   */
  boolean isWhereWithoutFrom(SqlToken token, SqlToken previous) {
    if (token.isSymbol("(")) {
      outer.push(seen);
      seen = Seen.NOTHING;
    } else if (token.isSymbol(")")) {
      seen = outer.isEmpty() ? Seen.NOTHING : outer.pop();
    } else if (token.is("select")) {
      seen = Seen.SELECT;
    } else if (token.is("from") && !previous.is("distinct")) {
      seen = Seen.FROM;
    } else if (token.is("where")) {
      boolean without = seen == Seen.SELECT;
      seen = Seen.FROM;
      return without;
    }
    return false;
  }
}
