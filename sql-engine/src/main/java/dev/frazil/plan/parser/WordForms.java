package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Forms of a few tokens that Calcite's parser lacks, in its words: {@code INTERVAL '2 days'},
 * {@code TIMESTAMPTZ '...'}, {@code TIMESTAMPDIFF(unit, a, b)}, {@code EXTRACT(TIMEZONE_HOUR FROM
 * t)}, {@link JsonAggregateForms}, {@link PatternQuantifiers}, {@code a ISNULL}, {@code ON
 * OVERFLOW}, {@code FROM FIRST}, and numbers such as 1_000 and 0xff.
 */
final class WordForms {
  private static final Set<String> OPENING =
      Set.of(
          "all",
          "and",
          "as",
          "between",
          "by",
          "case",
          "distinct",
          "else",
          "in",
          "is",
          "like",
          "not",
          "or",
          "select",
          "then",
          "when");

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
    if (token.kind() == Kind.NUMBER) {
      if (!source.text().startsWith(token.value(), token.start())
          || token.end() - token.start() != token.value().length()) {
        instead.put(index, token.value());
      }
      return true;
    }
    if (IntervalCasts.claim(source, tokens, index, to, instead)) {
      return true;
    }
    if (token.is("match_recognize") && tokens.get(index + 1).isSymbol("(")) {
      throw source.unsupported(token.start(), "MATCH_RECOGNIZE");
    }
    if (token.isSymbol("<=>") || token.isSymbol("==")) {
      instead.put(index, token.isSymbol("==") ? "=" : "IS NOT DISTINCT FROM");
      return true;
    }
    if (token.is("timestamptz") && index + 1 < to && isText(tokens.get(index + 1))) {
      instead.put(index, "TIMESTAMP WITH TIME ZONE");
      return true;
    }
    if (index + 3 < to && tokens.get(index + 1).isSymbol("(") && isTextCall(index, instead)) {
      return true;
    }
    if (isPostfix(index)) {
      instead.put(index, token.is("isnull") ? "IS NULL" : "IS NOT NULL");
      return true;
    }
    if (token.is("from") && isSideOfFrame(index, instead)) {
      return true;
    }
    if (token.is("on") && tokens.get(index + 1).is("overflow")) {
      return overflow(tokens, index, instead);
    }
    if (token.is("interval") && index + 1 < to) {
      interval(index, instead);
      return true;
    }
    if (PatternQuantifiers.claim(source, tokens, index, to, instead)
        || JsonAggregateForms.claim(tokens, index, to, instead)
        || CallForms.claim(tokens, index, to, instead)) {
      return true;
    }
    boolean isCall = index + 3 < to && tokens.get(index + 1).isSymbol("(");
    if (isCall && (token.is("json_agg") || token.is("jsonb_agg"))) {
      instead.put(index, "JSON_ARRAYAGG");
      instead.put(closing(index + 1), "NULL ON NULL )");
      return true;
    }
    if (isCall && (token.is("json_object_agg") || token.is("jsonb_object_agg"))) {
      instead.put(index, "JSON_OBJECTAGG");
      instead.put(index + 1, "( KEY");
      instead.put(comma(index + 1), "VALUE");
      instead.put(closing(index + 1), "NULL ON NULL )");
      return true;
    }
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

  /**
   * {@code TRIM(text, characters)} and {@code SUBSTRING(text FROM 'pattern')} of PostgreSQL: of a
   * pattern with a group its text, else that of the whole match.
   */
  private boolean isTextCall(int index, Map<Integer, String> instead) {
    SqlToken function = tokens.get(index);
    if (!function.is("trim") && !function.is("substring")) {
      return false;
    }
    int close = closing(index + 1);
    TokenReader reader = new TokenReader(source, tokens, index + 2, close);
    int next = reader.find(",", "from", "similar");
    if (next >= close) {
      return false;
    }
    if (function.is("trim")) {
      boolean isPair = tokens.get(next).isSymbol(",");
      if (isPair) {
        instead.put(index, "\"btrim\"");
      }
      return isPair;
    }
    boolean isPattern = tokens.get(next + 1).kind() == Kind.STRING;
    if (tokens.get(next).is("similar") || (isPattern && next + 2 < close)) {
      throw source.unsupported(
          tokens.get(next).start(), "SUBSTRING ... SIMILAR ... ESCAPE (use regexp_extract)");
    }
    if (isPattern) {
      instead.put(index, "\"regexp_extract\"");
      instead.put(next, ",");
      instead.put(close, ", " + (hasGroup(tokens.get(next + 1).value()) ? 1 : 0) + ")");
    }
    return isPattern;
  }

