package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Clauses of SELECT that Calcite's parser lacks, in words that it takes: {@code DISTINCT ON (a)},
 * {@code GROUP BY ALL}, {@code ORDER BY ALL}, {@code * EXCLUDE (a)}, {@code * REPLACE (x AS a)} as
 * names that begin with {@code $}; {@code FETCH FIRST ROW ONLY} with its number, and where {@code
 * WITH TIES} stands.
 */
final class SelectForms {
  /** What is written for {@code ALL} behind GROUP BY and ORDER BY. */
  static final String ALL = "\"$all\"";

  private final SqlText source;
  private final List<SqlToken> tokens;
  private final int from;
  private final int to;
  private final Map<Integer, String> after = new HashMap<>();
  private final Set<Integer> counts = new HashSet<>();
  private final Set<Integer> bareCounts = new HashSet<>();

  SelectForms(SqlText source, List<SqlToken> tokens, int from, int to) {
    this.source = source;
    this.tokens = tokens;
    this.from = from;
    this.to = to;
  }

  /** What to write after a token. */
  String after(int index) {
    return after.getOrDefault(index, "");
  }

  /** Whether the token is the number of a FETCH ... WITH TIES. */
  boolean isCountWithTies(int index) {
    return counts.contains(index);
  }

  /** Whether the number of a FETCH, which is one, is missing before the token. */
  boolean isWithoutCount(int index) {
    return bareCounts.contains(index);
  }

  /** Whether such a clause begins at a token; if so, tells what stands instead of its tokens. */
  boolean claim(int index, Map<Integer, String> instead) {
    SqlToken token = tokens.get(index);
    if (token.kind() == Kind.SYMBOL) {
      return token.isSymbol("*") && star(index, instead);
    } else if (token.is("distinct") && tokens.get(index + 1).is("on")) {
      distinctOn(index, instead);
      return true;
    } else if (token.is("with") && tokens.get(index + 1).is("ordinality")) {
      return ordinality(index, instead);
    } else if (token.is("between")) {
      between(index, instead);
      return true;
    } else if (token.is("limit") || token.is("offset")) {
      return limit(index, instead);
    } else if (token.is("fetch")) {
      fetch(index, instead);
      return true;
    } else if (token.is("by") && index > from && tokens.get(index + 1).is("all")) {
      SqlToken before = tokens.get(index - 1);
      boolean isAll = (before.is("group") || before.is("order")) && endsList(tokens.get(index + 2));
      if (isAll) {
        instead.put(index + 1, ALL);
      }
      return isAll;
    }
    return false;
  }

  private static boolean endsList(SqlToken token) {
    return token.kind() == Kind.END
        || token.isSymbol(")")
        || token.is("asc")
        || token.is("desc")
        || token.is("nulls")
        || (token.kind() == Kind.WORD && SoftWords.CLAUSES.contains(token.value()));
  }

  private void distinctOn(int index, Map<Integer, String> instead) {
    if (!tokens.get(index + 2).isSymbol("(")) {
      throw source.syntaxError(
          tokens.get(index + 2).start(), "DISTINCT ON needs its expressions in brackets");
    }
    instead.put(index, "");
    instead.put(index + 1, "\"$distinct_on\"");
    after.put(closing(index + 2), ",");
  }

  /** {@code f(x) WITH ORDINALITY} of a function whose array is spread: only UNNEST may have it. */
  private boolean ordinality(int index, Map<Integer, String> instead) {
    int open = index - 1;
    for (int depth = 0; open > from; open--) {
      depth += tokens.get(open).isSymbol(")") ? 1 : 0;
      depth -= tokens.get(open).isSymbol("(") ? 1 : 0;
      if (depth == 0) {
        break;
      }
    }
    SqlToken function = tokens.get(Math.max(open - 1, from));
    boolean isCall = tokens.get(index - 1).isSymbol(")") && tokens.get(open).isSymbol("(");
    if (!isCall || function.kind() != Kind.WORD || function.is("unnest")) {
      return false;
    }
    instead.put(open - 1, "UNNEST(" + QueryText.quote(function.value()));
    instead.put(index, ") WITH");
    return true;
  }

  /** {@code x BETWEEN y AND NOT z}: Calcite's parser wants brackets around the negation. */
  private void between(int index, Map<Integer, String> instead) {
    TokenReader reader = new TokenReader(source, tokens, index + 1, to);
    int and = reader.find("and");
    if (and + 2 >= to || !tokens.get(and + 1).is("not")) {
      return;
    }
    reader.moveTo(and + 2);
    int depth = 0;
    int end = and + 2;
    while (end < to) {
      SqlToken token = tokens.get(end);
      if (depth == 0 && (endsValue(token) || token.isSymbol("]"))) {
        break;
      }
      depth += token.isSymbol("(") || token.isSymbol("[") || token.is("case") ? 1 : 0;
      depth -= token.isSymbol(")") || token.isSymbol("]") || token.is("end") ? 1 : 0;
      end++;
    }
    instead.put(and + 1, "( NOT");
    after.put(end - 1, after(end - 1) + ")");
  }

