package dev.frazil.plan.rule;

import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code (a AND b) OR (a AND c)} to {@code a AND (b OR c)}, so that {@code a} can be a key of a
 * join or move to one side of it.
 */
public final class Factoring {
  private Factoring() {}

  /** The same predicate, its common parts outside. */
  public static ScalarExpression factor(ScalarExpression predicate, ConstantFolder folder) {
    List<ScalarExpression> parts = new ArrayList<>();
    for (ScalarExpression part : Expressions.conjuncts(predicate)) {
      parts.add(factorPart(part, folder));
    }
    ScalarExpression whole = Expressions.and(parts);
    return whole == null ? Expressions.TRUE : whole;
  }

  private static ScalarExpression factorPart(ScalarExpression part, ConstantFolder folder) {
    if (!(part instanceof Call call) || call.function() != ScalarFunction.OR) {
      return part;
    }
    List<List<ScalarExpression>> alternatives = new ArrayList<>();
    for (ScalarExpression alternative : Expressions.disjuncts(part)) {
      alternatives.add(Expressions.conjuncts(alternative));
    }
    List<ScalarExpression> common = new ArrayList<>(alternatives.get(0));
    for (List<ScalarExpression> alternative : alternatives) {
      common.retainAll(alternative);
    }
    if (common.isEmpty()) {
      return part;
    }
    List<ScalarExpression> rest = new ArrayList<>();
    for (List<ScalarExpression> alternative : alternatives) {
      List<ScalarExpression> remaining = new ArrayList<>(alternative);
      remaining.removeAll(common);
      ScalarExpression joined = Expressions.and(remaining);
      if (joined == null) {
        return folder.call(ScalarFunction.AND, common, Primitive.BOOLEAN);
      }
      rest.add(joined);
    }
    List<ScalarExpression> parts = new ArrayList<>(common);
    parts.add(folder.call(ScalarFunction.OR, rest, Primitive.BOOLEAN));
    return folder.call(ScalarFunction.AND, parts, Primitive.BOOLEAN);
  }
}
