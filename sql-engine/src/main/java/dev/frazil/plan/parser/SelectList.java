package dev.frazil.plan.parser;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The items of a SELECT.
 *
 * @param before the SELECT itself
 * @param after the rest of the query; may be empty
 */
public record SelectList(Slice before, List<Slice> items, Slice after) {

  /** The items if the slice begins with SELECT, else null. */
  public static @Nullable SelectList of(ParsedSql parsed, Slice query) {
    List<SqlToken> tokens = parsed.tokens();
    int first = query.from() + 1;
    if (!tokens.get(query.from()).is("select")) {
      return null;
    }
    if (tokens.get(first).is("all") || tokens.get(first).is("distinct")) {
      first++;
    }
    if (tokens.get(first).is("on") && tokens.get(first + 1).isSymbol("(")) {
      int depth = 0;
      do {
        first++;
        depth += tokens.get(first).isSymbol("(") ? 1 : tokens.get(first).isSymbol(")") ? -1 : 0;
      } while (depth > 0 && first + 1 < query.to());
      first++;
    }
    TokenReader reader = new TokenReader(parsed.source(), tokens, first, query.to());
    int end =
        reader.find(
            "from",
            "where",
            "group",
            "having",
            "order",
            "limit",
            "offset",
            "fetch",
            "union",
            "except",
            "intersect",
            "minus",
            "window",
            "qualify");
    return new SelectList(
        new Slice(query.from(), first), reader.commaSeparated(end), new Slice(end, query.to()));
  }
}
