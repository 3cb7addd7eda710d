package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts that are cast to intervals, {@code '1 day'::interval} and {@code CAST('1 day' AS
 * interval)}, as the literals that they are. Anything but a literal stays as it is, and is refused.
 */
final class IntervalCasts {
  private IntervalCasts() {}

  /** Whether such a cast begins at a token; if so, tells what stands instead of its tokens. */
  static boolean claim(
      SqlText source, List<SqlToken> tokens, int index, int to, Map<Integer, String> instead) {
    SqlToken token = tokens.get(index);
    if (token.kind() == Kind.STRING
        && index + 2 < to
        && tokens.get(index + 1).isSymbol("::")
        && isPlainInterval(tokens, index + 2, to)) {
      instead.put(index, literal(source, token));
      instead.put(index + 1, "");
      instead.put(index + 2, "");
      return true;
    }
    boolean isCast =
        token.is("cast")
            && index + 5 < to
            && tokens.get(index + 1).isSymbol("(")
            && tokens.get(index + 2).kind() == Kind.STRING
            && tokens.get(index + 3).is("as")
            && tokens.get(index + 4).is("interval")
            && tokens.get(index + 5).isSymbol(")");
    if (isCast) {
      instead.put(index, "");
      instead.put(index + 2, literal(source, tokens.get(index + 2)));
      instead.put(index + 3, "");
      instead.put(index + 4, "");
    }
    return isCast;
  }

  private static boolean isPlainInterval(List<SqlToken> tokens, int index, int to) {
    return tokens.get(index).is("interval")
        && (index + 1 >= to
            || tokens.get(index + 1).kind() != Kind.WORD
            || !SoftWords.isUnit(tokens.get(index + 1).value()));
  }

  /** In Calcite's SQL. */
  static String literal(SqlText source, SqlToken text) {
    @Nullable String sql = IntervalText.toSql(text.value());
    if (sql == null) {
      throw source.unsupported(
          text.start(),
          "the interval '" + text.value() + "' (write '1 year 2 months 3 days 04:05:06')");
    }
    return sql;
  }
}
