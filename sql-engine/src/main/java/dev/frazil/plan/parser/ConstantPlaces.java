package dev.frazil.plan.parser;

import dev.frazil.plan.parser.PlacedConstant.Use;
import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.List;

/**
 * Constant expressions where Calcite's grammar wants a number: {@code TABLESAMPLE BERNOULLI (?)},
 * {@code REPEATABLE (?)}, {@code LIMIT ? + 1}. A {@code LIMIT ?} alone is left to Calcite.
 */
final class ConstantPlaces {
  private final QueryText target;
  private final SqlText source;
  private final List<SqlToken> tokens;
  private final int from;
  private final int to;

  ConstantPlaces(QueryText target, SqlText source, List<SqlToken> tokens, int from, int to) {
    this.target = target;
    this.source = source;
    this.tokens = tokens;
    this.from = from;
    this.to = to;
  }

  /** Writes what begins at a token, if it is one; the next token, or {@code index}. */
  int write(int index) {
    SqlToken token = tokens.get(index);
    if (token.isSymbol("(") && index - 2 >= from && index + 1 < to) {
      return sample(index);
    }
    boolean isLimit = token.is("limit");
    return (isLimit || token.is("offset")) && isExpression(tokens, index + 1)
        ? limit(index, isLimit ? Use.LIMIT : Use.OFFSET)
        : index;
  }

  private int sample(int open) {
    SqlToken method = tokens.get(open - 1);
    SqlToken before = tokens.get(open - 2);
    boolean isPercent = before.is("tablesample") && (method.is("bernoulli") || method.is("system"));
    boolean isSeed = method.is("repeatable") && before.isSymbol(")");
    SqlToken first = tokens.get(open + 1);
    boolean isSigned = first.isSymbol("-") || first.isSymbol("+");
    int number = isSigned ? open + 2 : open + 1;
    boolean isNumber =
        tokens.get(number).kind() == Kind.NUMBER && tokens.get(number + 1).isSymbol(")");
    if (isNumber || (!isPercent && !isSeed)) {
      return open;
    }
    TokenReader reader = new TokenReader(source, tokens, open + 1, to);
    ConstantExtent.skip(reader);
    Slice expression = new Slice(open + 1, reader.index());
    refuseQuery(expression, isPercent ? "TABLESAMPLE" : "REPEATABLE");
    target.addToken(tokens.get(open));
    target.addConstant(expression, isPercent ? Use.SAMPLED_PERCENT : Use.SAMPLE_SEED);
    return reader.index();
  }

  private int limit(int index, Use use) {
    TokenReader reader = new TokenReader(source, tokens, index + 1, to);
    ConstantExtent.skip(reader);
    Slice expression = new Slice(index + 1, reader.index());
    refuseQuery(expression, use.name());
    target.addToken(tokens.get(index));
    target.addConstant(expression, use);
    return reader.index();
  }

  /** Whether what stands behind LIMIT or OFFSET is neither a number nor a parameter alone. */
  static boolean isExpression(List<SqlToken> tokens, int index) {
    SqlToken first = tokens.get(Math.min(index, tokens.size() - 1));
    SqlToken behind = tokens.get(Math.min(index + 1, tokens.size() - 1));
    boolean isCount = first.kind() == Kind.NUMBER || first.kind() == Kind.PARAMETER;
    return first.isSymbol("(") || first.is("cast") || (isCount && isArithmetic(behind));
  }

  private static boolean isArithmetic(SqlToken token) {
    return token.isSymbol("+")
        || token.isSymbol("-")
        || token.isSymbol("*")
        || token.isSymbol("/")
        || token.isSymbol("%")
        || token.isSymbol("::");
  }

  private void refuseQuery(Slice expression, String place) {
    for (int i = expression.from(); i < expression.to(); i++) {
      SqlToken token = tokens.get(i);
      if (token.is("select") || token.is("values") || token.is("table")) {
        throw source.unsupported(token.start(), "a sub-query in " + place);
      }
    }
  }
}
