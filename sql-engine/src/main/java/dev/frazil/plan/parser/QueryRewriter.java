package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies a query to Calcite's parser and turns what that parser does not know into what it knows:
 * {@code a::type}, {@code FOR VERSION | TIMESTAMP | SYSTEM_TIME AS OF}, and words that are reserved
 * in Calcite but common as names of columns.
 */
final class QueryRewriter {
  private final QueryText target;
  private final SqlText source;
  private final List<SqlToken> tokens;
  private final int from;
  private final int to;

  /** Words to put before the token at an index: opening casts. */
  private final Map<Integer, Integer> castsOpened = new HashMap<>();

  private final Map<Integer, Integer> castsClosed = new HashMap<>();
  private final Map<Integer, Integer> castStartByTypeEnd = new HashMap<>();

  QueryRewriter(QueryText target, SqlText source, List<SqlToken> tokens, int from, int to) {
    this.target = target;
    this.source = source;
    this.tokens = tokens;
    this.from = from;
    this.to = to;
  }

  void run() {
    findCasts();
    int i = from;
    while (i < to) {
      for (int n = castsOpened.getOrDefault(i, 0); n > 0; n--) {
        target.add("CAST(");
      }
      int travelled = timeTravel(i);
      if (travelled > i) {
        i = travelled;
        continue;
      }
      SqlToken token = tokens.get(i);
      if (token.isSymbol("::")) {
        target.addInstead(token, "AS");
      } else if (token.isSymbol("@") || token.isSymbol("=>") || token.isSymbol("->")) {
        throw source.unsupported(token.start(), "the operator " + token.value());
      } else if (token.isSymbol(";")) {
        throw source.syntaxError(
            token.start(), "only one statement at a time, found another after \";\"");
      } else if (token.kind() == Kind.WORD && SoftWords.isName(tokens, i)) {
        target.addInstead(token, QueryText.quote(token.value()));
      } else {
        target.addToken(token);
      }
      for (int n = castsClosed.getOrDefault(i, 0); n > 0; n--) {
        target.add(")");
      }
      i++;
    }
  }

  private void findCasts() {
    for (int i = from; i < to; i++) {
      if (!tokens.get(i).isSymbol("::")) {
        continue;
      }
      int start = operandStart(i);
      int typeEnd = typeEnd(i + 1);
      castsOpened.merge(start, 1, Integer::sum);
      castsClosed.merge(typeEnd, 1, Integer::sum);
      castStartByTypeEnd.put(typeEnd, start);
    }
  }

  /** The first token of the operand that ends before {@code cast}. */
  private int operandStart(int cast) {
    int i = cast - 1;
    if (i < from) {
      throw source.syntaxError(tokens.get(cast).start(), "\"::\" needs a value before it");
    }
    Integer inner = castStartByTypeEnd.get(i);
    if (inner != null) {
      return inner;
    }
    while (true) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol(")") || token.isSymbol("]")) {
        i = opening(i);
        if (i > from && token.isSymbol("]")) {
          i--;
          continue;
        }
        if (i > from && tokens.get(i - 1).isName() && !isOperatorWord(tokens.get(i - 1))) {
          i--;
          continue;
        }
      } else if (token.is("end")) {
        i = caseStart(i);
      } else if (token.kind() == Kind.STRING
          && i > from
          && tokens.get(i - 1).kind() == Kind.WORD
          && isLiteralPrefix(tokens.get(i - 1))) {
        i--;
      }
      if (i > from + 1 && tokens.get(i - 1).isSymbol(".") && tokens.get(i - 2).isName()) {
        i -= 2;
        continue;
      }
      return i;
    }
  }

  private static boolean isLiteralPrefix(SqlToken token) {
    return token.is("date") || token.is("time") || token.is("timestamp") || token.is("x");
  }

  private static boolean isOperatorWord(SqlToken token) {
    return token.kind() == Kind.WORD
        && switch (token.value()) {
          case "and",
              "or",
              "not",
              "in",
              "select",
              "where",
              "on",
              "having",
              "by",
              "when",
              "then",
              "else",
              "between",
              "like",
              "ilike",
              "case",
              "from",
              "values",
              "distinct",
              "as",
              "limit",
              "offset",
              "union",
              "is",
              "any",
              "all",
              "some" ->
              true;
          default -> false;
        };
  }

  private int opening(int closing) {
    int depth = 0;
    for (int i = closing; i >= from; i--) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol(")") || token.isSymbol("]")) {
        depth++;
      } else if (token.isSymbol("(") || token.isSymbol("[")) {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    throw source.syntaxError(tokens.get(closing).start(), "no bracket was opened for this one");
  }

  private int caseStart(int end) {
    int depth = 0;
    for (int i = end; i >= from; i--) {
      if (tokens.get(i).is("end")) {
        depth++;
      } else if (tokens.get(i).is("case")) {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    throw source.syntaxError(tokens.get(end).start(), "no CASE was opened for this END");
  }

  /** The last token of the type that begins at {@code start}. */
  private int typeEnd(int start) {
    SqlToken first = tokens.get(start);
    if (start >= to || !first.isName()) {
      throw source.syntaxError(
          first.start(), "expected the name of a type after \"::\", found " + first.describe());
    }
    int i = start;
    if (first.is("double") && tokens.get(i + 1).is("precision")) {
      i++;
    } else if (first.is("character") && tokens.get(i + 1).is("varying")) {
      i++;
    }
    if (tokens.get(i + 1).isSymbol("(")) {
      int depth = 0;
      do {
        i++;
        if (i >= to) {
          throw source.syntaxError(tokens.get(start).start(), "this type is not closed");
        }
        depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
      } while (depth > 0);
    }
    if (first.is("timestamp") || first.is("time")) {
      int zone = i + 1;
      if (tokens.get(zone).is("with") || tokens.get(zone).is("without")) {
        zone += tokens.get(zone + 1).is("local") ? 2 : 1;
        if (tokens.get(zone).is("time") && tokens.get(zone + 1).is("zone")) {
          i = zone + 1;
        }
      }
    }
    while (tokens.get(i + 1).is("array")) {
      i++;
    }
    return i;
  }

  /** Handles {@code name FOR ... AS OF ...} at {@code start}; the next token, or {@code start}. */
  private int timeTravel(int start) {
    if (!tokens.get(start).isName() || (start > 0 && tokens.get(start - 1).isSymbol("."))) {
      return start;
    }
    int end = start + 1;
    while (end + 1 < to && tokens.get(end).isSymbol(".") && tokens.get(end + 1).isName()) {
      end += 2;
    }
    if (end + 3 >= to
        || !tokens.get(end).is("for")
        || !tokens.get(end + 2).is("as")
        || !tokens.get(end + 3).is("of")) {
      return start;
    }
    TokenReader reader = new TokenReader(source, tokens, start, to);
    TableName name = reader.name("table");
    TravelledTable.Version version = TimeTravelClause.read(reader);
    String alias = target.travel(new TravelledTable(name, version));
    target.addInstead(tokens.get(start), QueryText.quote(alias));
    if (!hasAlias(reader)) {
      target.add("AS").addName(name.last().text());
    }
    return reader.index();
  }

  private static boolean hasAlias(TokenReader reader) {
    SqlToken next = reader.peek();
    if (next.is("as") || next.kind() == Kind.QUOTED) {
      return true;
    }
    return next.kind() == Kind.WORD && !SoftWords.CLAUSES.contains(next.value());
  }
}
