package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.List;
import java.util.Set;

/**
 * Words that Calcite reserves although people name columns so ({@code date}, {@code value}, {@code
 * year}, ...): tells from the neighbours whether one of them is meant as a name.
 */
final class SoftWords {
  /** Words that can follow a table reference and are not its alias. */
  static final Set<String> CLAUSES =
      Set.of(
          "where",
          "group",
          "having",
          "order",
          "limit",
          "offset",
          "fetch",
          "union",
          "except",
          "minus",
          "intersect",
          "join",
          "inner",
          "left",
          "right",
          "full",
          "cross",
          "natural",
          "on",
          "using",
          "window",
          "qualify",
          "tablesample",
          "for",
          "set",
          "when",
          "asof",
          "lateral");

  /** Names unless followed by a parenthesis. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "abs",
          "avg",
          "count",
          "sum",
          "min",
          "max",
          "rank",
          "position",
          "method",
          "result",
          "value",
          "language",
          "parameter",
          "condition",
          "start",
          "element",
          "function",
          "hold",
          "measure",
          "measures",
          "module",
          "open",
          "output",
          "power",
          "ref",
          "release",
          "reset",
          "skip",
          "specific",
          "system",
          "translate",
          "trim_array",
          "trigger",
          "upsert",
          "version",
          "input",
          "initial",
          "large",
          "log",
          "call",
          "close",
          "connect",
          "get",
          "identity",
          "indicator",
          "scope",
          "floor",
          "ceil",
          "lower",
          "upper",
          "mod",
          "grouping",
          "monday",
          "tuesday",
          "wednesday",
          "thursday",
          "friday",
          "saturday",
          "sunday",
          "sqlstate",
          "free",
          "jar",
          "atomic",
          "called",
          "cardinality",
          "cascaded",
          "classifier",
          "collect",
          "cume_dist",
          "cursor",
          "cycle",
          "declare",
          "define",
          "dense_rank",
          "deref",
          "deterministic",
          "dynamic",
          "each",
          "equals",
          "every",
          "exec",
          "extend",
          "first_value",
          "fusion",
          "global",
          "intersection",
          "lag",
          "last_value",
          "lead",
          "match",
          "matches",
          "modifies",
          "new",
          "none",
          "nth_value",
          "ntile",
          "octet_length",
          "old",
          "omit",
          "out",
          "pattern",
          "per",
          "percent",
          "percent_rank",
          "period",
          "permute",
          "portion",
          "precedes",
          "prev",
          "procedure",
          "reads",
          "referencing",
          "return",
          "returns",
          "row_number",
          "running",
          "scroll",
          "search",
          "seek",
          "sensitive",
          "sql",
          "static",
          "stream",
          "subset",
          "succeeds",
          "treat",
          "var_pop",
          "var_samp",
          "whenever");

  /** Reserved, but not the names of any function that Calcite's parser knows. */
  private static final Set<String> AGGREGATES =
      Set.of(
          "corr", "regr_avgx", "regr_avgy", "regr_intercept", "regr_r2", "regr_slope", "regr_sxy");

  private static final Set<String> UNITS =
      Set.of("year", "month", "day", "hour", "minute", "second", "quarter", "week");

  private static final Set<String> TYPES = Set.of("date", "time", "timestamp");

  private static final Set<String> UNIT_FUNCTIONS =
      Set.of("extract", "timestampadd", "timestampdiff", "dateadd", "datediff", "date_part");

  /** Functions of the library whose names Calcite reserves: called by their quoted names. */
  private static final Set<String> RESERVED_FUNCTIONS =
      Set.of(
          "contains",
          "convert",
          "date_diff",
          "date_trunc",
          "day",
          "json_exists",
          "json_query",
          "json_value",
          "map",
          "normalize",
          "timezone_hour",
          "timezone_minute",
          "translate",
          "trim_array",
          "uuid",
          "width_bucket");

  private SoftWords() {}

  /** Whether a word is a unit of an interval, one or many. */
  static boolean isUnit(String word) {
    return UNITS.contains(word)
        || (word.endsWith("s") && UNITS.contains(word.substring(0, word.length() - 1)));
  }

