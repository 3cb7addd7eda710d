package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.List;

/**
 * Copies a query to Calcite's parser and turns what that parser does not know into what it knows:
 * {@link InfixOperators}, {@code [FOR] VERSION | TIMESTAMP | SYSTEM_TIME AS OF}, {@link
 * GroupsFrames}, and words that are reserved in Calcite but common as names of columns.
 */
final class QueryRewriter {
  private final QueryText target;
  private final SqlText source;
  private final List<SqlToken> tokens;
  private final int from;
  private final int to;
  private final QueryBlocks blocks = new QueryBlocks();

  private final InfixOperators operators;
  private final ConstantPlaces constants;

  QueryRewriter(QueryText target, SqlText source, List<SqlToken> tokens, int from, int to) {
    this.target = target;
    this.source = source;
    this.tokens = tokens;
    this.from = from;
    this.to = to;
    this.constants = new ConstantPlaces(target, source, tokens, from, to);
    this.operators = new InfixOperators(source, tokens, from, to);
  }

  void run() {
    operators.find();
    GroupsFrames frames = GroupsFrames.find(tokens, from, to);
    int i = from;
    while (i < to) {
      if (!frames.before(i).isEmpty()) {
        target.add(frames.before(i));
      }
      for (String words : operators.before(i)) {
        target.add(words);
      }
      if (operators.clauses().isWithoutCount(i)) {
        target.add("1");
        if (operators.clauses().isCountWithTies(i)) {
          target.markTies();
        }
      }
      if (tokens.get(i).is("json_table") && i + 1 < to && tokens.get(i + 1).isSymbol("(")) {
        i = new JsonTable(target, source, tokens, i, to).write();
        continue;
      }
      if (isMaterialization(i)) {
        i++; // what runs once is decided by what it costs
        continue;
      }
      int placed = constants.write(i);
      if (placed > i) {
        i = placed;
        continue;
      }
      int behind = JsonPathCall.write(target, source, tokens, i, to);
      if (behind > i) {
        operators.after(behind - 1).forEach(target::add);
        i = behind;
        continue;
      }
      if (ChangeFeedCall.begins(tokens, i, to)) {
        i = changes(i);
        continue;
      }
      int travelled = timeTravel(i);
      if (travelled > i) {
        i = travelled;
        continue;
      }
      SqlToken token = tokens.get(i);
      if (token.is("lateral") && tokens.get(i + 2).isSymbol("(") && tokens.get(i + 1).isName()) {
        i++; // becomes an UNNEST, which sees the tables before it anyway
        continue;
      }
      if (blocks.isWhereWithoutFrom(token, i > from ? tokens.get(i - 1) : token)) {
        target.add("FROM (VALUES (0)) AS \"$nothing\" (\"$zero\")");
      }
      if (isNullTreatment(i)) {
        // lag(x IGNORE NULLS): the standard has it behind the parenthesis.
        target.addToken(tokens.get(i + 2)).addToken(token).addToken(tokens.get(i + 1));
        blocks.isWhereWithoutFrom(tokens.get(i + 2), tokens.get(i + 1));
        i += 3;
        continue;
      }
      String instead = operators.instead(i);
      if (instead != null) {
        target.addInstead(token, instead);
      } else if (!frames.unit(i).isEmpty()) {
        target.addInstead(token, frames.unit(i));
      } else if (isExplicitTable(i)) {
        target.addInstead(token, "SELECT * FROM");
      } else if (token.isSymbol("@") || token.isSymbol("=>") || token.isSymbol("//")) {
        throw source.unsupported(token.start(), "the operator " + token.value());
      } else if (token.isSymbol(";")) {
        throw source.syntaxError(
            token.start(), "only one statement at a time, found another after \";\"");
      } else if (token.kind() == Kind.WORD
          && (token.value().indexOf('$') >= 0 || SoftWords.isName(tokens, i))) {
        // Calcite takes main.t$files for the name of a collation.
        target.addInstead(token, QueryText.quote(token.value()));
      } else {
        target.addToken(token);
      }
      if (operators.clauses().isCountWithTies(i) && !operators.clauses().isWithoutCount(i)) {
        target.markTies();
      }
      for (String words : operators.after(i)) {
        target.add(words);
      }
      if (!operators.clauses().after(i).isEmpty()) {
        target.add(operators.clauses().after(i));
      }
      if (!frames.after(i).isEmpty()) {
        target.add(frames.after(i));
      }
      i++;
    }
  }

