package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.List;
import java.util.Map;

/**
 * {@code (a JOIN b ON ...) AS j}: brackets around a join with a name of its own, which Calcite's
 * parser takes for a query only.
 */
final class JoinedTables {
  private JoinedTables() {}

  /** Whether such brackets open at a token; if so, tells what stands instead of it. */
  static boolean claim(
      SqlText source, List<SqlToken> tokens, int index, int to, Map<Integer, String> instead) {
    if (!tokens.get(index).isSymbol("(") || index + 2 >= to || isQuery(tokens.get(index + 1))) {
      return false;
    }
    TokenReader reader = new TokenReader(source, tokens, index + 1, to);
    int join = reader.find("join", ")");
    if (join >= to || !tokens.get(join).is("join")) {
      return false;
    }
    reader.skipToClosing();
    SqlToken behind = reader.peek();
    boolean isNamed =
        behind.is("as")
            || behind.kind() == Kind.QUOTED
            || (behind.kind() == Kind.WORD && !SoftWords.CLAUSES.contains(behind.value()));
    if (!isNamed || !standsForTable(tokens, index)) {
      return false;
    }
    instead.put(index, "( SELECT * FROM");
    return true;
  }

  private static boolean isQuery(SqlToken first) {
    return first.is("select") || first.is("values") || first.is("with");
  }

  private static boolean standsForTable(List<SqlToken> tokens, int index) {
    SqlToken before = tokens.get(Math.max(index - 1, 0));
    return before.is("from")
        || before.is("join")
        || before.is("using")
        || before.isSymbol(",")
        || before.isSymbol("(");
  }
}