  /** Whether the operand of NOT ends before a token. */
  private static boolean endsValue(SqlToken token) {
    return token.isSymbol(")")
        || token.isSymbol(",")
        || token.is("and")
        || token.is("or")
        || token.is("as")
        || token.is("then")
        || token.is("when")
        || token.is("else")
        || token.is("end")
        || token.is("asc")
        || token.is("desc")
        || token.is("nulls")
        || token.is("from")
        || (token.kind() == Kind.WORD && SoftWords.CLAUSES.contains(token.value()));
  }

  /** {@code LIMIT NULL}, {@code OFFSET NULL} (PostgreSQL: none); what LIMIT does not take. */
  private boolean limit(int index, Map<Integer, String> instead) {
    SqlToken next = tokens.get(index + 1);
    if (next.is("null")) {
      instead.put(index + 1, tokens.get(index).is("limit") ? "ALL" : "0");
      return true;
    }
    SqlToken behind = tokens.get(Math.min(index + 2, tokens.size() - 1));
    boolean isCount = next.kind() == Kind.NUMBER || next.kind() == Kind.PARAMETER;
    if (isCount && tokens.get(index).is("limit") && behind.isSymbol(",")) {
      throw source.unsupported(
          next.start(), "LIMIT offset, count (write LIMIT count OFFSET offset)");
    }
    return false;
  }

  /** {@code FETCH FIRST | NEXT [n] ROW | ROWS ONLY | WITH TIES}. */
  private void fetch(int index, Map<Integer, String> instead) {
    int at = index + 1;
    if (at >= to || !(tokens.get(at).is("first") || tokens.get(at).is("next"))) {
      return;
    }
    at++;
    boolean isCounted =
        tokens.get(at).kind() == Kind.NUMBER || tokens.get(at).kind() == Kind.PARAMETER;
    int rows = isCounted ? at + 1 : at;
    if (!tokens.get(rows).is("row") && !tokens.get(rows).is("rows")) {
      return;
    }
    if (!isCounted) {
      bareCounts.add(rows);
    }
    if (rows + 2 < tokens.size()
        && tokens.get(rows + 1).is("with")
        && tokens.get(rows + 2).is("ties")) {
      counts.add(isCounted ? at : rows);
      instead.put(rows + 1, "ONLY");
      instead.put(rows + 2, "");
    }
  }

  /** {@code * EXCLUDE | EXCEPT (names)} and {@code * REPLACE (value AS name, ...)}. */
  private boolean star(int index, Map<Integer, String> instead) {
    SqlToken word = tokens.get(index + 1);
    boolean isExclude = word.is("exclude") || word.is("except");
    if ((!isExclude && !word.is("replace")) || !isStar(index)) {
      return false;
    }
    SqlToken open = tokens.get(index + 2);
    SqlToken first = tokens.get(Math.min(index + 3, tokens.size() - 1));
    if (open.isSymbol("(") && (first.is("select") || first.is("values") || first.is("with"))) {
      return false; // the set operation
    }
    if (!open.isSymbol("(")) {
      boolean isOperation =
          open.is("select")
              || open.is("all")
              || (open.is("corresponding") && !tokens.get(index + 3).is("from"));
      if (!isExclude || !open.isName() || isOperation) {
        return false;
      }
      instead.put(index + 1, ", \"$exclude\"(");
      after.put(index + 2, ")");
      return true;
    }
    instead.put(index + 1, isExclude ? ", \"$exclude\"" : ", \"$replace\"");
    int close = closing(index + 2);
    SqlToken second = tokens.get(close + 1);
    if ((second.is("replace") || second.is("exclude")) && tokens.get(close + 2).isSymbol("(")) {
      throw source.unsupported(second.start(), "EXCLUDE and REPLACE of one star");
    }
    int depth = 0;
    for (int i = index + 3; i < close && !isExclude; i++) {
      SqlToken token = tokens.get(i);
      depth += token.isSymbol("(") || token.isSymbol("[") ? 1 : 0;
      depth -= token.isSymbol(")") || token.isSymbol("]") ? 1 : 0;
      if (depth == 0 && token.is("as")) {
        instead.put(i, ",");
      }
    }
    return true;
  }

  /** Whether it stands for columns and does not multiply. */
  private boolean isStar(int index) {
    if (index == from) {
      return false;
    }
    SqlToken before = tokens.get(index - 1);
    return before.isSymbol(".")
        || before.isSymbol(",")
        || (before.isSymbol(")") && !after(index - 1).isEmpty())
        || before.is("select")
        || before.is("distinct")
        || before.is("all");
  }

  private int closing(int opening) {
    int depth = 0;
    for (int i = opening; i < to; i++) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol("(")) {
        depth++;
      } else if (token.isSymbol(")") && --depth == 0) {
        return i;
      }
    }
    throw source.syntaxError(tokens.get(opening).start(), "this bracket is not closed");
  }
}