  /** A word of {@code WITH q AS [NOT] MATERIALIZED (...)}. */
  private boolean isMaterialization(int i) {
    int word = tokens.get(i).is("not") && i + 1 < to ? i + 1 : i;
    int before = word > i || i - 1 < from || !tokens.get(i - 1).is("not") ? i - 1 : i - 2;
    return tokens.get(word).is("materialized")
        && word + 1 < to
        && tokens.get(word + 1).isSymbol("(")
        && before >= from
        && tokens.get(before).is("as");
  }

  /** {@code TABLE t}, as a query (ISO 9075-2, 7.17). */
  private boolean isExplicitTable(int i) {
    if (!tokens.get(i).is("table") || !tokens.get(i + 1).isName()) {
      return false;
    }
    SqlToken previous = tokens.get(Math.max(i - 1, from));
    return i == from
        || previous.isSymbol("(")
        || previous.isSymbol(")")
        || previous.is("union")
        || previous.is("intersect")
        || previous.is("except")
        || previous.is("minus")
        || previous.is("all")
        || previous.is("distinct")
        || previous.is("name")
        || previous.is("corresponding");
  }

  private boolean isNullTreatment(int i) {
    return (tokens.get(i).is("ignore") || tokens.get(i).is("respect"))
        && i + 3 < to
        && tokens.get(i + 1).is("nulls")
        && tokens.get(i + 2).isSymbol(")")
        && tokens.get(i + 3).is("over");
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
    if (end + 1 < to && tokens.get(end).isSymbol("@") && isTable(start)) {
      return branch(start);
    }
    boolean hasFor = tokens.get(end).is("for");
    int unit = hasFor ? end + 1 : end;
    if (unit + 2 >= to
        || !tokens.get(unit + 1).is("as")
        || !tokens.get(unit + 2).is("of")
        || !(hasFor || (TimeTravelClause.isUnit(tokens.get(unit)) && isTable(start)))) {
      return start;
    }
    TokenReader reader = new TokenReader(source, tokens, start, to);
    TableName name = reader.name("table");
    travelTo(start, reader, name, TimeTravelClause.read(reader));
    return reader.index();
  }

  /** Whether the token is where the name of a table may stand. */
  private boolean isInFrom(int start) {
    if (start == 0) {
      return true;
    }
    SqlToken previous = tokens.get(start - 1);
    return previous.is("from")
        || previous.is("join")
        || previous.is("using")
        || previous.isSymbol(",")
        || previous.isSymbol("(");
  }

  /** Whether the token names a table, and not a column that {@code version AS of} renames. */
  private boolean isTable(int start) {
    SqlToken name = tokens.get(start);
    return isInFrom(start)
        && !name.is("select")
        && !name.is("distinct")
        && !name.is("from")
        && !name.is("lateral");
  }

  private int changes(int start) {
    TokenReader reader = new TokenReader(source, tokens, start, to);
    ChangedTable changed = ChangeFeedCall.read(reader);
    target.addInstead(tokens.get(start), QueryText.quote(target.changes(changed)));
    if (!hasAlias(reader)) {
      target.add("AS").addName(changed.function().sqlName());
    }
    return reader.index();
  }

  /** {@code name @ branch}. */
  private int branch(int start) {
    TokenReader reader = new TokenReader(source, tokens, start, to);
    TableName name = reader.qualifiedName("table");
    reader.expectSymbol("@");
    travelTo(start, reader, name, new TravelledTable.Version.Reference(reader.branch()));
    return reader.index();
  }

  private void travelTo(
      int start, TokenReader reader, TableName name, TravelledTable.Version version) {
    String alias = target.travel(new TravelledTable(name, version));
    target.addInstead(tokens.get(start), QueryText.quote(alias));
    if (!hasAlias(reader)) {
      target.add("AS").addName(name.last().text());
    }
  }

  private static boolean hasAlias(TokenReader reader) {
    SqlToken next = reader.peek();
    if (next.is("as") || next.kind() == Kind.QUOTED) {
      return true;
    }
    return next.kind() == Kind.WORD && !SoftWords.CLAUSES.contains(next.value());
  }
}
