package dev.frazil.parquet.prune;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.And;
import org.apache.iceberg.expressions.Binder;
import org.apache.iceberg.expressions.BoundPredicate;
import org.apache.iceberg.expressions.BoundReference;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Or;

/** A bound expression without NOT, to be judged leaf by leaf. Immutable. */
public final class PruningExpression {
  private final Expression expression;

  /** Binds an expression to a schema unless it is bound. */
  public PruningExpression(Expression expression, Schema schema) {
    Expression positive = Expressions.rewriteNot(expression);
    this.expression =
        Binder.isBound(positive) ? positive : Binder.bind(schema.asStruct(), positive, true);
  }

  /** Whether every row matches. */
  public boolean isTrivial() {
    return expression.op() == Expression.Operation.TRUE;
  }

  /** Ids of the columns that predicates refer to. */
  public Set<Integer> fieldIds() {
    Set<Integer> ids = new HashSet<>();
    fold(
        predicate -> ids.add(predicate.ref().fieldId()),
        (left, right) -> true,
        (left, right) -> true,
        true,
        true);
    return ids;
  }

  /**
   * Judges the expression from its leaves; predicates on anything but a plain column count as
   * {@code all}.
   */
  public <T> T fold(
      Function<BoundPredicate<?>, T> leaf,
      BinaryOperator<T> and,
      BinaryOperator<T> or,
      T all,
      T none) {
    return fold(expression, leaf, and, or, all, none);
  }

  private static <T> T fold(
      Expression node,
      Function<BoundPredicate<?>, T> leaf,
      BinaryOperator<T> and,
      BinaryOperator<T> or,
      T all,
      T none) {
    if (node instanceof And both) {
      return and.apply(
          fold(both.left(), leaf, and, or, all, none),
          fold(both.right(), leaf, and, or, all, none));
    } else if (node instanceof Or either) {
      return or.apply(
          fold(either.left(), leaf, and, or, all, none),
          fold(either.right(), leaf, and, or, all, none));
    } else if (node instanceof BoundPredicate<?> predicate
        && predicate.term() instanceof BoundReference<?>) {
      return leaf.apply(predicate);
    }
    return node.op() == Expression.Operation.FALSE ? none : all;
  }
}
