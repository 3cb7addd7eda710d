package dev.frazil.plan.parser;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code LIKE ANY (...)}, {@code SIMILAR TO ALL (...)}, {@code ~ SOME (...)}, where Calcite's
 * parser takes no quantifier: they become calls of {@link #ANY} and {@link #ALL}.
 */
public final class PatternQuantifiers {
  /** The name of the function that stands for ANY and SOME. */
  public static final String ANY = "$any";

  /** The name of the function that stands for ALL. */
  public static final String ALL = "$all";

  private static final Set<String> QUERIES = Set.of("select", "with", "values", "table");

  private PatternQuantifiers() {}

  /** Whether such a quantifier stands at a token; if so, tells what stands instead of it. */
  static boolean claim(
      SqlText source, List<SqlToken> tokens, int index, int to, Map<Integer, String> instead) {
    SqlToken token = tokens.get(index);
    boolean isAny = token.is("any") || token.is("some");
    if (index < 1
        || index + 2 >= to
        || !(isAny || token.is("all"))
        || !tokens.get(index + 1).isSymbol("(")
        || !isComparison(tokens, index - 1)) {
      return false;
    }
    instead.put(index, QueryText.quote(isAny ? ANY : ALL));
    if (QUERIES.contains(tokens.get(index + 2).value())) {
      TokenReader reader = new TokenReader(source, tokens, index + 2, to);
      reader.skipToClosing();
      instead.put(index + 1, "((");
      instead.put(reader.index() - 1, "))");
    }
    return true;
  }

  private static boolean isComparison(List<SqlToken> tokens, int index) {
    SqlToken token = tokens.get(index);
    return token.is("like")
        || token.is("ilike")
        || token.isSymbol("~")
        || token.isSymbol("~*")
        || (token.is("to") && index > 0 && tokens.get(index - 1).is("similar"));
  }
}