  /** Whether the word at {@code index} stands for a name and must be quoted for Calcite. */
  static boolean isName(List<SqlToken> tokens, int index) {
    String word = tokens.get(index).value();
    SqlToken next = tokens.get(index + 1);
    SqlToken previous = index == 0 ? new SqlToken(Kind.END, 0, 0, "") : tokens.get(index - 1);
    boolean afterDot = previous.isSymbol(".");
    if (RESERVED_FUNCTIONS.contains(word) && next.isSymbol("(") && !afterDot) {
      // DAY(2) behind the text of an interval is a unit with a precision
      return previous.kind() != Kind.STRING
          && previous.kind() != Kind.PARAMETER
          && !previous.is("to");
    }
    if (AGGREGATES.contains(word)) {
      return true;
    }
    if (word.equals("value") && isMemberOfJson(tokens, index)) {
      return false;
    }
    if (word.equals("partition")) {
      return !next.is("by");
    }
    if (FrameWords.contains(word)) {
      return FrameWords.isName(tokens, index, previous);
    }
    switch (word) {
      case "one", "current" -> {
        return !next.is("row"); // ONE ROW PER MATCH, CURRENT ROW
      }
      case "empty" -> {
        return !previous.is("on"); // NULL ON EMPTY
      }
      case "member" -> {
        return !next.is("of");
      }
      case "at" -> {
        return !next.is("time") && !next.is("local"); // AT TIME ZONE
      }
      default -> {}
    }
    if (TYPES.contains(word)) {
      return isTypeWordAName(previous, next, afterDot);
    }
    if (afterDot) {
      return !next.isSymbol("("); // t.at, t.user: only names follow a dot
    }
    if (UNITS.contains(word)) {
      return isUnitAName(tokens, index, previous, next);
    }
    return FUNCTIONS.contains(word)
        && !next.isSymbol("(")
        && !(word.equals("grouping") && next.is("sets"));
  }

  /** {@code json_object(KEY k VALUE v)}: the word stands behind a key. */
  private static boolean isMemberOfJson(List<SqlToken> tokens, int index) {
    SqlToken previous = index == 0 ? tokens.get(0) : tokens.get(index - 1);
    if (previous.isSymbol("(")
        || previous.isSymbol(",")
        || previous.isSymbol(".")
        || previous.isSymbol(":")
        || previous.is("value")) {
      return false;
    }
    int depth = 0;
    for (int i = index - 1; i > 0; i--) {
      if (tokens.get(i).isSymbol(")")) {
        depth++;
      } else if (tokens.get(i).isSymbol("(") && depth-- == 0) {
        return tokens.get(i - 1).is("json_object") || tokens.get(i - 1).is("json_objectagg");
      }
    }
    return false;
  }

  private static boolean isTypeWordAName(SqlToken previous, SqlToken next, boolean afterDot) {
    if (next.kind() == Kind.STRING || next.isSymbol("(") || next.is("with") || next.is("without")) {
      return false;
    }
    if (previous.is("as")) {
      // CAST(x AS date) closes; an alias is followed by a comma or a clause.
      return !next.isSymbol(")") && !next.is("array") && !next.is("format");
    }
    if (previous.isSymbol("::") || previous.is("at") || previous.isSymbol("<")) {
      return previous.isSymbol("<") && !next.isSymbol(">");
    }
    if (afterDot) {
      return true;
    }
    return !next.is("zone") && !previous.is("local") && !previous.is("with");
  }

  private static boolean isUnitAName(
      List<SqlToken> tokens, int index, SqlToken previous, SqlToken next) {
    if (next.isSymbol("(") && !previous.is("as")) {
      return false;
    }
    if (previous.kind() == Kind.STRING
        || previous.kind() == Kind.PARAMETER
        || previous.kind() == Kind.NUMBER
        || previous.is("to")
        || next.is("to")) {
      return false;
    }
    return !(previous.isSymbol("(")
        && index > 1
        && tokens.get(index - 2).kind() == Kind.WORD
        && UNIT_FUNCTIONS.contains(tokens.get(index - 2).value()));
  }
}
