package dev.frazil.plan;

import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarExpression.Parameter;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code a = 1 OR a = 2 OR b} to {@code a IN (1, 2) OR b}. */
final class InLists {
  private InLists() {}

  static ScalarExpression collect(Call or) {
    Map<ScalarExpression, List<ScalarExpression>> byOperand = new LinkedHashMap<>();
    List<ScalarExpression> others = new ArrayList<>();
    for (ScalarExpression alternative : or.operands()) {
      if (alternative instanceof Call call
          && call.function() == ScalarFunction.EQUAL
          && !(call.operands().get(0) instanceof Literal)
          && (call.operands().get(1) instanceof Literal
              || call.operands().get(1) instanceof Parameter)) {
        byOperand
            .computeIfAbsent(call.operands().get(0), operand -> new ArrayList<>())
            .add(call.operands().get(1));
      } else {
        others.add(alternative);
      }
    }
    List<ScalarExpression> alternatives = new ArrayList<>();
    byOperand.forEach(
        (operand, values) -> {
          if (values.size() == 1) {
            alternatives.add(
                new Call(ScalarFunction.EQUAL, List.of(operand, values.get(0)), Primitive.BOOLEAN));
          } else {
            List<ScalarExpression> operands = new ArrayList<>();
            operands.add(operand);
            operands.addAll(values);
            alternatives.add(new Call(ScalarFunction.IN, operands, Primitive.BOOLEAN));
          }
        });
    alternatives.addAll(others);
    return alternatives.size() == 1
        ? alternatives.get(0)
        : new Call(ScalarFunction.OR, alternatives, Primitive.BOOLEAN);
  }
}
