package dev.frazil.plan.rule;

import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.InputReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Puts expressions in the place of columns and folds what becomes constant by it. */
final class Rewriter {
  private final ConstantFolder folder;

  Rewriter(ConstantFolder folder) {
    this.folder = folder;
  }

  ConstantFolder folder() {
    return folder;
  }

  ScalarExpression substitute(
      ScalarExpression expression, Function<InputReference, ScalarExpression> replacement) {
    if (expression instanceof InputReference reference) {
      return replacement.apply(reference);
    } else if (expression instanceof Call call) {
      List<ScalarExpression> operands = new ArrayList<>(call.operands().size());
      for (ScalarExpression operand : call.operands()) {
        operands.add(substitute(operand, replacement));
      }
      return folder.call(call.function(), operands, call.type());
    } else if (expression instanceof Cast cast) {
      ScalarExpression operand = substitute(cast.operand(), replacement);
      return cast.safe()
          ? new Cast(operand, cast.type(), true)
          : folder.cast(operand, cast.type(), false);
    }
    return expression;
  }
}
