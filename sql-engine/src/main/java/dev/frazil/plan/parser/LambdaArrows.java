package dev.frazil.plan.parser;

import dev.frazil.function.LambdaFunction;
import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@code x -> x + 1}, a function handed to a function, from {@code document -> 'key'}, which
 * takes JSON apart: by the function around it, by which of its arguments begins so, and by what
 * stands before the arrow.
 */
final class LambdaArrows {
  private final SqlText source;
  private final List<SqlToken> tokens;
  private final int from;

  LambdaArrows(SqlText source, List<SqlToken> tokens, int from) {
    this.source = source;
    this.tokens = tokens;
    this.from = from;
  }

  /**
   * Whether the token at {@code index} is the arrow of a lambda; if so, quotes its parameters and
   * the name of the function around it, which may be words that Calcite reserves. 0A000 for a
   * lambda where none is supported.
   */
  boolean claim(int index, Map<Integer, String> instead) {
    int start = tokens.get(index).isSymbol("->") ? headStart(index) : -1;
    if (start < 0) {
      return false;
    }
    int argument = 0;
    int depth = 0;
    int open = start - 1;
    for (; open >= from; open--) {
      SqlToken token = tokens.get(open);
      if (token.isSymbol(")") || token.isSymbol("]")) {
        depth++;
      } else if (token.isSymbol("(") || token.isSymbol("[")) {
        if (depth-- == 0) {
          break;
        }
      } else if (token.isSymbol(",") && depth == 0) {
        argument++;
      }
    }
    boolean hasName =
        open > from && tokens.get(open).isSymbol("(") && tokens.get(open - 1).isName();
    String name = hasName ? tokens.get(open - 1).value() : "";
    LambdaFunction function = LambdaFunction.find(name);
    int values = LambdaFunction.valuesOf(name);
    if (values >= 0 && argument >= values) {
      refuseSubQueries(index);
      instead.put(open - 1, QueryText.quote(function == null ? name : function.sqlName()));
      for (int i = start; i < index; i++) {
        if (tokens.get(i).kind() == Kind.WORD) {
          instead.put(i, QueryText.quote(tokens.get(i).value()));
        }
      }
      return true;
    }
    boolean isList = tokens.get(index - 1).isSymbol(")");
    if (isList || (argument > 0 && LambdaFunction.isUnsupported(name))) {
      throw source.unsupported(
          tokens.get(index).start(),
          "a lambda function (->) as argument of " + (name.isEmpty() ? "this" : name));
    }
    return false;
  }

  private void refuseSubQueries(int arrow) {
    int depth = 0;
    for (int i = arrow + 1; i < tokens.size() && depth >= 0; i++) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol("(") || token.isSymbol("[")) {
        depth++;
      } else if (token.isSymbol(")") || token.isSymbol("]")) {
        depth--;
      } else if (token.isSymbol(",") && depth == 0) {
        return;
      } else if ((token.is("select") || token.is("values")) && tokens.get(i - 1).isSymbol("(")) {
        throw source.unsupported(token.start(), "a sub-query in a lambda");
      }
    }
  }

  /** Where the parameters begin if they and nothing else stand before the arrow, else -1. */
  private int headStart(int index) {
    int last = index - 1;
    if (last <= from) {
      return -1;
    }
    int start = tokens.get(last).isSymbol(")") ? listStart(last) : last;
    if (start <= from || (start == last && !tokens.get(last).isName())) {
      return -1;
    }
    SqlToken previous = tokens.get(start - 1);
    return previous.isSymbol("(") || previous.isSymbol(",") ? start : -1;
  }

  /** The opening bracket of {@code (a, b)} or {@code ()}; a list of one is a value in brackets. */
  private int listStart(int close) {
    int i = close - 1;
    if (i >= from && tokens.get(i).isSymbol("(")) {
      return isCall(i) ? -1 : i;
    }
    int names = 0;
    while (i > from && tokens.get(i).isName()) {
      names++;
      if (tokens.get(i - 1).isSymbol("(")) {
        return isCall(i - 1) || (names == 1 && !takesLambda(i - 1)) ? -1 : i - 1;
      }
      if (!tokens.get(i - 1).isSymbol(",")) {
        return -1;
      }
      i -= 2;
    }
    return -1;
  }

  private boolean isCall(int open) {
    return open > from && tokens.get(open - 1).isName();
  }

  /** Whether the bracket stands where an argument of a function with lambdas begins. */
  private boolean takesLambda(int open) {
    @Nullable String name = null;
    int depth = 0;
    for (int i = open - 1; i > from && name == null; i--) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol(")") || token.isSymbol("]")) {
        depth++;
      } else if (token.isSymbol("(") || token.isSymbol("[")) {
        if (depth-- == 0) {
          name = tokens.get(i - 1).value();
        }
      }
    }
    return name != null && LambdaFunction.valuesOf(name) >= 0;
  }
}
