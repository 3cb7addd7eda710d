package dev.frazil.plan.rule;

import dev.frazil.plan.JoinKind;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.InputReference;
import java.util.List;
import java.util.function.IntPredicate;

/** Tells when a predicate cannot be true for the nulls that an outer join adds. */
final class NullRejection {
  private NullRejection() {}

  /** The kind of join that gives the same rows below the predicates. */
  static JoinKind simplify(JoinKind kind, int leftCount, List<ScalarExpression> predicates) {
    boolean rejectsLeft = false;
    boolean rejectsRight = false;
    for (ScalarExpression predicate : predicates) {
      rejectsLeft |= rejects(predicate, index -> index < leftCount);
      rejectsRight |= rejects(predicate, index -> index >= leftCount);
    }
    return switch (kind) {
      case LEFT -> rejectsRight ? JoinKind.INNER : kind;
      case RIGHT -> rejectsLeft ? JoinKind.INNER : kind;
      case FULL -> {
        if (rejectsLeft && rejectsRight) {
          yield JoinKind.INNER;
        }
        if (rejectsLeft) {
          yield JoinKind.LEFT;
        }
        yield rejectsRight ? JoinKind.RIGHT : kind;
      }
      case INNER, SEMI, ANTI, NULL_AWARE_ANTI, RIGHT_SEMI, RIGHT_ANTI -> kind;
    };
  }

  /** Whether the predicate is not true when all columns of a side are null. */
  private static boolean rejects(ScalarExpression predicate, IntPredicate side) {
    if (!(predicate instanceof Call call)) {
      return predicate instanceof InputReference reference && side.test(reference.index());
    }
    return switch (call.function()) {
      case AND -> call.operands().stream().anyMatch(operand -> rejects(operand, side));
      case OR -> call.operands().stream().allMatch(operand -> rejects(operand, side));
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          LIKE,
          ILIKE,
          STARTS_WITH ->
          call.operands().stream().anyMatch(operand -> isNullWith(operand, side));
      case IN, IS_NOT_NULL, IS_TRUE, IS_FALSE -> isNullWith(call.operands().get(0), side);
      default -> false;
    };
  }

  /** Whether the expression is null when all columns of a side are. */
  private static boolean isNullWith(ScalarExpression expression, IntPredicate side) {
    if (expression instanceof InputReference reference) {
      return side.test(reference.index());
    } else if (expression instanceof Cast cast) {
      return isNullWith(cast.operand(), side);
    } else if (expression instanceof Call call) {
      return switch (call.function()) {
        case ADD,
            SUBTRACT,
            MULTIPLY,
            DIVIDE,
            MODULO,
            NEGATE,
            ABS,
            UPPER,
            LOWER,
            SUBSTRING,
            CHAR_LENGTH,
            EXTRACT_YEAR,
            EXTRACT_MONTH,
            EXTRACT_DAY,
            ADD_MONTHS,
            DATE_TRUNC,
            EQUAL,
            NOT_EQUAL,
            LESS,
            LESS_OR_EQUAL,
            GREATER,
            GREATER_OR_EQUAL ->
            call.operands().stream().anyMatch(operand -> isNullWith(operand, side));
        default -> false;
      };
    }
    return false;
  }
}
