package dev.frazil.plan.stats;

import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Literal;
import org.jspecify.annotations.Nullable;

/** Which share of the rows a predicate keeps: guesses, for lack of histograms. */
public final class Selectivity {
  private static final double EQUALITY = 0.02;
  private static final double RANGE = 0.3;
  private static final double PATTERN = 0.1;
  private static final double NULLS = 0.05;
  private static final double UNKNOWN = 0.3;

  private Selectivity() {}

  /** Between 0 and 1. */
  public static double of(@Nullable ScalarExpression predicate) {
    if (predicate == null) {
      return 1;
    }
    if (predicate instanceof Literal literal) {
      return Boolean.TRUE.equals(literal.value()) ? 1 : 0;
    }
    if (!(predicate instanceof Call call)) {
      return UNKNOWN;
    }
    return switch (call.function()) {
      case AND -> {
        double share = 1;
        for (ScalarExpression operand : call.operands()) {
          share *= of(operand);
        }
        yield share;
      }
      case OR -> {
        double rest = 1;
        for (ScalarExpression operand : call.operands()) {
          rest *= 1 - of(operand);
        }
        yield 1 - rest;
      }
      case NOT -> 1 - of(call.operands().get(0));
      case EQUAL, IS_NOT_DISTINCT_FROM -> EQUALITY;
      case NOT_EQUAL, IS_DISTINCT_FROM -> 1 - EQUALITY;
      case IN -> Math.min(0.5, EQUALITY * (call.operands().size() - 1));
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> RANGE;
      case LIKE, ILIKE, STARTS_WITH -> PATTERN;
      case IS_NULL -> NULLS;
      case IS_NOT_NULL -> 1 - NULLS;
      default -> UNKNOWN;
    };
  }
}