  private static boolean hasGroup(String pattern) {
    boolean isInBrackets = false;
    for (int i = 0; i < pattern.length(); i++) {
      char character = pattern.charAt(i);
      if (character == '\\') {
        i++;
      } else if (character == '[' || character == ']') {
        isInBrackets = character == '[';
      } else if (character == '(' && !isInBrackets && !pattern.startsWith("?", i + 1)) {
        return true;
      }
    }
    return false;
  }

  private int closing(int opening) {
    TokenReader reader = new TokenReader(source, tokens, opening + 1, to);
    reader.skipToClosing();
    return reader.index() - 1;
  }

  /** The comma between the two arguments of a call. */
  private int comma(int opening) {
    int comma = new TokenReader(source, tokens, opening + 1, to).find(",");
    if (comma >= closing(opening)) {
      throw source.syntaxError(tokens.get(opening).start(), "this needs a key and a value");
    }
    return comma;
  }

  /** {@code a ISNULL}, {@code a NOTNULL}, as PostgreSQL has them. */
  private boolean isPostfix(int index) {
    if (index == 0 || !(tokens.get(index).is("isnull") || tokens.get(index).is("notnull"))) {
      return false;
    }
    SqlToken before = tokens.get(index - 1);
    return switch (before.kind()) {
      case QUOTED, STRING, NUMBER, PARAMETER -> true;
      case WORD -> !SoftWords.CLAUSES.contains(before.value()) && !isOpening(before.value());
      case SYMBOL -> before.isSymbol(")") || before.isSymbol("]");
      case END -> false;
    };
  }

  private static boolean isText(SqlToken token) {
    return token.kind() == Kind.STRING;
  }

  /** Whether a value, not an operator, comes behind a word. */
  private static boolean isOpening(String word) {
    return OPENING.contains(word);
  }

  /** {@code nth_value(a, n) FROM FIRST | LAST OVER ...}. */
  private boolean isSideOfFrame(int index, Map<Integer, String> instead) {
    boolean isSide =
        index > 0
            && index + 2 < to
            && tokens.get(index - 1).isSymbol(")")
            && (tokens.get(index + 1).is("first") || tokens.get(index + 1).is("last"))
            && (tokens.get(index + 2).is("over")
                || tokens.get(index + 2).is("respect")
                || tokens.get(index + 2).is("ignore"));
    if (isSide && tokens.get(index + 1).is("last")) {
      throw source.unsupported(
          tokens.get(index).start(), "NTH_VALUE ... FROM LAST (reverse the order of the window)");
    } else if (isSide) {
      instead.put(index, "");
      instead.put(index + 1, "");
    }
    return isSide;
  }

  /**
   * {@code LISTAGG(a, ',' ON OVERFLOW ERROR | TRUNCATE ['...'] [WITH | WITHOUT COUNT])}: no text is
   * too long for its type.
   */
  private static boolean overflow(List<SqlToken> tokens, int index, Map<Integer, String> instead) {
    int end = index + 3;
    if (tokens.get(index + 2).is("truncate")) {
      end += tokens.get(end).kind() == Kind.STRING ? 1 : 0;
      end += tokens.get(end).is("with") || tokens.get(end).is("without") ? 2 : 0;
    } else if (!tokens.get(index + 2).is("error")) {
      return false;
    }
    for (int i = index; i < end; i++) {
      instead.put(i, "");
    }
    return true;
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
    instead.put(index, IntervalCasts.literal(source, value));
    instead.put(index + 1, "");
  }
}
