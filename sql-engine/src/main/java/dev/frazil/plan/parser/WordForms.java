package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.List;
import java.util.Map;

/**
 * Forms of a few tokens that Calcite's parser lacks, in its words: {@code INTERVAL '2 days'},
 * {@code TIMESTAMPDIFF(unit, a, b)}, {@code EXTRACT(TIMEZONE_HOUR FROM t)}.
 */
final class WordForms {
  private final SqlText source;
  private final List<SqlToken> tokens;
  private final int to;

  WordForms(SqlText source, List<SqlToken> tokens, int to) {
    this.source = source;
    this.tokens = tokens;
    this.to = to;
  }

  /** Whether such a form begins at a token; if so, tells what stands instead of its tokens. */
  boolean claim(int index, Map<Integer, String> instead) {
    SqlToken token = tokens.get(index);
    if (token.is("interval") && index + 1 < to) {
      interval(index, instead);
      return true;
    }
    boolean isCall = index + 3 < to && tokens.get(index + 1).isSymbol("(");
    if (isCall
        && token.is("timestampdiff")
        && tokens.get(index + 2).kind() == Kind.WORD
        && tokens.get(index + 3).isSymbol(",")) {
      instead.put(index, "\"date_diff\"");
      instead.put(index + 2, "'" + tokens.get(index + 2).value().replace("sql_tsi_", "") + "'");
      return true;
    }
    if (isCall
        && token.is("extract")
        && tokens.get(index + 2).value().startsWith("timezone_")
        && tokens.get(index + 3).is("from")) {
      instead.put(index, QueryText.quote(tokens.get(index + 2).value()));
      instead.put(index + 2, "");
      instead.put(index + 3, "");
      return true;
    }
    return false;
  }

  /** {@code INTERVAL '2 days'} and {@code INTERVAL 2 DAY}, as PostgreSQL and MySQL write them. */
  private void interval(int index, Map<Integer, String> instead) {
    SqlToken value = tokens.get(index + 1);
    SqlToken next = tokens.get(index + 2);
    if (value.kind() == Kind.NUMBER && next.kind() == Kind.WORD) {
      instead.put(index + 1, "'" + value.value() + "'");
      return;
    }
    boolean hasUnit = next.kind() == Kind.WORD && SoftWords.isUnit(next.value());
    if (value.kind() != Kind.STRING || hasUnit) {
      return;
    }
    String sql = IntervalText.toSql(value.value());
    if (sql == null) {
      throw source.unsupported(
          value.start(),
          "the interval '" + value.value() + "' (write INTERVAL '1' DAY, not months with days)");
    }
    instead.put(index, sql);
    instead.put(index + 1, "");
  }
}
