package dev.frazil.txn;

import java.util.function.Function;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.ExpressionVisitors;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.UnboundPredicate;

/** A filter with something else in the place of each of its predicates. Stateless. */
final class MappedPredicates extends ExpressionVisitors.ExpressionVisitor<Expression> {
  private final Function<UnboundPredicate<?>, Expression> mapping;

  private MappedPredicates(Function<UnboundPredicate<?>, Expression> mapping) {
    this.mapping = mapping;
  }

  /** Of a filter without NOT. */
  static Expression of(Expression filter, Function<UnboundPredicate<?>, Expression> mapping) {
    return ExpressionVisitors.visit(filter, new MappedPredicates(mapping));
  }

  /** Of any filter: what is denied is turned into its opposite first. */
  static Expression ofAny(Expression filter, Function<UnboundPredicate<?>, Expression> mapping) {
    return of(Expressions.rewriteNot(filter), mapping);
  }

  @Override
  public Expression alwaysTrue() {
    return Expressions.alwaysTrue();
  }

  @Override
  public Expression alwaysFalse() {
    return Expressions.alwaysFalse();
  }

  @Override
  public Expression and(Expression left, Expression right) {
    return Expressions.and(left, right);
  }

  @Override
  public Expression or(Expression left, Expression right) {
    return Expressions.or(left, right);
  }

  @Override
  public <T> Expression predicate(UnboundPredicate<T> predicate) {
    return mapping.apply(predicate);
  }
}
