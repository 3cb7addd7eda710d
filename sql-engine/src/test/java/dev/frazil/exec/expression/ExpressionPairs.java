package dev.frazil.exec.expression;

import static dev.frazil.exec.expression.Expressions.column;

import dev.frazil.plan.ScalarExpression;
import java.util.ArrayList;
import java.util.List;

/** Expressions over {@link RandomTable}, in our terms and in DuckDB's SQL. */
class ExpressionPairs {
  /** An expression of ours and the same in DuckDB's SQL. */
  record Pair(ScalarExpression ours, String duck) {}

  final List<Pair> pairs = new ArrayList<>();

  static ScalarExpression c(String name) {
    int index = RandomTable.index(name);
    return column(index, RandomTable.COLUMNS.get(index).type());
  }

  final void pair(ScalarExpression ours, String duck) {
    pairs.add(new Pair(ours, duck));
  }
}
