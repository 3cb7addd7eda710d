package dev.frazil.plan.parser;

import java.util.List;

/** Finds the other end of brackets and of CASE among the tokens of a query. */
record TokenPairs(SqlText source, List<SqlToken> tokens, int from, int to) {

  int closing(int opening) {
    int depth = 0;
    for (int i = opening; i < to; i++) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol("(") || token.isSymbol("[")) {
        depth++;
      } else if (token.isSymbol(")") || token.isSymbol("]")) {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    throw source.syntaxError(tokens.get(opening).start(), "this bracket is not closed");
  }

  int caseEnd(int start) {
    int depth = 0;
    for (int i = start; i < to; i++) {
      if (tokens.get(i).is("case")) {
        depth++;
      } else if (tokens.get(i).is("end")) {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    throw source.syntaxError(tokens.get(start).start(), "this CASE has no END");
  }

  int opening(int closing) {
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

  int caseStart(int end) {
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
}
